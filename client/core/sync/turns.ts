import type { Clock } from '../ports.ts'

/** How long one link's messages may keep everything else on this device from its turn. */
const turnMs = 8

/** Turns with the rest of the page: what follows from one promise to the next lets neither screen nor timers in between. */
export interface Turns {
  /** Nothing was under way: a turn begins now. */
  begin(): void
  /** Where this turn has been a long one, lets all else have theirs first. */
  pass(): Promise<void>
}

export const createTurns = (clock: Pick<Clock, 'now' | 'setTimer'>): Turns => {
  let since = clock.now()
  const begin = (): void => {
    since = clock.now()
  }
  return {
    begin,
    async pass() {
      const took = clock.now() - since
      if (took >= 0 && took < turnMs) return
      await new Promise<void>((resolve) => void clock.setTimer(resolve, 0))
      begin()
    },
  }
}
