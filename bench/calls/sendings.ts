import type { PictureLimit, ReceiverPlan } from '../../client/core/call/sending-plan.ts'
import type { Sending } from '../../client/net/media/media-line.ts'

/** As a call hands its plan to the lines. */
export const pictureSending = (limit: PictureLimit | 'off'): Sending =>
  limit === 'off'
    ? { isActive: false }
    : {
        isActive: true,
        maxBitrate: limit.maxBitrateBps,
        scaleResolutionDownBy: limit.scaleResolutionDownBy,
        maxFramerate: limit.maxFramerate,
      }

export const audioSending = ({ audioBps }: ReceiverPlan): Sending => ({
  isActive: true,
  maxBitrate: audioBps,
})
