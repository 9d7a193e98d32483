import { socketLimits } from '../../shared/limits.ts'
import type { Clock, Random, Timer } from '../core/ports.ts'
import { fraction } from './chance.ts'

export interface Heartbeat {
  pong(): void
  /** Asks at once: after sleep, a socket looks open long after it has died. Waits for the answer no longer than is said. */
  checkNow(withinMs?: number): void
  stop(): void
}

export interface HeartbeatOptions {
  clock: Clock
  random: Random
  ping: () => void
  onDead: () => void
}

/** A browser shows no protocol pings to the page, so it sends its own: each 30 s, with jitter (S5). */
export const createHeartbeat = ({ clock, random, ping, onDead }: HeartbeatOptions): Heartbeat => {
  let timer: Timer | undefined
  let isWaiting = false

  const startTimer = (run: () => void, afterMs: number): void => {
    if (timer !== undefined) clock.clearTimer(timer)
    timer = clock.setTimer(run, afterMs)
  }

  const rest = (): void => {
    const jitterMs = (fraction(random) * 2 - 1) * socketLimits.pingJitterMs
    startTimer(() => check(socketLimits.pongTimeoutMs), socketLimits.pingIntervalMs + jitterMs)
  }

  const check = (withinMs: number): void => {
    const isAsked = isWaiting
    if (isAsked && withinMs >= socketLimits.pongTimeoutMs) return
    isWaiting = true
    startTimer(onDead, withinMs)
    if (!isAsked) ping()
  }

  rest()
  return {
    pong() {
      isWaiting = false
      rest()
    },
    checkNow: (withinMs = socketLimits.pongTimeoutMs) => check(withinMs),
    stop() {
      if (timer !== undefined) clock.clearTimer(timer)
      timer = undefined
    },
  }
}
