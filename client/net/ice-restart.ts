import { linkLimits } from '../../shared/limits.ts'
import type { Clock, Timer } from '../core/ports.ts'

/** Between two tries while the connection stays broken: long enough for one to succeed on a slow line. */
const againAfterMs = 5_000

export interface IceRestart {
  /** The connection's ICE state has changed. */
  stateChanged(state: RTCIceConnectionState): void
  /** Another network or address: what works now may be another way. */
  networkChanged(): void
  /** The server can be reached again, without which no new offer travels. */
  serverCame(): void
  stop(): void
}

export interface IceRestartOptions {
  clock: Clock
  /** Restarts, or asks the other side to; false when that cannot be said to it just now. */
  restart: () => boolean
}

/**
 * When to look for new ways between two linked devices (L6): two seconds after `disconnected` (many a hiccup heals by
 * itself), or at once when the network has changed. If it helps nothing, the Link's own liveness ends it.
 */
export const createIceRestart = ({ clock, restart }: IceRestartOptions): IceRestart => {
  let timer: Timer | undefined
  let isBroken = false
  let isOwed = false

  const clear = (): void => {
    if (timer !== undefined) clock.clearTimer(timer)
    timer = undefined
  }

  const restartNow = (): void => {
    clear()
    isOwed = !restart()
    if (isBroken) timer = clock.setTimer(restartNow, againAfterMs)
  }

  return {
    stateChanged(state) {
      if (state === 'disconnected' && !isBroken) {
        isBroken = true
        clear()
        timer = clock.setTimer(restartNow, linkLimits.iceRestartAfterMs)
      } else if (state === 'connected' || state === 'completed') {
        isBroken = false
        isOwed = false
        clear()
      }
    },
    networkChanged: restartNow,
    serverCame() {
      if (isOwed) restartNow()
    },
    stop: clear,
  }
}
