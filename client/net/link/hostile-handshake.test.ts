import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { linkLimits } from '../../../shared/limits.ts'
import { encodeFrame } from './frames.ts'
import { encodeHandshakeMessage, type HandshakeMessage } from './handshake-messages.ts'
import { openLink } from './open-link.ts'
import { annasOutcome, bertsHello, bothOutcomes, helloOf, say, tapBert } from './testing/handshake-outcome.ts'
import { createBench, deviceOf, type Bench } from './testing/open-pair.ts'

/** Anna waits at the left; at the right sits whoever the test wants. */
let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})

const emptyProof: HandshakeMessage = {
  type: 'proof',
  signature: new Uint8Array(64),
  credential: new Uint8Array(32),
}

describe('L2: what comes instead of a handshake', () => {
  test('random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        bench = await createBench()
        const made = await annasOutcome(bench, () => bench.wires.right.send(new Uint8Array(bytes)))
        expect(made).not.toBe('open')
        await bench.clock.advance(100)
        expect(bench.clock.pendingTimers).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  test('an empty frame', async () => {
    expect(await annasOutcome(bench, () => bench.wires.right.send(new Uint8Array(0)))).toBe('illFormed')
  })

  test('a message over the limit of a handshake', async () => {
    const bytes = new Uint8Array(linkLimits.maxHandshakeBytes + 1)
    bytes.set(encodeHandshakeMessage(bertsHello(bench)))
    expect(await annasOutcome(bench, () => bench.wires.right.send(bytes))).toBe('illFormed')
  })

  test('a frame of 16 MiB', async () => {
    expect(
      await annasOutcome(bench, () => bench.wires.right.send(new Uint8Array(16 * 1024 * 1024).fill(1))),
    ).toBe('illFormed')
  })

  test("a Link's frame before hello", async () => {
    const { frame } = encodeFrame(1, new Uint8Array(100), 0)
    expect(await annasOutcome(bench, () => bench.wires.right.send(frame))).toBe('illFormed')
  })

  test('a proof before hello', async () => {
    expect(await annasOutcome(bench, () => say(bench, emptyProof))).toBe('outOfTurn')
  })

  test('an acceptance before hello', async () => {
    expect(await annasOutcome(bench, () => say(bench, { type: 'accept' }))).toBe('outOfTurn')
  })

  test('hello, and then hello again', async () => {
    const made = await annasOutcome(bench, () => {
      say(bench, bertsHello(bench))
      say(bench, bertsHello(bench))
    })
    expect(made).toBe('outOfTurn')
  })

  test('an acceptance instead of a proof', async () => {
    const made = await annasOutcome(bench, () => {
      say(bench, bertsHello(bench))
      say(bench, { type: 'accept' })
    })
    expect(made).toBe('outOfTurn')
  })

  test('thousands of messages while we compute', async () => {
    const made = await annasOutcome(bench, () => {
      say(bench, bertsHello(bench))
      for (let i = 0; i < 5_000; i++) say(bench, emptyProof)
    })
    expect(['outOfTurn', 'wrongProof']).toContain(made)
  })

  test('another version, with a clear word', async () => {
    const bytes = encodeHandshakeMessage(bertsHello(bench))
    bytes[1] = 9
    expect(await annasOutcome(bench, () => bench.wires.right.send(bytes))).toBe('wrongVersion: theirs is 9')
  })
})

describe('L2: somebody else', () => {
  test('a device that is not the expected one', async () => {
    bench.right = { ...bench.right, device: await deviceOf(3) }
    expect(await bothOutcomes(bench)).toEqual(['unexpectedDevice', 'unexpectedDevice'])
  })

  test('the expected device, but it expects another', async () => {
    bench.right = { ...bench.right, expected: (await deviceOf(3)).id }
    expect(await bothOutcomes(bench)).toEqual(['unexpectedDevice', 'unexpectedDevice'])
  })

  test('who says the right key and cannot sign', async () => {
    const stranger = await deviceOf(3)
    const { publicKey, id } = bench.right.device
    bench.right = { ...bench.right, device: { ...stranger, publicKey, id } }
    expect((await bothOutcomes(bench))[0]).toBe('wrongProof')
  })

  test('keys for which anybody can sign', async () => {
    const orderOne = new Uint8Array(32)
    orderOne[0] = 1
    const beyondField = new Uint8Array(32).fill(0xff)
    for (const key of [new Uint8Array(32), orderOne, beyondField]) {
      bench = await createBench()
      expect(await annasOutcome(bench, () => say(bench, helloOf(key)))).toBe('badKey')
    }
  })

  test('a family of other blood', async () => {
    const other = await createBench({ founder: 4 })
    bench.right = { ...bench.right, membership: other.right.membership }
    expect(await bothOutcomes(bench)).toEqual(['notOfThisFamily', 'notOfThisFamily'])
  })

  test("L3: another's credential, shown by a device with a key of its own", async () => {
    const { membership } = bench.right
    bench.right = {
      ...bench.right,
      membership: { ...membership, credential: bench.left.membership.credential },
    }
    expect(await bothOutcomes(bench)).toEqual(['notOfThisFamily', 'notOfThisFamily'])
  })

  test('L3: a credential of garbage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), async (bytes) => {
        bench = await createBench()
        const credential = () => new Uint8Array(bytes)
        bench.right = { ...bench.right, membership: { ...bench.right.membership, credential } }
        expect(await bothOutcomes(bench)).toEqual(['notOfThisFamily', 'notOfThisFamily'])
      }),
      { numRuns: 20 },
    )
  })

  test('two that both dialled', async () => {
    bench.right = { ...bench.right, role: 'initiator' }
    expect((await bothOutcomes(bench)).every((made) => made === 'wrongProof')).toBe(true)
  })
})

