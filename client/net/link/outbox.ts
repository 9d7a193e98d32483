import { linkLimits } from '../../../shared/limits.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { linkChannels, type Clock, type LinkChannel } from '../../core/ports.ts'
import { encodeFrame } from './frames.ts'
import { createSendQueue } from './send-queue.ts'
import { createSendWindow } from './send-window.ts'
import type { Wire } from './wire.ts'

export interface OutboxOptions {
  wire: Wire
  clock: Clock
  /** The wire took what we waited with: so the other side lives (L6). */
  onDrained: () => void
  /** More waits than may (`linkLimits.maxQueuedBytes`). */
  onStuck: () => void
}

export interface Outbox {
  send(channel: LinkChannel, message: Bytes): void
  /** Whether anything of the channel has yet to leave. */
  isWaiting(channel: LinkChannel): boolean
  /** Drops what waits. A `farewell` still leaves on the control channel, unless a message there is half sent. */
  close(farewell: Bytes | undefined): void
}

const countedBytes = (message: Bytes): number => message.length + linkLimits.bookkeepingBytes

/** Frames handed to the wire in one go. Of small ones a window holds ever so many, and nothing else would have its turn meanwhile. */
const framesInOneGo = 256

/**
 * L4, L5: decides frame by frame what leaves next: always of the first channel in which something waits, so a word said
 * overtakes a file within a frame; and never more than the send window in the wire, where nothing can overtake any more.
 */
export const createOutbox = ({ wire, clock, onDrained, onStuck }: OutboxOptions): Outbox => {
  const queues = {
    [linkChannels.control]: createSendQueue(linkChannels.control),
    [linkChannels.family]: createSendQueue(linkChannels.family),
    [linkChannels.pages]: createSendQueue(linkChannels.pages),
    [linkChannels.files]: createSendQueue(linkChannels.files),
  }
  const inOrder = Object.values(linkChannels)
    .sort((left, right) => left - right)
    .map((channel) => queues[channel])
  const window = createSendWindow(clock)
  let queuedBytes = 0
  let isOpen = true
  let isResting = false

  const rest = (): void => {
    isResting = true
    clock.setTimer(() => {
      isResting = false
      pump()
    }, 0)
  }

  const pump = (): void => {
    if (isResting) return
    for (let frames = 0; ; frames++) {
      const queue = inOrder.find(({ isEmpty }) => !isEmpty)
      if (queue === undefined) return
      if (wire.bufferedBytes + queue.nextFrameBytes > window.bytes) {
        window.filled()
        wire.onDrain(window.bytes / 2, drained)
        return
      }
      if (frames === framesInOneGo) return rest()
      const next = queue.takeFrame()
      if (next === undefined) return
      if (next.finished !== undefined) queuedBytes -= countedBytes(next.finished)
      wire.send(next.frame)
    }
  }

  const drained = (): void => {
    if (!isOpen) return
    window.drained()
    onDrained()
    pump()
  }

  return {
    send(channel, message) {
      if (!isOpen) return
      queues[channel].push(message)
      queuedBytes += countedBytes(message)
      pump()
      if (queuedBytes > linkLimits.maxQueuedBytes) onStuck()
    },
    isWaiting: (channel) => !queues[channel].isEmpty,
    close(farewell) {
      isOpen = false
      const isHalfSent = queues[linkChannels.control].isHalfSent
      for (const queue of inOrder) queue.clear()
      if (farewell === undefined || isHalfSent) return
      const { frame } = encodeFrame(linkChannels.control, farewell, 0)
      if (wire.bufferedBytes + frame.length <= linkLimits.maxBufferedBytes) wire.send(frame)
    },
  }
}
