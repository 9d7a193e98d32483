import type { IncomingRing } from '../../core/call/call-state.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { isQuiet, type QuietHours } from '../quiet-hours.ts'

/** Whoever calls again so soon means it, as phones have it. */
export const callsAgainMs = 3 * 60_000

/**
 * Decides of each ring as it begins whether it sounds (ux 26, 33): in quiet hours only where calls ring all the same, or where this person
 * rang in vain a moment ago. What was decided holds until that ring is over.
 */
export const createRingDecider = (options: {
  /** As it is now. */
  quiet: () => QuietHours
  nowMs: () => number
  minuteOfDay: (ms: number) => number
}): ((rings: readonly IncomingRing[]) => boolean) => {
  /** Of those that go on: whether each sounds. */
  let going = new Map<string, boolean>()
  const lastRangMs = new Map<AccountId, number>()

  const decide = ({ by }: IncomingRing): boolean => {
    const now = options.nowMs()
    const before = lastRangMs.get(by)
    lastRangMs.set(by, now)
    const { callsRing, ...hours } = options.quiet()
    if (callsRing || !isQuiet(hours, options.minuteOfDay(now))) return true
    return before !== undefined && now - before < callsAgainMs
  }
  return (rings) => {
    going = new Map(
      rings.map((ring) => {
        const key = `${ring.room} ${ring.by}`
        return [key, going.get(key) ?? decide(ring)]
      }),
    )
    return [...going.values()].some((sounds) => sounds)
  }
}
