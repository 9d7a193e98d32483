import { typingLimits } from '../../../shared/limits.ts'
import type { Clock, LogId, Timer } from '../ports.ts'

/** Tells the others in which room this person is writing, and that it has stopped, by itself after a while (ux 22). */
export interface Typing {
  set(room: LogId, isTyping: boolean): void
  /** Wherever it was. */
  stop(): void
}

export const createTyping = (clock: Clock, announce: (room: LogId | undefined) => void): Typing => {
  let current: LogId | undefined
  let timer: Timer | undefined
  const stop = () => {
    if (timer !== undefined) clock.clearTimer(timer)
    timer = undefined
    if (current === undefined) return
    current = undefined
    announce(undefined)
  }
  return {
    stop,
    set(room, isTyping) {
      if (!isTyping) {
        if (current === room) stop()
        return
      }
      if (timer !== undefined) clock.clearTimer(timer)
      timer = clock.setTimer(stop, typingLimits.shownForMs)
      if (current === room) return
      current = room
      announce(room)
    },
  }
}
