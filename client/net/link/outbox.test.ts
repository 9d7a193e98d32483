import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkLimits } from '../../../shared/limits.ts'
import { equalBytes } from '../../../shared/crypto/bytes.ts'
import { linkChannels, type LinkChannel } from '../../core/ports.ts'
import { createFakeClock } from '../../core/testing/fake-clock.ts'
import { createSeededRandom } from '../../core/testing/seeded-random.ts'
import { createFrameDecoder, type WholeMessage } from './frames.ts'
import { createOutbox } from './outbox.ts'
import { createMemoryWirePair, type MemoryWireOptions } from './testing/memory-wire.ts'

type Bytes = Uint8Array<ArrayBuffer>
const { control, family, pages, files } = linkChannels
const KiB = 1024

const createSender = (pace: Omit<MemoryWireOptions, 'clock'> = {}) => {
  const clock = createFakeClock()
  const wires = createMemoryWirePair({ clock, ...pace })
  const told = { drained: 0, stuck: 0 }
  const outbox = createOutbox({
    wire: wires.left,
    clock,
    onDrained: () => (told.drained += 1),
    onStuck: () => (told.stuck += 1),
  })
  const decoder = createFrameDecoder()
  const came: WholeMessage[] = []
  /** The channel of each frame, in the order of arrival. */
  const frames: number[] = []
  wires.right.onFrame((frame) => {
    frames.push(frame[0]! & 0x0f)
    const decoded = decoder.decode(frame)
    if (!decoded.ok) throw new Error(decoded.problem.type)
    if (decoded.value) came.push(decoded.value)
  })
  return { clock, wires, outbox, told, came, frames }
}

test('L4: whatever is sent, each channel arrives whole and in order, and no byte too many is buffered', async () => {
  const anySend = fc.record({
    channel: fc.constantFrom<LinkChannel>(control, family, pages, files),
    length: fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 200 * KiB })),
    waitMs: fc.nat({ max: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(anySend, { maxLength: 15 }), fc.integer(), async (sends, seed) => {
      const random = createSeededRandom(seed)
      const { clock, wires, outbox, came } = createSender({ random, bytesPerMs: 40 * KiB })
      const sent: WholeMessage[] = []
      for (const { channel, length, waitMs } of sends) {
        const message = random.bytes(length)
        sent.push({ channel, message })
        outbox.send(channel, message)
        if (waitMs > 0) await clock.advance(waitMs)
      }
      await clock.advance(5_000)
      for (const channel of [control, family, pages, files]) {
        const expected = sent.filter((each) => each.channel === channel)
        const arrived = came.filter((each) => each.channel === channel)
        expect(arrived).toHaveLength(expected.length)
        for (const [i, { message }] of arrived.entries())
          expect(equalBytes(message, expected[i]!.message)).toBe(true)
      }
      expect(wires.left.peakBufferedBytes).toBeLessThanOrEqual(linkLimits.maxBufferedBytes)
    }),
    { numRuns: 20 },
  )
})

test('L4: control goes before family before pages before files, however they were sent', async () => {
  const { clock, outbox, frames } = createSender({ bytesPerMs: 16 * KiB })
  // Fill the window first, so that all that follows has to wait and be chosen from.
  outbox.send(files, new Uint8Array(100 * KiB))
  const beforeOthers = 4
  for (const channel of [files, pages, family, control]) outbox.send(channel, new Uint8Array(50 * KiB))
  await clock.advance(1_000)
  const chosen = frames.slice(beforeOthers).filter((channel, i, all) => channel !== all[i - 1])
  expect(chosen.slice(-4)).toEqual([control, family, pages, files])
})

test('L4: a word said in the midst of a file waits for what is in the wire and for no more', async () => {
  const { clock, outbox, frames, came, wires } = createSender({ bytesPerMs: 16 * KiB })
  outbox.send(files, new Uint8Array(8_000 * KiB))
  await clock.advance(100)
  const ahead = frames.length + Math.ceil(wires.left.bufferedBytes / linkLimits.maxFrameBytes) + 2
  outbox.send(pages, new Uint8Array(10))
  await clock.advance(5_000)
  expect(frames.indexOf(pages)).toBeLessThanOrEqual(ahead)
  expect(came.map(({ channel }) => channel)).toEqual([pages, files])
})

