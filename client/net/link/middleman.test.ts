import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { annasOutcome, bertsHello, bothOutcomes, say, tapBert } from './testing/handshake-outcome.ts'
import { createBench, leftFingerprint, rightFingerprint, type Bench } from './testing/open-pair.ts'

type Bytes = Uint8Array<ArrayBuffer>

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})

describe('L2: somebody in the middle', () => {
  const changed = leftFingerprint.replace('AA', 'AB')

  test('whose certificate Anna sees', async () => {
    bench.left.fingerprints = { local: leftFingerprint, remote: changed }
    expect(await bothOutcomes(bench)).toEqual(['wrongProof', 'wrongProof'])
  })

  test('whose certificate Bert sees', async () => {
    bench.right.fingerprints = { local: rightFingerprint, remote: changed }
    expect(await bothOutcomes(bench)).toEqual(['wrongProof', 'wrongProof'])
  })

  test('whose certificates both see', async () => {
    bench.left.fingerprints = { local: leftFingerprint, remote: changed }
    bench.right.fingerprints = { local: rightFingerprint, remote: changed }
    expect(await bothOutcomes(bench)).toEqual(['wrongProof', 'wrongProof'])
  })

  test('who swaps the fingerprints', async () => {
    bench.right.fingerprints = { local: leftFingerprint, remote: rightFingerprint }
    expect(await bothOutcomes(bench)).toEqual(['wrongProof', 'wrongProof'])
  })

  test('a fingerprint that is none', async () => {
    bench.left.fingerprints = { local: leftFingerprint, remote: 'sha-1 00:11' }
    expect(await annasOutcome(bench)).toBe('badFingerprint')
  })

  test('who sends everything back to its maker', async () => {
    bench.wires.right.onFrame((frame) => {
      bench.wires.right.send(frame)
    })
    expect(await annasOutcome(bench)).toBe('ownKeyReflected')
  })

  test('who sends our own proof back under the name of the other', async () => {
    bench.wires.right.onFrame((frame) => {
      if (frame[0] === 1) say(bench, bertsHello(bench))
      else bench.wires.right.send(frame)
    })
    expect(await annasOutcome(bench)).toBe('wrongProof')
  })

  test('who plays back what Bert said another time', async () => {
    const said: Bytes[] = []
    tapBert(bench, (frame, sendOn) => {
      said.push(frame)
      sendOn(frame)
    })
    expect(await bothOutcomes(bench)).toEqual(['open', 'open'])

    const { random } = bench.left
    bench = await createBench()
    bench.left.random = random // a device's nonces go on where they were
    const made = await annasOutcome(bench, () => {
      for (const frame of said.slice(0, 2)) bench.wires.right.send(frame)
    })
    expect(made).toBe('wrongProof')
  })

  test('who changes any bit of what is said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 1 }), fc.nat(), fc.nat({ max: 7 }), async (which, at, bit) => {
        bench = await createBench()
        let count = 0
        tapBert(bench, (frame, sendOn) => {
          const copy = frame.slice()
          if (count++ === which) copy[at % copy.length]! ^= 1 << bit
          sendOn(copy)
        })
        expect((await bothOutcomes(bench))[0]).not.toBe('open')
      }),
      { numRuns: 30 },
    )
  })
})
