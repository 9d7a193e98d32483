import { linkLimits } from '../../../shared/limits.ts'
import type { Clock } from '../../core/ports.ts'

export interface SendWindow {
  /** How much may be in the wire's buffer now. */
  readonly bytes: number
  filled(): void
  drained(): void
}

/** Half a window that leaves faster than this asks for a larger one; slower than the other, for a smaller. */
const quickMs = 100
const slowMs = 250

/**
 * L5: 64 KiB at first, twice as much each time it drains quickly, at most 1 MiB; and back again on a slow wire, where a
 * full buffer is just a queue in front of the next word said.
 */
export const createSendWindow = (clock: Clock): SendWindow => {
  let bytes: number = linkLimits.initialBufferedBytes
  let filledAt: number | undefined
  return {
    get bytes() {
      return bytes
    },
    filled() {
      filledAt ??= clock.now()
    },
    drained() {
      if (filledAt === undefined) return
      const tookMs = clock.now() - filledAt
      filledAt = undefined
      if (tookMs <= quickMs) bytes = Math.min(bytes * 2, linkLimits.maxBufferedBytes)
      if (tookMs > slowMs) bytes = Math.max(bytes / 2, linkLimits.initialBufferedBytes)
    },
  }
}