describe('L1: who does not come to an end', () => {
  const hangs = async (begin: () => void): Promise<void> => {
    const beganAt = bench.clock.now()
    expect(await annasOutcome(bench, begin)).toBe('timedOut')
    expect(bench.clock.now() - beganAt).toBe(linkLimits.openTimeoutMs)
  }

  test('silence from the first', () => hangs(() => undefined))

  test('silence after hello', () => hangs(() => say(bench, bertsHello(bench))))

  test('all but the last word', async () => {
    tapBert(bench, (frame, sendOn) => {
      if ((frame[0] ?? 0) < 3) sendOn(frame)
    })
    void openLink(bench.right)
    await hangs(() => undefined)
  })

  test('a wire that breaks midway ends it at once', async () => {
    const beganAt = bench.clock.now()
    const made = await annasOutcome(bench, () => {
      bench.clock.setTimer(() => bench.wires.tear(), 1)
    })
    expect(made).toBe('wireClosed')
    expect(bench.clock.now() - beganAt).toBeLessThan(10)
  })

  test('a wire that was closed before', async () => {
    bench.wires.right.close()
    await bench.clock.advance(10)
    expect(await annasOutcome(bench)).toBe('wireClosed')
  })

  test('a device that cannot sign any more ends it, and says so to the other', async () => {
    const sign = () => Promise.reject(new Error('the key is gone'))
    bench.left = { ...bench.left, device: { ...bench.left.device, sign } }
    expect(await bothOutcomes(bench)).toEqual(['failed', 'failed'])
  })
})

test('L2: being refused is told as such, and the wire is closed', async () => {
  expect(await annasOutcome(bench, () => say(bench, { type: 'refuse', refusal: 'notOfThisFamily' }))).toBe(
    'refused notOfThisFamily',
  )
  let isClosed = false
  bench.wires.left.onClose(() => (isClosed = true))
  expect(isClosed).toBe(true)
  expect(bench.diagnostics.map(({ type }) => type)).toEqual(['handshakeFailed'])
})

test("L2: what a device sends as it opens reaches the other's listener, and nothing before", async () => {
  const came: number[] = []
  const [left, right] = [openLink(bench.left), openLink(bench.right)]
  void left.then((opened) => {
    if (opened.ok) opened.value.send(1, Uint8Array.of(42))
  })
  const there = await bench.clock.advanceUntil(right)
  if (there.ok) there.value.listen(1, (message) => came.push(...message))
  await bench.clock.advance(100)
  expect(came).toEqual([42])
})
