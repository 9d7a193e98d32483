import type { Person, Privacy } from '../hearth.ts'
import type { Clock, ReadingRow } from '../ports.ts'
import { createValue, type Value } from '../value.ts'

export const openPrivacy: Privacy = { receipts: true, typing: true, lastSeen: true }

/** What this device's person lets others know. It follows them from device to device: of two decisions the later holds (R4). */
export interface PrivacyChoice {
  readonly value: Value<Privacy>
  /** When it was decided; 0 where it never was. */
  decidedMs(): number
  decide(change: Partial<Privacy>): void
  /** By the word of another device of the same account. */
  take(privacy: Privacy, decidedMs: number): void
}

export const createPrivacyChoice = (
  rows: readonly ReadingRow[],
  clock: Pick<Clock, 'now'>,
  save: (row: ReadingRow) => void,
): PrivacyChoice => {
  const row = rows.find((one) => one.type === 'privacy')
  let decidedMs = row?.decidedMs ?? 0
  const value = createValue<Privacy>(
    row ? { receipts: row.receipts, typing: row.typing, lastSeen: row.lastSeen } : openPrivacy,
  )
  const put = (privacy: Privacy, atMs: number) => {
    decidedMs = atMs
    save({ type: 'privacy', ...privacy, decidedMs })
    value.set(privacy)
  }
  return {
    value,
    decidedMs: () => decidedMs,
    decide: (change) => put({ ...value.get(), ...change }, Math.max(clock.now(), decidedMs + 1)),
    take(privacy, atMs) {
      // A decision of tomorrow would stand against every one that is made today.
      const inTime = Math.min(atMs, clock.now())
      if (inTime > decidedMs) put(privacy, inTime)
    },
  }
}

/** Who is writing, as far as it is to be shown: not to those who do not tell it themselves (ux 22). */
export const hideTyping = (
  typing: Value<readonly Person[]>,
  privacy: Value<Privacy>,
): Value<readonly Person[]> => {
  const read = () => (privacy.get().typing ? typing.get() : nobody)
  return {
    get: read,
    subscribe(listener) {
      const tell = () => listener(read())
      const leave = [typing.subscribe(tell), privacy.subscribe(tell)]
      return () => {
        for (const off of leave) off()
      }
    },
  }
}

const nobody: readonly Person[] = []
