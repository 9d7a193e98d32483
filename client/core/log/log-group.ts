import type { DeviceId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'
import type { BodyCipher } from './body-cipher.ts'
import type { SignedEntry } from './feed.ts'
import type { LogRules } from './gate.ts'

/** The group a log is of: what its entries are bound to, sealed with and judged by. */
export interface LogGroup {
  id: LogId
  bodies: BodyCipher
  rules: LogRules
  /** How many of a device's entries in a page count now (G6). */
  countOf(device: DeviceId, page: number): number
  /** For how long entries are kept, in milliseconds (P8); undefined, or absent, for ever. */
  keepMs?(): number | undefined
  /**
   * A log about who belongs to the group: nothing of it shows on a timeline. Hears what has become part of it; all of it, and nothing else
   * any more, where a part of it is gone (P6).
   */
  control?: (entries: readonly SignedEntry[], amount?: 'allOfIt') => Promise<void>
}
