import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { linkLimits } from '../../../shared/limits.ts'
import { encodeFrame } from './frames.ts'
import { encodeHandshakeMessage, type HandshakeMessage } from './handshake-messages.ts'
import { openLink } from './open-link.ts'
import { createBench, deviceOf, leftFingerprint, rightFingerprint, type Bench } from './testing/open-pair.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Anna waits at the left; at the right sits whoever the test wants. */
let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})

const say = (message: HandshakeMessage): void => {
  bench.wires.right.send(encodeHandshakeMessage(message))
}
/** What Anna made of it: `open`, or why not. */
const annas = async (begin: () => void = () => undefined): Promise<string> => {
  const opening = openLink(bench.left)
  begin()
  const opened = await bench.clock.advanceUntil(opening)
  return opened.ok
    ? 'open'
    : opened.problem.type === 'refused'
      ? `refused ${opened.problem.why}`
      : whyOf(opened.problem)
}
const whyOf = (reason: object): string => ('why' in reason ? String(reason.why) : JSON.stringify(reason))
/** What both made of it. */
const both = async (): Promise<string[]> => {
  const opened = await bench.clock.advanceUntil(Promise.all([openLink(bench.left), openLink(bench.right)]))
  return opened.map((each) => (each.ok ? 'open' : whyOf(each.problem)))
}
const nonce: Bytes = new Uint8Array(32).fill(9)
const helloOf = (publicKey: Bytes): HandshakeMessage => ({ type: 'hello', publicKey, nonce })
const bertsHello = () => helloOf(bench.right.device.publicKey)
const emptyProof: HandshakeMessage = {
  type: 'proof',
  signature: new Uint8Array(64),
  membership: new Uint8Array(32),
}

describe('L2: what comes instead of a handshake', () => {
  test('random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        bench = await createBench()
        const made = await annas(() => bench.wires.right.send(new Uint8Array(bytes)))
        expect(made).not.toBe('open')
        await bench.clock.advance(100)
        expect(bench.clock.pendingTimers).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  test('an empty frame', async () => {
    expect(await annas(() => bench.wires.right.send(new Uint8Array(0)))).toBe('illFormed')
  })

  test('a message over the limit of a handshake', async () => {
    const bytes = new Uint8Array(linkLimits.maxHandshakeBytes + 1)
    bytes.set(encodeHandshakeMessage(bertsHello()))
    expect(await annas(() => bench.wires.right.send(bytes))).toBe('illFormed')
  })

  test('a frame of 16 MiB', async () => {
    expect(await annas(() => bench.wires.right.send(new Uint8Array(16 * 1024 * 1024).fill(1)))).toBe(
      'illFormed',
    )
  })

  test("a Link's frame before hello", async () => {
    const { frame } = encodeFrame(1, new Uint8Array(100), 0)
    expect(await annas(() => bench.wires.right.send(frame))).toBe('illFormed')
  })

  test('a proof before hello', async () => {
    expect(await annas(() => say(emptyProof))).toBe('outOfTurn')
  })

  test('an acceptance before hello', async () => {
    expect(await annas(() => say({ type: 'accept' }))).toBe('outOfTurn')
  })

  test('hello, and then hello again', async () => {
    const made = await annas(() => {
      say(bertsHello())
      say(bertsHello())
    })
    expect(made).toBe('outOfTurn')
  })

  test('an acceptance instead of a proof', async () => {
    const made = await annas(() => {
      say(bertsHello())
      say({ type: 'accept' })
    })
    expect(made).toBe('outOfTurn')
  })

  test('thousands of messages while we compute', async () => {
    const made = await annas(() => {
      say(bertsHello())
      for (let i = 0; i < 5_000; i++) say(emptyProof)
    })
    expect(['outOfTurn', 'wrongProof']).toContain(made)
  })

  test('another version, with a clear word', async () => {
    const bytes = encodeHandshakeMessage(bertsHello())
    bytes[1] = 9
    expect(await annas(() => bench.wires.right.send(bytes))).toBe('wrongVersion: theirs is 9')
  })
})

describe('L2: somebody else', () => {
  test('a device that is not the expected one', async () => {
    bench.right = { ...bench.right, device: await deviceOf(3) }
    expect(await both()).toEqual(['unexpectedDevice', 'unexpectedDevice'])
  })

  test('the expected device, but it expects another', async () => {
    bench.right = { ...bench.right, expected: (await deviceOf(3)).id }
    expect(await both()).toEqual(['unexpectedDevice', 'unexpectedDevice'])
  })

  test('who says the right key and cannot sign', async () => {
    const stranger = await deviceOf(3)
    const { publicKey, id } = bench.right.device
    bench.right = { ...bench.right, device: { ...stranger, publicKey, id } }
    expect((await both())[0]).toBe('wrongProof')
  })

  test('keys for which anybody can sign', async () => {
    const orderOne = new Uint8Array(32)
    orderOne[0] = 1
    const beyondField = new Uint8Array(32).fill(0xff)
    for (const key of [new Uint8Array(32), orderOne, beyondField]) {
      bench = await createBench()
      expect(await annas(() => say(helloOf(key)))).toBe('badKey')
    }
  })

  test('a family of other blood', async () => {
    bench.right = { ...bench.right, linkKey: new Uint8Array(32).fill(8) }
    expect(await both()).toEqual(['notOfThisFamily', 'notOfThisFamily'])
  })

  test('two that both dialled', async () => {
    bench.right = { ...bench.right, role: 'initiator' }
    expect((await both()).every((made) => made === 'wrongProof')).toBe(true)
  })
})

describe('L2: somebody in the middle', () => {
  const changed = leftFingerprint.replace('AA', 'AB')

  test('whose certificate Anna sees', async () => {
    bench.left.fingerprints = { local: leftFingerprint, remote: changed }
    expect(await both()).toEqual(['wrongProof', 'wrongProof'])
  })

  test('whose certificate Bert sees', async () => {
    bench.right.fingerprints = { local: rightFingerprint, remote: changed }
    expect(await both()).toEqual(['wrongProof', 'wrongProof'])
  })

  test('whose certificates both see', async () => {
    bench.left.fingerprints = { local: leftFingerprint, remote: changed }
    bench.right.fingerprints = { local: rightFingerprint, remote: changed }
    expect(await both()).toEqual(['wrongProof', 'wrongProof'])
  })

  test('who swaps the fingerprints', async () => {
    bench.right.fingerprints = { local: leftFingerprint, remote: rightFingerprint }
    expect(await both()).toEqual(['wrongProof', 'wrongProof'])
  })

  test('a fingerprint that is none', async () => {
    bench.left.fingerprints = { local: leftFingerprint, remote: 'sha-1 00:11' }
    expect(await annas()).toBe('badFingerprint')
  })

  test('who sends everything back to its maker', async () => {
    bench.wires.right.onFrame((frame) => {
      bench.wires.right.send(frame)
    })
    expect(await annas()).toBe('ownKeyReflected')
  })

  test('who sends our own proof back under the name of the other', async () => {
    bench.wires.right.onFrame((frame) => {
      if (frame[0] === 1) say(bertsHello())
      else bench.wires.right.send(frame)
    })
    expect(await annas()).toBe('wrongProof')
  })

  test('who plays back what Bert said another time', async () => {
    const said: Bytes[] = []
    const { send } = bench.wires.right
    bench.right.wire = {
      ...bench.wires.right,
      bufferedBytes: 0,
      send(frame) {
        said.push(frame)
        send(frame)
      },
    }
    expect(await both()).toEqual(['open', 'open'])

    const { random } = bench.left
    bench = await createBench()
    bench.left.random = random // a device's nonces go on where they were
    const made = await annas(() => {
      for (const frame of said.slice(0, 2)) bench.wires.right.send(frame)
    })
    expect(made).toBe('wrongProof')
  })

  test('who changes any bit of what is said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 1 }), fc.nat(), fc.nat({ max: 7 }), async (which, at, bit) => {
        bench = await createBench()
        let count = 0
        const { send } = bench.wires.right
        bench.right.wire = {
          ...bench.wires.right,
          bufferedBytes: 0,
          send(frame) {
            const copy = frame.slice()
            if (count++ === which) copy[at % copy.length]! ^= 1 << bit
            send(copy)
          },
        }
        expect((await both())[0]).not.toBe('open')
      }),
      { numRuns: 30 },
    )
  })
})

