import type { Bytes } from '../../shared/crypto/bytes.ts'
import type { Result } from '../../shared/result.ts'
import type { Examination } from './doctor.ts'
import type { LogId, StoreProblem } from './ports.ts'
import type { Value } from './value.ts'

/** What this device keeps and how much room there is, for a person who wants to know (ux 42). */

export interface StoredLog {
  log: LogId
  /** Of its pages, as they lie on the disk. */
  bytes: number
  messages: number
}

/** One field a question, each undefined until it has been looked at. */
export interface StorageFacts {
  /** As far as they were measured. */
  logs: readonly StoredLog[]
  isMeasured: boolean
  /** What the browser says of all that Hearth keeps, which is rough. */
  estimate: { usedBytes: number; quotaBytes: number } | 'unknown'
  /** Whether the browser has promised not to clear it by itself. */
  isPromised: boolean | 'unknown'
}

export interface StoreSpace {
  /** What was to be written last found no room. */
  readonly isFull: Value<boolean>
  /** Looks at everything once, in small slices, and tells each thing as it is found. */
  look(tell: (found: Partial<StorageFacts>) => void): Examination
  estimate(): Promise<StorageFacts['estimate']>
  /** Asks the browser for its promise, and it may ask the person: after a click. */
  askToKeep(): Promise<boolean>
  /** Packs what lies about in many rows into few; nothing goes. Gives how many bytes that freed. */
  tidy(): Promise<Result<number, StoreProblem>>
  readonly unsent: UnsentMessages
}

/** All of it that the screen may know and ask. */
export interface DeviceStorage extends Omit<StoreSpace, 'unsent'> {
  /** Pages found so far of which this device has lost a part that has not come back from the others. */
  readonly lackingPages: Value<ReadonlySet<string>>
}

/** Bodies of one's own messages that the disk would not take: kept apart from it, where there is still room. */
export interface UnsentMessages {
  read(log: LogId): readonly Bytes[]
  write(log: LogId, bodies: readonly Bytes[]): void
}
