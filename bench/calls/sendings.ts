import type { ReceiverPlan } from '../../client/core/call/sending-plan.ts'
import type { Sending } from '../../client/net/media/media-line.ts'

/** As a call hands its plan for sound to the lines. */
export const audioSending = ({ audioBps }: ReceiverPlan): Sending => ({
  isActive: true,
  maxBitrate: audioBps,
})
