import { linkLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { concatBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { linkChannels, type LinkChannel } from '../../core/ports.ts'

/**
 * L4: a message travels as frames of one channel: `flags | channel` (1 byte), on the first frame the message's whole
 * length (4 bytes, little-endian as in lib0), then payload. Every frame but a message's last is full, so a length says
 * exactly which frames must follow, and nobody can make us keep a message in a million crumbs.
 */
const flags = { first: 0x80, last: 0x40 } as const
const channelMask = 0x0f
const reservedMask = 0x30
const firstHeaderBytes = 5
const nextHeaderBytes = 1

export type FrameProblem =
  | { type: 'emptyFrame' }
  | { type: 'frameTooLarge'; bytes: number }
  | { type: 'reservedBits' }
  | { type: 'unknownChannel'; channel: number }
  | { type: 'cutHeader' }
  | { type: 'messageTooLarge'; bytes: number }
  | { type: 'firstWithinMessage'; channel: LinkChannel }
  | { type: 'nextWithoutFirst'; channel: LinkChannel }
  | { type: 'wrongPayload'; bytes: number; expected: number }
  | { type: 'wrongEnd' }

const headerBytesAt = (offset: number): number => (offset === 0 ? firstHeaderBytes : nextHeaderBytes)

/** How many of a message's bytes travel in the frame that begins at `offset`. */
const payloadBytesAt = (offset: number, total: number): number =>
  Math.min(total - offset, linkLimits.maxFrameBytes - headerBytesAt(offset))

/** The size of the frame that carries a message of `total` bytes from `offset` on. */
export const frameBytesAt = (offset: number, total: number): number =>
  headerBytesAt(offset) + payloadBytesAt(offset, total)

export interface EncodedFrame {
  frame: Bytes
  /** Where in the message the next frame begins; its length when this was the last. */
  nextOffset: number
  isLast: boolean
}

/** The frame that carries `message` from `offset` on. */
export const encodeFrame = (channel: LinkChannel, message: Bytes, offset: number): EncodedFrame => {
  const headerBytes = headerBytesAt(offset)
  const payloadBytes = payloadBytesAt(offset, message.length)
  const nextOffset = offset + payloadBytes
  const isLast = nextOffset === message.length
  const frame = new Uint8Array(headerBytes + payloadBytes)
  frame[0] = channel | (offset === 0 ? flags.first : 0) | (isLast ? flags.last : 0)
  if (offset === 0) new DataView(frame.buffer).setUint32(1, message.length, true)
  frame.set(message.subarray(offset, nextOffset), headerBytes)
  return { frame, nextOffset, isLast }
}

export interface WholeMessage {
  channel: LinkChannel
  message: Bytes
}

export interface FrameDecoder {
  /** The message which this frame completes, or undefined while more are to come. After a problem it must not go on. */
  decode(frame: Bytes): Result<WholeMessage | undefined, FrameProblem>
}

interface Reassembly {
  total: number
  received: number
  /** As they came: a length that was only said costs no memory. */
  chunks: Uint8Array[]
}

const knownChannels: ReadonlySet<number> = new Set(Object.values(linkChannels))
const isChannel = (number: number): number is LinkChannel => knownChannels.has(number)

interface Header {
  channel: LinkChannel
  isLast: boolean
  /** On a message's first frame only. */
  total: number | undefined
}

const parseHeader = (frame: Bytes): Result<Header, FrameProblem> => {
  const head = frame[0]
  if (head === undefined) return fail({ type: 'emptyFrame' })
  if (frame.length > linkLimits.maxFrameBytes) return fail({ type: 'frameTooLarge', bytes: frame.length })
  if ((head & reservedMask) !== 0) return fail({ type: 'reservedBits' })
  const channel = head & channelMask
  if (!isChannel(channel)) return fail({ type: 'unknownChannel', channel })
  const isLast = (head & flags.last) !== 0
  if ((head & flags.first) === 0) return ok({ channel, isLast, total: undefined })
  if (frame.length < firstHeaderBytes) return fail({ type: 'cutHeader' })
  const total = new DataView(frame.buffer, frame.byteOffset).getUint32(1, true)
  if (total > linkLimits.maxMessageBytes) return fail({ type: 'messageTooLarge', bytes: total })
  return ok({ channel, isLast, total })
}

/** Puts messages together again, at most one a channel at a time; so it holds at most a message a channel. */
export const createFrameDecoder = (): FrameDecoder => {
  const unfinished = new Map<LinkChannel, Reassembly>()

  const reassemblyOf = ({ channel, total }: Header): Result<Reassembly, FrameProblem> => {
    const begun = unfinished.get(channel)
    if (total !== undefined) {
      if (begun !== undefined) return fail({ type: 'firstWithinMessage', channel })
      return ok({ total, received: 0, chunks: [] })
    }
    return begun === undefined ? fail({ type: 'nextWithoutFirst', channel }) : ok(begun)
  }

  return {
    decode(frame) {
      const header = parseHeader(frame)
      if (!header.ok) return header
      const found = reassemblyOf(header.value)
      if (!found.ok) return found
      const { channel, isLast } = header.value
      const reassembly = found.value

      const payload = frame.subarray(headerBytesAt(reassembly.received))
      const expected = payloadBytesAt(reassembly.received, reassembly.total)
      if (payload.length !== expected) return fail({ type: 'wrongPayload', bytes: payload.length, expected })
      reassembly.received += payload.length
      if (isLast !== (reassembly.received === reassembly.total)) return fail({ type: 'wrongEnd' })

      reassembly.chunks.push(payload)
      if (!isLast) {
        unfinished.set(channel, reassembly)
        return ok(undefined)
      }
      unfinished.delete(channel)
      return ok({ channel, message: concatBytes(...reassembly.chunks) })
    },
  }
}
