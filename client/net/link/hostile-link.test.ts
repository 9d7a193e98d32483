import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { linkLimits } from '../../../shared/limits.ts'
import { linkChannels, type LinkCloseReason } from '../../core/ports.ts'
import { createFakeClock } from '../../core/testing/fake-clock.ts'
import { encodeControl } from './control-messages.ts'
import { createLink, type ManagedLink } from './create-link.ts'
import { encodeFrame } from './frames.ts'
import { createBench, openPair, type Bench } from './testing/open-pair.ts'
import type { Wire } from './wire.ts'

type Bytes = Uint8Array<ArrayBuffer>
const { control, family, pages, files } = linkChannels

/** Anna's Link is open with somebody who proved to be Bert, and whose hand is now on the bare wire. */
let bench: Bench
let anna: ManagedLink
let closedFor: LinkCloseReason | undefined
const open = async (): Promise<void> => {
  bench = await createBench()
  const { left } = await openPair(bench)
  anna = left
  closedFor = undefined
  anna.onClose((reason) => (closedFor = reason))
}
beforeEach(open)

const attack = async (...frames: Bytes[]): Promise<LinkCloseReason | undefined> => {
  bench.wires.right.onFrame(() => undefined) // Bert's own Link is heard no more
  await bench.clock.advance(50)
  for (const frame of frames) bench.wires.right.send(frame)
  await bench.clock.advance(1_000)
  return closedFor
}
const frame = (head: number, ...rest: number[]): Bytes => Uint8Array.of(head, ...rest)
const fullFrame = (head: number, ...rest: number[]): Bytes => {
  const bytes = new Uint8Array(linkLimits.maxFrameBytes)
  bytes.set([head, ...rest])
  return bytes
}
const whole = (channel: 0 | 1 | 2 | 3, ...bytes: number[]): Bytes =>
  encodeFrame(channel, Uint8Array.from(bytes), 0).frame
const first = 0x80
const sixteenMiB = [0, 0, 0, 1]
const badFrame = (why: string): LinkCloseReason => ({ type: 'badFrame', why })

