import { callLimits, linkLimits } from '../../../shared/limits.ts'
import type { Clock, Timer } from '../../core/ports.ts'

/** How a Link is doing (L6). */
export type LinkHealth =
  { status: 'ok'; roundTripMs?: number } | { status: 'silent'; silentForMs: number; roundTripMs?: number }

export interface LivenessOptions {
  clock: Clock
  sendPing: (number: number) => void
  onHealth: (health: LinkHealth) => void
  onDead: () => void
  /** Somebody waits for this very connection to come back, as in a call; left out, nobody does. */
  isAwaited?: () => boolean
}

export interface Liveness {
  /** Sends the first ping. */
  start(): void
  /** Anything came from there, or our bytes left: they live. */
  heard(): void
  answered(number: number): void
  stop(): void
}

const pingsIn = (ms: number): number => Math.ceil(ms / linkLimits.pingIntervalMs)

/**
 * L6: a ping at once and each 5 s; dead when nothing came for three of them, in a call (which waits longer, C5) for six, each given its 5 s. It counts pings that had
 * their time, not minutes: a timer that comes late says that this tab was frozen or the machine slept, nothing about the
 * others. So a late one starts the count anew; once, or where timers are always late nothing would ever be dead.
 */
export const createLiveness = (options: LivenessOptions): Liveness => {
  const { clock, sendPing, onHealth, onDead, isAwaited = () => false } = options
  let unanswered = 0
  let isHeard = true
  let isPardoned = false
  let isSilent = false
  let lastHeardAt = clock.now()
  let lastTickAt = clock.now()
  let ping = { number: 0, sentAt: clock.now() }
  let roundTrip: { roundTripMs?: number } = {}
  let timer: Timer | undefined

  const count = (): void => {
    const isLate = clock.now() - lastTickAt >= 2 * linkLimits.pingIntervalMs
    if (isHeard) {
      unanswered = 0
      isPardoned = false
    } else if (isLate && !isPardoned) {
      unanswered = 0
      isPardoned = true
    } else unanswered += 1
  }

  const sendNext = (): void => {
    isHeard = false
    lastTickAt = clock.now()
    ping = { number: (ping.number + 1) >>> 0, sentAt: clock.now() }
    timer = clock.setTimer(tick, linkLimits.pingIntervalMs)
    sendPing(ping.number)
  }

  const tick = (): void => {
    count()
    if (unanswered >= pingsIn(isAwaited() ? callLimits.reconnectMs : linkLimits.deadAfterMs)) {
      onDead()
      return
    }
    const silentForMs = clock.now() - lastHeardAt
    isSilent ||= unanswered > 0
    sendNext()
    if (isSilent) onHealth({ status: 'silent', silentForMs, ...roundTrip })
  }

  return {
    start: sendNext,
    heard() {
      isHeard = true
      lastHeardAt = clock.now()
      if (!isSilent) return
      isSilent = false
      onHealth({ status: 'ok', ...roundTrip })
    },
    answered(number) {
      if (number !== ping.number) return
      roundTrip = { roundTripMs: clock.now() - ping.sentAt }
      onHealth({ status: 'ok', ...roundTrip })
    },
    stop() {
      if (timer !== undefined) clock.clearTimer(timer)
    },
  }
}
