import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMediaLine, type Sending } from './media-line.ts'

const trackOf = (name: string) => ({ name }) as unknown as MediaStreamTrack
const settle = () => new Promise((resolve) => setImmediate(resolve))

/** A sender that does each thing when the test says so, and takes only the parameters it gave last. */
const createFakeSender = () => {
  let pending: { done(): void; fail(): void } | undefined
  let given: object | undefined
  let track: MediaStreamTrack | null = null
  let encodings: RTCRtpEncodingParameters[] = []
  const later = (apply: () => void): Promise<void> => {
    expect(pending).toBeUndefined()
    return new Promise((resolve, reject) => {
      pending = {
        done() {
          apply()
          resolve()
        },
        fail: () => reject(new Error('no')),
      }
    })
  }
  const sender = {
    replaceTrack: (next: MediaStreamTrack | null) => later(() => (track = next)),
    getParameters() {
      given = { encodings: encodings.map((each) => ({ ...each })) }
      return given
    },
    setParameters(next: { encodings: RTCRtpEncodingParameters[] }) {
      expect(next).toBe(given)
      return later(() => (encodings = next.encodings))
    },
  }
  const answer = async (how: 'done' | 'fail'): Promise<boolean> => {
    const was = pending
    pending = undefined
    was?.[how]()
    await settle()
    return was !== undefined
  }
  return {
    transceiver: { sender, receiver: {} } as unknown as RTCRtpTransceiver,
    track: () => track,
    encodings: () => encodings,
    answer,
    async finish() {
      while (await answer('done'));
    },
  }
}

const createBench = (kind: 'audio' | 'camera' = 'camera') => {
  const fake = createFakeSender()
  let changes = 0
  const line = createMediaLine({ kind, onTrack: () => (changes += 1) })
  return { ...fake, line, changes: () => changes, attach: () => line.attach(fake.transceiver) }
}

test('C3: what was wished before there was a line is kept for it, its bounds first', async () => {
  const bench = createBench()
  const track = trackOf('a')
  const sent = bench.line.send(track)
  const bounded = bench.line.setSending({ isActive: true, maxBitrate: 500_000, maxFramerate: 15 })
  bench.attach()
  await settle()
  await bench.answer('done')
  expect(bench.encodings()).toEqual([{ active: true, maxBitrate: 500_000, maxFramerate: 15 }])
  expect(bench.track()).toBeNull()
  await bench.finish()
  expect(await Promise.all([sent, bounded])).toEqual([
    { ok: true, value: undefined },
    { ok: true, value: undefined },
  ])
  expect(bench.track()).toBe(track)
  expect(bench.changes()).toBe(1)
})

test('C4: a bound that is no longer wished is gone, and audio goes first', async () => {
  const bench = createBench()
  bench.attach()
  void bench.line.setSending({ isActive: true, maxBitrate: 1, scaleResolutionDownBy: 4, maxFramerate: 5 })
  await settle()
  await bench.finish()
  void bench.line.setSending({ isActive: false })
  await settle()
  await bench.finish()
  expect(bench.encodings()).toEqual([{ active: false }])

  const audio = createBench('audio')
  audio.attach()
  void audio.line.setSending({ isActive: true, maxBitrate: 32_000, maxFramerate: 5 })
  await settle()
  await audio.finish()
  expect(audio.encodings()).toEqual([{ active: true, maxBitrate: 32_000, priority: 'high' }])
})

test('what the browser refuses is a value, and the line goes on as it was', async () => {
  const bench = createBench()
  bench.attach()
  const first = trackOf('first')
  void bench.line.send(first)
  await settle()
  await bench.finish()
  const refused = bench.line.send(trackOf('second'))
  await settle()
  await bench.answer('fail')
  expect(await refused).toEqual({ ok: false, problem: { type: 'lineRefused', detail: 'no' } })
  expect(bench.line.track).toBe(first)
  const emptied = bench.line.send(null)
  await settle()
  await bench.finish()
  expect((await emptied).ok).toBe(true)
  expect(bench.track()).toBeNull()
})

test('letting go of a line that never was waits for nothing', async () => {
  const bench = createBench()
  void bench.line.send(trackOf('a'))
  expect((await bench.line.send(null)).ok).toBe(true)
  bench.line.close()
  expect(await bench.line.send(null)).toEqual({ ok: false, problem: { type: 'lineClosed' } })
})

test('with the Link every wish is answered', async () => {
  const bench = createBench()
  const [sent, bounded] = [bench.line.send(trackOf('a')), bench.line.setSending({ isActive: true })]
  bench.line.close()
  const closed = { ok: false, problem: { type: 'lineClosed' } }
  expect(await Promise.all([sent, bounded])).toEqual([closed, closed])
})

test('whatever is wished, whenever the browser is done, it ends at the latest wish', async () => {
  const tracks = [trackOf('a'), trackOf('b'), null]
  const sendings: Sending[] = [
    { isActive: true },
    { isActive: false, maxBitrate: 1 },
    { isActive: true, maxBitrate: 2 },
  ]
  const anyAct = fc.oneof(
    fc.nat({ max: 2 }).map((at) => ({ type: 'send' as const, at })),
    fc.nat({ max: 2 }).map((at) => ({ type: 'bound' as const, at })),
    fc.constant({ type: 'done' as const }),
    fc.constant({ type: 'attach' as const }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { maxLength: 25 }), async (acts) => {
      const bench = createBench()
      let track: MediaStreamTrack | null = null
      let sending: Sending | undefined
      const answers: Promise<unknown>[] = []
      for (const act of acts) {
        if (act.type === 'send') answers.push(bench.line.send((track = tracks[act.at] ?? null)))
        else if (act.type === 'bound') answers.push(bench.line.setSending((sending = sendings[act.at]!)))
        else if (act.type === 'attach') bench.attach()
        else await bench.answer('done')
        await settle()
      }
      bench.attach()
      await settle()
      await bench.finish()
      await Promise.all(answers)
      expect(bench.track()).toBe(track)
      if (sending !== undefined)
        expect(bench.encodings()).toEqual([
          { active: sending.isActive, ...(sending.maxBitrate && { maxBitrate: sending.maxBitrate }) },
        ])
    }),
    { numRuns: 150 },
  )
})