test('L5: at most 64 KiB are buffered before anything drained', () => {
  const { outbox, wires } = createSender()
  outbox.send(files, new Uint8Array(2_000 * KiB))
  expect(wires.left.peakBufferedBytes).toBeLessThanOrEqual(linkLimits.initialBufferedBytes)
  expect(wires.left.peakBufferedBytes).toBeGreaterThan(
    linkLimits.initialBufferedBytes - linkLimits.maxFrameBytes,
  )
})

test('L5: a quick wire gets up to 1 MiB, never more', async () => {
  const { clock, outbox, wires } = createSender({ bytesPerMs: 1_000 * KiB })
  outbox.send(files, new Uint8Array(16_000 * KiB))
  outbox.send(files, new Uint8Array(16_000 * KiB))
  await clock.advance(500)
  expect(wires.left.bufferedBytes).toBe(0)
  expect(wires.left.peakBufferedBytes).toBeLessThanOrEqual(linkLimits.maxBufferedBytes)
  expect(wires.left.peakBufferedBytes).toBeGreaterThan(linkLimits.maxBufferedBytes - linkLimits.maxFrameBytes)
})

test('L5: a slow wire keeps its short queue', async () => {
  const { clock, outbox, wires } = createSender({ bytesPerMs: 100 })
  outbox.send(files, new Uint8Array(1_000 * KiB))
  await clock.advance(5_000)
  expect(wires.left.peakBufferedBytes).toBeLessThanOrEqual(linkLimits.initialBufferedBytes)
})

test('L5: a wire that does not drain gets nothing more', async () => {
  const { clock, outbox, wires, told } = createSender()
  wires.setCut(true)
  for (let i = 0; i < 20; i++) outbox.send(files, new Uint8Array(1_000 * KiB))
  await clock.advance(60_000)
  expect(wires.left.peakBufferedBytes).toBeLessThanOrEqual(linkLimits.initialBufferedBytes)
  expect(told).toEqual({ drained: 0, stuck: 0 })
})

test('L5: more waiting than may wait is told, and empty messages count too', () => {
  const long = createSender()
  for (let i = 0; i < 3; i++) long.outbox.send(files, new Uint8Array(linkLimits.maxMessageBytes))
  expect(long.told.stuck).toBe(0)
  long.outbox.send(files, new Uint8Array(linkLimits.maxMessageBytes))
  expect(long.told.stuck).toBe(1)

  const empty = createSender()
  empty.outbox.send(control, new Uint8Array(100 * KiB))
  const enough = linkLimits.maxQueuedBytes / linkLimits.bookkeepingBytes
  const nothing: Bytes = new Uint8Array(0)
  for (let i = 0; i < enough; i++) empty.outbox.send(control, nothing)
  expect(empty.told.stuck).toBeGreaterThan(0)
})

test('closing drops what waits and says good-bye, unless in the midst of a control message', async () => {
  const bye = Uint8Array.of(3, 0)
  const whole = createSender()
  whole.outbox.send(files, new Uint8Array(500 * KiB))
  whole.outbox.close(bye)
  whole.outbox.send(pages, new Uint8Array(1))
  await whole.clock.advance(1_000)
  expect(whole.came).toEqual([{ channel: control, message: bye }])

  const half = createSender()
  half.outbox.send(control, new Uint8Array(500 * KiB))
  half.outbox.close(bye)
  await half.clock.advance(1_000)
  expect(half.came).toEqual([])
})

test('L5: of very many small messages few are handed to the wire in one go, and all arrive in order', async () => {
  const { clock, outbox, wires, came } = createSender({ bytesPerMs: 1_000 * KiB })
  let inOneGo = 0
  let most = 0
  const sendOnWire = wires.left.send
  wires.left.send = (frame) => {
    most = Math.max(most, (inOneGo += 1))
    sendOnWire(frame)
  }
  const setTimer = clock.setTimer
  clock.setTimer = (run, afterMs) =>
    setTimer(() => {
      inOneGo = 0
      run()
    }, afterMs)
  // The window is as large as it gets, and full.
  for (let count = 0; count < 2; count++) outbox.send(files, new Uint8Array(16_000 * KiB))
  const numbers = Array.from({ length: 20_000 }, (_nothing, index) => index)
  for (const number of numbers) outbox.send(pages, new Uint8Array(new Uint32Array([number]).buffer))
  await clock.advance(1_000)
  expect(most).toBeLessThan(1_000)
  const arrived = came.filter(({ channel }) => channel === pages)
  expect(
    arrived.map(({ message }) => new DataView(message.buffer).getUint32(message.byteOffset, true)),
  ).toEqual(numbers)
})
