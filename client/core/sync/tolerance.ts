import { logLimits } from '../../../shared/limits.ts'
import type { Clock } from '../ports.ts'
import type { RefusalReason } from '../refusals.ts'

/**
 * Of these an honest device is no more than the carrier: it has the other branch of a feed that its author forked (P6), or has not heard
 * yet that somebody was cut off (G6).
 */
const notTheCarriers: ReadonlySet<RefusalReason> = new Set(['badSignature', 'cutOff'])

/** When a link has been refused too much to be kept (P3). */
export interface Tolerance {
  /** Whether this refusal was the last that is borne. */
  isTheEnd(why: RefusalReason): boolean
}

/** What may be no fault of the sender's is borne as long as it comes slowly: comparing again brings it every half minute. */
export const createTolerance = (clock: Pick<Clock, 'now'>): Tolerance => {
  let faults = 0
  let carried = 0
  let since = clock.now()
  return {
    isTheEnd(why) {
      if (!notTheCarriers.has(why)) {
        faults += 1
        return faults >= logLimits.refusalsTolerated
      }
      const forgiven = Math.max(0, Math.floor((clock.now() - since) / logLimits.carriedForgivenMs))
      since += forgiven * logLimits.carriedForgivenMs
      carried = Math.max(0, carried - forgiven) + 1
      return carried >= logLimits.carriedTolerated
    },
  }
}
