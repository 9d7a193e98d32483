import type { Bytes } from '../../core/crypto/bytes.ts'
import type { LinkChannel } from '../../core/ports.ts'
import { encodeFrame, type EncodedFrame } from './frames.ts'

/** The messages of one channel that have yet to leave, first in, first out. */
export interface SendQueue {
  readonly isEmpty: boolean
  /** The first message has begun to leave, and not ended. */
  readonly isHalfSent: boolean
  push(message: Bytes): void
  /** The frame that is next, without taking it. */
  peek(): EncodedFrame | undefined
  /** Takes the frame that `peek` gave; returns the message when that was its last. */
  take(frame: EncodedFrame): Bytes | undefined
  clear(): void
}

/** After how many messages the front of the array is cut off; cutting for each would move a long queue every time. */
const cutEvery = 1_024

export const createSendQueue = (channel: LinkChannel): SendQueue => {
  let messages: Bytes[] = []
  let head = 0
  let offset = 0
  return {
    get isEmpty() {
      return head === messages.length
    },
    get isHalfSent() {
      return offset > 0
    },
    push(message) {
      messages.push(message)
    },
    peek() {
      const message = messages[head]
      return message && encodeFrame(channel, message, offset)
    },
    take({ nextOffset, isLast }) {
      if (!isLast) {
        offset = nextOffset
        return undefined
      }
      const message = messages[head]
      offset = 0
      head += 1
      if (head >= cutEvery || head === messages.length) {
        messages = messages.slice(head)
        head = 0
      }
      return message
    },
    clear() {
      messages = []
      head = 0
      offset = 0
    },
  }
}
