import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { LinkChannel } from '../../core/ports.ts'
import { encodeFrame, frameBytesAt } from './frames.ts'

/** The messages of one channel that have yet to leave, first in, first out. */
export interface SendQueue {
  readonly isEmpty: boolean
  /** The first message has begun to leave, and not ended. */
  readonly isHalfSent: boolean
  /** The size of the frame that is next; asked for each message that has to wait, so it makes none. */
  readonly nextFrameBytes: number
  push(message: Bytes): void
  /** Takes the next frame, and says which message it was the last of. Undefined when empty. */
  takeFrame(): { frame: Bytes; finished: Bytes | undefined } | undefined
  clear(): void
}

/** After how many messages the front of the array is cut off; cutting for each would move a long queue every time. */
const cutEvery = 1_024

export const createSendQueue = (channel: LinkChannel): SendQueue => {
  let messages: Bytes[] = []
  let head = 0
  let offset = 0

  const dropFirst = (): void => {
    offset = 0
    head += 1
    if (head < cutEvery && head < messages.length) return
    messages = messages.slice(head)
    head = 0
  }

  return {
    get isEmpty() {
      return head === messages.length
    },
    get isHalfSent() {
      return offset > 0
    },
    get nextFrameBytes() {
      const message = messages[head]
      return message === undefined ? 0 : frameBytesAt(offset, message.length)
    },
    push(message) {
      messages.push(message)
    },
    takeFrame() {
      const message = messages[head]
      if (message === undefined) return undefined
      const { frame, nextOffset, isLast } = encodeFrame(channel, message, offset)
      if (isLast) dropFirst()
      else offset = nextOffset
      return { frame, finished: isLast ? message : undefined }
    },
    clear() {
      messages = []
      head = 0
      offset = 0
    },
  }
}
