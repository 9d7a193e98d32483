import type { Clock } from '../core/ports.ts'

/** The ports of this device are known in a fraction of it; a STUN server that does not answer is not waited for. */
const gatherWithinMs = 500

export interface Gathering {
  readonly iceGatheringState: RTCIceGatheringState
  addEventListener(name: 'icegatheringstatechange', listener: () => void): void
  removeEventListener(name: 'icegatheringstatechange', listener: () => void): void
}

/** Until all candidates are found, or long enough. */
export const gathered = (pc: Gathering, clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      pc.removeEventListener('icegatheringstatechange', look)
      clock.clearTimer(timer)
      resolve()
    }
    const look = (): void => {
      if (pc.iceGatheringState === 'complete') end()
    }
    const timer = clock.setTimer(end, gatherWithinMs)
    pc.addEventListener('icegatheringstatechange', look)
    look()
  })