describe('L1: who does not come to an end', () => {
  const hangs = async (begin: () => void): Promise<void> => {
    const beganAt = bench.clock.now()
    expect(await annas(begin)).toBe('timedOut')
    expect(bench.clock.now() - beganAt).toBe(linkLimits.openTimeoutMs)
  }

  test('silence from the first', () => hangs(() => undefined))

  test('silence after hello', () => hangs(() => say(bertsHello())))

  test('all but the last word', async () => {
    const { send } = bench.wires.right
    bench.right.wire = {
      ...bench.wires.right,
      bufferedBytes: 0,
      send(frame) {
        if ((frame[0] ?? 0) < 3) send(frame)
      },
    }
    void openLink(bench.right)
    await hangs(() => undefined)
  })

  test('a wire that breaks midway ends it at once', async () => {
    const beganAt = bench.clock.now()
    const made = await annas(() => {
      bench.clock.setTimer(() => bench.wires.tear(), 1)
    })
    expect(made).toBe('wireClosed')
    expect(bench.clock.now() - beganAt).toBeLessThan(10)
  })

  test('a wire that was closed before', async () => {
    bench.wires.right.close()
    await bench.clock.advance(10)
    expect(await annas()).toBe('wireClosed')
  })

  test('a device that cannot sign any more ends it, and says so to the other', async () => {
    const sign = () => Promise.reject(new Error('the key is gone'))
    bench.left = { ...bench.left, device: { ...bench.left.device, sign } }
    expect(await both()).toEqual(['failed', 'failed'])
  })
})

test('L2: being refused is told as such, and the wire is closed', async () => {
  expect(await annas(() => say({ type: 'refuse', refusal: 'notOfThisFamily' }))).toBe(
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
