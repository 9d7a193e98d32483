import type { DeviceId } from '../../../shared/identifiers.ts'
import { retentionLimits } from '../../../shared/limits.ts'
import { equalBytes } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { isErasableKind } from './entry.ts'
import type { Erasure } from './erasures.ts'
import type { SignedEntry } from './feed.ts'
import type { LogGroup } from './log-group.ts'

/** What is to become of an entry's body: it stays, somebody has erased it (P4), or its time is over (P8). */
export type Fate = { type: 'stays' } | { type: 'erased'; by: DeviceId } | { type: 'over' }

export interface Fates {
  /** `erasures`: what erase entries say about this very place. */
  of(entry: SignedEntry, erasures: readonly Erasure[]): Promise<Fate>
  /** Whether an entry is older than its room is kept. */
  isOver(entry: SignedEntry): boolean
}

/**
 * The one who decides what goes from this device. Of a whole entry: what may be erased by all that is known now. Of a husk, whose body went
 * elsewhere, more is believed, since nothing more can go by that: who was once allowed, and another device's clock within a day of ours.
 */
export const createFates = (group: LogGroup, page: number, nowMs: number): Fates => {
  const keepMs = group.keepMs?.()
  const isOlder = ({ time }: SignedEntry, slackMs: number) =>
    keepMs !== undefined && time.ms + keepMs <= nowMs + slackMs
  const obeys = ({ by, seq }: Erasure, entry: SignedEntry): boolean => {
    const may = group.rules.mayErase?.(by, entry.device) ?? 'no'
    if (entry.bodyHash) return may !== 'no'
    return may === 'yes' && seq < group.countOf(by, page)
  }
  return {
    isOver: (entry) => isOlder(entry, 0),
    async of(entry, erasures) {
      if (!isErasableKind(entry.kind)) return { type: 'stays' }
      if (erasures.length > 0) {
        const hash = entry.bodyHash ?? (await sha256(entry.body))
        const erasure = erasures.find((one) => equalBytes(one.bodyHash, hash) && obeys(one, entry))
        if (erasure) return { type: 'erased', by: erasure.by }
      }
      const slackMs = entry.bodyHash ? retentionLimits.clockSlackMs : 0
      return isOlder(entry, slackMs) ? { type: 'over' } : { type: 'stays' }
    },
  }
}