describe('L7: an ill-formed frame closes the Link and says why', () => {
  test('random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 }), async (frames) => {
        await open()
        anna.listen(family, () => undefined)
        const reason = await attack(...frames.map((bytes) => new Uint8Array(bytes)))
        if (reason !== undefined) expect(['badFrame', 'closedThere']).toContain(reason.type)
        else expect(anna.isOpen).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test.each<[string, string, () => Bytes[]]>([
    ['an empty frame', 'emptyFrame', () => [new Uint8Array(0)]],
    ['a frame a byte too large', 'frameTooLarge', () => [new Uint8Array(linkLimits.maxFrameBytes + 1)]],
    ['a frame of 16 MiB', 'frameTooLarge', () => [new Uint8Array(16 * 1024 * 1024)]],
    ['a channel there is not', 'unknownChannel', () => [frame(0xc7, 0, 0, 0, 0)]],
    ['bits that mean nothing', 'reservedBits', () => [frame(0xf0, 0, 0, 0, 0)]],
    ['a header cut short', 'cutHeader', () => [frame(0xc2, 0, 0)]],
    ['a message over 16 MiB', 'messageTooLarge', () => [fullFrame(first | pages, 1, 0, 0, 1)]],
    ['a message of 4 GiB', 'messageTooLarge', () => [fullFrame(first | pages, 255, 255, 255, 255)]],
    ['a middle without a beginning', 'nextWithoutFirst', () => [fullFrame(pages)]],
    ['an end without a beginning', 'nextWithoutFirst', () => [frame(0x40 | pages, 1)]],
    [
      'beginning after beginning without end',
      'firstWithinMessage',
      () => Array.from({ length: 1_000 }, () => fullFrame(first | files, ...sixteenMiB)),
    ],
    [
      'a message in crumbs',
      'wrongPayload',
      () => [
        fullFrame(first | files, ...sixteenMiB),
        ...Array.from({ length: 1_000 }, () => frame(files, 1)),
      ],
    ],
    [
      'a middle without content',
      'wrongPayload',
      () => [fullFrame(first | files, ...sixteenMiB), frame(files)],
    ],
    ['an end before the end', 'wrongEnd', () => [fullFrame(0xc0 | files, ...sixteenMiB)]],
    ['more than was said', 'wrongPayload', () => [frame(0xc0 | pages, 1, 0, 0, 0, 1, 2, 3)]],
    ['less than was said', 'wrongPayload', () => [frame(0xc0 | pages, 9, 0, 0, 0, 1, 2, 3)]],
    ['a control message of no kind', 'badControlMessage', () => [whole(control)]],
    ['a control message of an unknown kind', 'badControlMessage', () => [whole(control, 99, 1)]],
    ['a ping cut short', 'badControlMessage', () => [whole(control, 1, 2)]],
    ['a good-bye for an unknown reason', 'badControlMessage', () => [whole(control, 3, 200)]],
    ['the handshake again', 'nextWithoutFirst', () => [new Uint8Array(66).fill(1)]],
  ])('%s', async (_title, why, frames) => {
    expect(await attack(...frames())).toEqual(badFrame(why))
    expect(anna.isOpen).toBe(false)
    expect(bench.diagnostics).toContainEqual({ type: 'closed', device: anna.device, reason: badFrame(why) })
  })

  test('nothing that comes after it is heard', async () => {
    const came: Bytes[] = []
    anna.listen(family, (message) => came.push(message))
    await attack(new Uint8Array(0), whole(family, 1, 2, 3))
    expect(came).toEqual([])
  })
})

describe('L4, L5: no flood costs more memory than is allowed', () => {
  test('a length that is only said is not set aside', async () => {
    const before = process.memoryUsage().arrayBuffers
    await attack(
      ...[control, family, pages, files].map((channel) => fullFrame(first | channel, ...sixteenMiB)),
    )
    expect(anna.isOpen).toBe(true)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024)
  })

  test('messages for which nobody listens', async () => {
    const message = new Uint8Array(linkLimits.maxFrameBytes - 5)
    const { frame: full } = encodeFrame(files, message, 0)
    const enough = Math.ceil(linkLimits.maxUnheardBytes / message.length)
    expect(await attack(...Array.from({ length: enough }, () => full))).toEqual({
      type: 'closedHere',
      why: 'nobody listens on channel 3',
    })
  })

  test('pongs nobody asked for measure nothing and kill nothing', async () => {
    await bench.clock.advance(50)
    const { roundTripMs } = anna.health.get()
    expect(roundTripMs).toBeDefined()
    const pongs = Array.from({ length: 1_000 }, (_, i) => whole(control, 2, i & 0xff, i >> 8, 9, 9))
    expect(await attack(...pongs)).toBeUndefined()
    expect(anna.health.get().roundTripMs).toBe(roundTripMs)
  })
})

/** A wire whose other end takes nothing until told. */
const createFullWire = () => {
  const sent: Bytes[] = []
  let bufferedBytes: number = linkLimits.maxBufferedBytes
  let drain: (() => void) | undefined
  const wire: Wire = {
    send: (bytes) => sent.push(bytes),
    get bufferedBytes() {
      return bufferedBytes
    },
    onDrain: (_lowMark, listener) => (drain = listener),
    onFrame: () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  }
  const takeAll = () => {
    bufferedBytes = 0
    drain?.()
  }
  return { wire, sent, takeAll }
}

test('L5: a flood of pings that reads no answers has one thing waiting, not a thousand answers', () => {
  const { wire, sent, takeAll } = createFullWire()
  const clock = createFakeClock()
  const { link, receive } = createLink({ wire, device: anna.device, clock, report: () => undefined })
  const ping = encodeFrame(control, encodeControl({ type: 'ping', number: 1 }), 0).frame
  for (let i = 0; i < 1_000; i++) receive(ping)
  expect(sent).toEqual([])
  takeAll()
  expect(sent).toHaveLength(1)
  expect(link.isOpen).toBe(true)
})

