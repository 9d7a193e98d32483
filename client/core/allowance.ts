import type { Clock } from './ports.ts'

/** A bucket of messages that fills again with time: gives whether one more may be heard. */
export const createAllowance = (
  clock: Pick<Clock, 'now'>,
  { messagesPerSecond, messageBurst }: { messagesPerSecond: number; messageBurst: number },
): (() => boolean) => {
  let left = messageBurst
  let atMs = clock.now()
  return () => {
    const now = clock.now()
    const gained = (Math.max(0, now - atMs) / 1_000) * messagesPerSecond
    left = Math.min(messageBurst, left + gained)
    atMs = now
    if (left < 1) return false
    left -= 1
    return true
  }
}
