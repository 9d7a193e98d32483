import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkLimits } from '../../../shared/limits.ts'
import { equalBytes } from '../../../shared/crypto/bytes.ts'
import { linkChannels, type LinkChannel } from '../../core/ports.ts'
import { createSeededRandom } from '../../core/testing/seeded-random.ts'
import { createFrameDecoder, encodeFrame } from './frames.ts'

const framesOf = (channel: LinkChannel, message: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] => {
  const frames: Uint8Array<ArrayBuffer>[] = []
  for (let offset = 0, isLast = false; !isLast;) {
    const encoded = encodeFrame(channel, message, offset)
    frames.push(encoded.frame)
    offset = encoded.nextOffset
    isLast = encoded.isLast
  }
  return frames
}

const anyChannel = fc.constantFrom(...Object.values(linkChannels))
const anyMessage = fc
  .tuple(fc.nat({ max: 3 * linkLimits.maxFrameBytes }), fc.integer())
  .map(([length, seed]) => createSeededRandom(seed).bytes(length))
const anyBytes = fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes))

/** First, channel, last, length, payload: by hand, as somebody else's program might. */
const frame = (head: number, ...rest: number[]) => Uint8Array.of(head, ...rest)
const fullFrame = (head: number, ...rest: number[]) => {
  const bytes = new Uint8Array(linkLimits.maxFrameBytes)
  bytes.set([head, ...rest])
  return bytes
}
const problemOf = (...frames: Uint8Array<ArrayBuffer>[]) => {
  const decoder = createFrameDecoder()
  for (const bytes of frames.slice(0, -1))
    expect(decoder.decode(bytes)).toEqual({ ok: true, value: undefined })
  const last = decoder.decode(frames.at(-1)!)
  return last.ok ? undefined : last.problem.type
}

test('L4: a message comes out as it went in, in frames no larger than allowed', () => {
  fc.assert(
    fc.property(anyChannel, anyMessage, (channel, message) => {
      const frames = framesOf(channel, message)
      expect(Math.max(...frames.map((bytes) => bytes.length))).toBeLessThanOrEqual(linkLimits.maxFrameBytes)
      const decoder = createFrameDecoder()
      const results = frames.map((bytes) => decoder.decode(bytes))
      const last = results.pop()
      expect(last?.ok === true && last.value?.channel).toBe(channel)
      expect(last?.ok === true && last.value !== undefined && equalBytes(last.value.message, message)).toBe(
        true,
      )
      for (const result of results) expect(result).toEqual({ ok: true, value: undefined })
    }),
    { numRuns: 25 },
  )
})

test('L4: sizes on either side of a frame border survive', () => {
  const first = linkLimits.maxFrameBytes - 5
  const next = linkLimits.maxFrameBytes - 1
  for (const length of [
    0,
    1,
    first - 1,
    first,
    first + 1,
    first + next - 1,
    first + next,
    first + next + 1,
  ]) {
    const decoder = createFrameDecoder()
    const last = framesOf(linkChannels.pages, new Uint8Array(length).fill(7))
      .map((bytes) => decoder.decode(bytes))
      .at(-1)
    expect(last?.ok === true && last.value?.message.length).toBe(length)
  }
})

test('L4: channels interleave frame by frame and come out whole', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('0', '1', '2', '3'), anyMessage),
      fc.integer(),
      (messages, seed) => {
        const random = createSeededRandom(seed)
        const waiting = Object.entries(messages).map(([channel, message]) =>
          framesOf(Number(channel) as LinkChannel, message),
        )
        const decoder = createFrameDecoder()
        const came: Partial<Record<string, Uint8Array>> = {}
        while (waiting.some((frames) => frames.length > 0)) {
          const next = waiting[random.below(waiting.length)]?.shift()
          if (next === undefined) continue
          const result = decoder.decode(next)
          expect(result.ok).toBe(true)
          if (result.ok && result.value) came[String(result.value.channel)] = result.value.message
        }
        expect(Object.keys(came)).toEqual(expect.arrayContaining(Object.keys(messages)))
        for (const [channel, message] of Object.entries(messages))
          expect(equalBytes(came[channel]!, message)).toBe(true)
      },
    ),
    { numRuns: 25 },
  )
})

test('L7: garbage is a value, never an exception', () => {
  fc.assert(
    fc.property(fc.array(anyBytes, { maxLength: 20 }), (frames) => {
      const decoder = createFrameDecoder()
      for (const bytes of frames) {
        const result = decoder.decode(bytes)
        if (!result.ok) return
      }
    }),
  )
})

test('L7: a frame cut short anywhere is refused', () => {
  fc.assert(
    fc.property(
      anyChannel,
      fc.uint8Array({ minLength: 1, maxLength: 100 }),
      fc.nat(),
      (channel, payload, cut) => {
        const [whole] = framesOf(channel, new Uint8Array(payload))
        const result = createFrameDecoder().decode(whole!.slice(0, cut % whole!.length))
        expect(result.ok).toBe(false)
      },
    ),
  )
})

test('L7: what no honest peer sends is refused by name', () => {
  const pages = 2
  expect(problemOf(frame(0xc0 | pages, 1, 0, 0, 0))).toBe('wrongPayload')
  expect(problemOf(frame(0xc0 | pages, 1, 0, 0, 0, 9, 9))).toBe('wrongPayload')
  expect(problemOf(new Uint8Array(0))).toBe('emptyFrame')
  expect(problemOf(fullFrame(0x80 | pages, 0, 0, 1, 0), new Uint8Array(linkLimits.maxFrameBytes + 1))).toBe(
    'frameTooLarge',
  )
  expect(problemOf(frame(0xc4, 0, 0, 0, 0))).toBe('unknownChannel')
  expect(problemOf(frame(0xcf, 0, 0, 0, 0))).toBe('unknownChannel')
  expect(problemOf(frame(0xe0, 0, 0, 0, 0))).toBe('reservedBits')
  expect(problemOf(frame(0xc0, 0, 0, 0))).toBe('cutHeader')
  expect(problemOf(frame(pages, 1))).toBe('nextWithoutFirst')
  expect(problemOf(frame(0x40 | pages, 1))).toBe('nextWithoutFirst')
})

test('L7: lengths that lie are refused', () => {
  const long = [0, 0, 1, 0] // 65,536
  expect(problemOf(frame(0x80, 0xff, 0xff, 0xff, 0xff))).toBe('messageTooLarge')
  expect(problemOf(frame(0x80, 1, 0, 0, 1))).toBe('messageTooLarge')
  expect(problemOf(frame(0x80, ...long))).toBe('wrongPayload')
  expect(problemOf(fullFrame(0xc0, ...long))).toBe('wrongEnd')
  expect(problemOf(frame(0x80, 1, 0, 0, 0, 7))).toBe('wrongEnd')
  expect(problemOf(fullFrame(0x80, ...long), fullFrame(0x80, ...long))).toBe('firstWithinMessage')
  expect(problemOf(fullFrame(0x80, ...long), frame(0x00))).toBe('wrongPayload')
  expect(problemOf(fullFrame(0x80, ...long), frame(0x40, 1, 2, 3))).toBe('wrongPayload')
  expect(problemOf(fullFrame(0x80, ...long), fullFrame(0x40))).toBe('wrongEnd')
})