test('L5: a device that reads nothing is given up when too much waits for it', () => {
  const { wire, sent } = createFullWire()
  const { link } = createLink({
    wire,
    device: anna.device,
    clock: createFakeClock(),
    report: () => undefined,
  })
  for (let i = 0; i < 4; i++) link.send(files, new Uint8Array(linkLimits.maxMessageBytes))
  expect(link.isOpen).toBe(false)
  expect(sent).toEqual([])
  link.onClose((reason) => {
    expect(reason).toEqual({ type: 'closedHere', why: 'stuck: the other side does not take what waits' })
  })
})

describe('L6: who falls silent', () => {
  test('is dead after 15 s, and both sides find out by themselves', async () => {
    await bench.clock.advance(1_000)
    bench.wires.setCut(true)
    await bench.clock.advance(linkLimits.deadAfterMs + linkLimits.pingIntervalMs)
    expect(closedFor).toEqual({ type: 'dead' })
    expect(bench.diagnostics.filter(({ type }) => type === 'closed')).toHaveLength(2)
  })

  test('and comes back in time is not', async () => {
    bench.wires.setCut(true)
    await bench.clock.advance(linkLimits.deadAfterMs - linkLimits.pingIntervalMs)
    expect(anna.health.get().status).toBe('silent')
    bench.wires.setCut(false)
    await bench.clock.advance(60_000)
    expect(anna.health.get().status).toBe('ok')
    expect(anna.isOpen).toBe(true)
  })
})

test('a wire torn apart is closed there', async () => {
  bench.wires.tear()
  expect(closedFor).toEqual({ type: 'closedThere' })
  await bench.clock.advance(60_000)
  expect(bench.clock.pendingTimers).toBe(0)
})

test('a good-bye tells the diagnostics why', async () => {
  expect(await attack(whole(control, 3, 2), whole(family, 1))).toEqual({ type: 'closedThere' })
  expect(bench.diagnostics).toContainEqual({
    type: 'closed',
    device: anna.device,
    reason: { type: 'closedThere' },
    theirReason: 'replaced',
  })
})

test('listeners that throw on closing or on health are told of, and the others are still called', async () => {
  const called: string[] = []
  const bug = new Error('a bug')
  anna.health.subscribe(() => {
    throw bug
  })
  anna.onClose(() => {
    throw bug
  })
  anna.onClose(() => called.push('second'))
  bench.wires.setCut(true)
  await bench.clock.advance(linkLimits.deadAfterMs + linkLimits.pingIntervalMs)
  expect(called).toEqual(['second'])
  const listeners = bench.diagnostics.flatMap((event) =>
    event.type === 'listenerThrew' ? [event.listener] : [],
  )
  expect(listeners).toContain('health')
  expect(listeners).toContain('close')
})

test('without diagnostics a bug in a listener still reaches the handler at the top', async () => {
  const { onDiagnostic: _none, ...left } = bench.left
  const quiet = { ...(await createBench()), left }
  const fresh = await createBench()
  quiet.wires = fresh.wires
  quiet.clock = fresh.clock
  quiet.right = fresh.right
  quiet.left = { ...left, wire: fresh.wires.left, clock: fresh.clock }
  const pair = await openPair(quiet)
  const caught: unknown[] = []
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', (error) => caught.push(error))
  pair.left.listen(family, () => {
    throw new Error('a bug')
  })
  pair.right.send(family, Uint8Array.of(1))
  await quiet.clock.advance(50)
  process.removeAllListeners('uncaughtException')
  for (const listener of others) process.on('uncaughtException', listener)
  expect(caught).toEqual([new Error('a bug')])
  expect(pair.left.isOpen).toBe(true)
})
