import type { DeviceId } from '../../../shared/identifiers.ts'
import { familyLimits } from '../../../shared/limits.ts'
import type { Clock } from '../ports.ts'

/** Who sent what nobody vouches for yet (P3): no fault, since who does may still be on the way, but not for ever. */
export interface EarlySenders {
  /** Whether it is borne once more. */
  note(device: DeviceId): boolean
  /** Those who may be asked again now that more is known; each once, and none so often that the answers could not be borne. */
  take(): DeviceId[]
}

interface Sender {
  count: number
  since: number
  mayBeAsked: boolean
}

export const createEarlySenders = (clock: Pick<Clock, 'now'>): EarlySenders => {
  const senders = new Map<DeviceId, Sender>()
  const forgivenOf = ({ since }: Pick<Sender, 'since'>): number =>
    Math.max(0, Math.floor((clock.now() - since) / familyLimits.earlyForgivenMs))
  return {
    note(device) {
      const now = clock.now()
      const { count, since } = senders.get(device) ?? { count: 0, since: now }
      const forgiven = forgivenOf({ since })
      const left = Math.max(0, count - forgiven)
      const isBorne = left < familyLimits.earlyTolerated
      senders.delete(device)
      senders.set(device, {
        count: isBorne ? left + 1 : left,
        since: left === 0 ? now : since + forgiven * familyLimits.earlyForgivenMs,
        mayBeAsked: true,
      })
      const [oldest] = senders.keys()
      if (senders.size > familyLimits.maxEarlySenders && oldest !== undefined) senders.delete(oldest)
      return isBorne
    },
    take() {
      const asked: DeviceId[] = []
      for (const [device, sender] of senders) {
        const isSeldom = sender.count - forgivenOf(sender) < familyLimits.earlyTolerated / 2
        if (!sender.mayBeAsked || !isSeldom) continue
        sender.mayBeAsked = false
        asked.push(device)
      }
      return asked
    },
  }
}
