import type { Arrival } from '../log/logs.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Link, Network } from '../ports.ts'
import { say, type LogStanding, type SyncSession } from './sync-session.ts'

/** Y3: what has come goes on to those who cannot have it yet. */
export interface Carrying {
  /** @param isAnswer whether this device had asked for it. */
  passOn(arrival: Arrival, isAnswer: boolean): void
  /** An answer is here: whoever may lack what it brought is told, and asks for it. */
  tellOfAnswers(): void
}

export interface CarryingOptions {
  sessions: ReadonlyMap<Link, Pick<SyncSession, 'compare'>>
  network: Pick<Network, 'areLinked'>
  standing: LogStanding
}

/**
 * A new entry goes at once to every link, and on behalf of the one it came from to those that one has no link to. History is not sent on like
 * that: over a gap in the mesh it mostly is on both sides, or comes from several, so those beyond compare and ask for what they lack (Y5).
 */
export const createCarrying = ({ sessions, network, standing }: CarryingOptions): Carrying => {
  const behind = new Set<Link>()

  const lacks = (from: DeviceId | undefined, { device }: Link): boolean =>
    from === undefined || (device !== from && !network.areLinked(from, device))

  return {
    passOn({ log, page, update, from }, isAnswer) {
      for (const link of sessions.keys()) {
        if (!lacks(from, link) || standing(log, link.device) !== 'shared') continue
        if (isAnswer) behind.add(link)
        else say(link, { type: 'entries', log, page, update })
      }
    },
    tellOfAnswers() {
      for (const link of behind) sessions.get(link)?.compare()
      behind.clear()
    },
  }
}
