import { expect, test } from 'vitest'
import { createCapture, type CaptureDevices } from './capture.ts'

class FakeTrack extends EventTarget {
  isStopped = false
  contentHint = ''
  readyState: MediaStreamTrackState = 'live'
  readonly kind: string
  constructor(kind: string) {
    super()
    this.kind = kind
  }
  stop(): void {
    this.isStopped = true
    this.readyState = 'ended'
  }
  unplug(): void {
    this.readyState = 'ended'
    this.dispatchEvent(new Event('ended'))
  }
  unplugUntold(): void {
    this.readyState = 'ended'
  }
}

/** A browser's devices which answer when the test says so. */
const createFakeDevices = () => {
  const target = new EventTarget()
  const tracks: FakeTrack[] = []
  const questions: MediaStreamConstraints[] = []
  let answer: { grant(): void; refuse(name: string): void } | undefined
  const ask = (constraints: MediaStreamConstraints): Promise<MediaStream> => {
    questions.push(constraints)
    return new Promise((resolve, reject) => {
      answer = {
        grant() {
          const audio = constraints.audio ? [new FakeTrack('audio')] : []
          const video = constraints.video ? [new FakeTrack('video')] : []
          tracks.push(...audio, ...video)
          resolve({ getAudioTracks: () => audio, getVideoTracks: () => video } as never)
        },
        refuse: (name) => reject(new DOMException('no', name)),
      }
    })
  }
  const devices: CaptureDevices = {
    getUserMedia: (constraints = {}) => ask(constraints),
    getDisplayMedia: (constraints = {}) => ask(constraints),
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    devices,
    tracks,
    questions,
    live: () => tracks.filter(({ isStopped }) => !isStopped),
    async grant() {
      answer?.grant()
      await settle()
    },
    async refuse(name: string) {
      answer?.refuse(name)
      await settle()
    },
    async change() {
      target.dispatchEvent(new Event('devicechange'))
      await settle()
    },
  }
}

const createMemory = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    read: (kind: string) => kept.get(kind),
    write: (kind: string, deviceId: string) => void kept.set(kind, deviceId),
  }
}

const createBench = () => {
  const fake = createFakeDevices()
  const memory = createMemory()
  const capture = createCapture({ devices: fake.devices, memory })
  const statuses = () => {
    const { audio, camera, screen } = capture.shown.get()
    return [audio.status, camera.status, screen.status].join()
  }
  return { ...fake, memory, capture, statuses }
}

test('speech is cleaned as a rule, and not where that is wished', async () => {
  const bench = createBench()
  bench.capture.wish({ audio: {}, camera: {} })
  expect(bench.statuses()).toBe('asking,asking,off')
  expect(bench.questions[0]?.audio).toEqual({
    echoCancellation: true,
    autoGainControl: true,
    noiseSuppression: true,
  })
  await bench.grant()
  expect(bench.statuses()).toBe('live,live,off')
  bench.capture.wish({ audio: { isUnfiltered: true } })
  expect(bench.questions[1]).toMatchObject({
    audio: { noiseSuppression: false, echoCancellation: true },
    video: false,
  })
  await bench.grant()
  expect(bench.live()).toHaveLength(2)
})

test('the browser is told what matters of a picture', async () => {
  const bench = createBench()
  bench.capture.wish({ camera: {} })
  await bench.grant()
  bench.capture.wish({ screen: 'on' })
  await bench.grant()
  const { camera, screen } = bench.capture.shown.get()
  expect(camera.status === 'live' && camera.track.contentHint).toBe('motion')
  expect(screen.status === 'live' && screen.track.contentHint).toBe('detail')
  expect(screen.status === 'live' && screen.sound?.kind).toBe('audio')
  bench.capture.wish({ screen: 'off' })
  expect(bench.live()).toHaveLength(1)
})

test('a chosen device is remembered, and wished for rather than required', async () => {
  const bench = createBench()
  bench.capture.wish({ audio: { deviceId: 'headset' } })
  await bench.grant()
  bench.capture.wish({ audio: 'off' })
  bench.capture.wish({ audio: {} })
  expect(bench.questions[1]?.audio).toMatchObject({ deviceId: { ideal: 'headset' } })
  expect(bench.memory.kept).toEqual(new Map([['audio', 'headset']]))
  bench.memory.kept.set('camera', 'front')
  await bench.grant()
  bench.capture.wish({ camera: { facing: 'environment' } })
  expect(bench.questions[2]?.video).toMatchObject({ facingMode: { ideal: 'environment' } })
  expect(bench.questions[2]?.video).not.toHaveProperty('deviceId')
})

test('an unplugged microphone is followed by the next', async () => {
  const bench = createBench()
  bench.capture.wish({ audio: {} })
  await bench.grant()
  bench.tracks[0]!.unplug()
  expect(bench.statuses()).toBe('asking,off,off')
  await bench.refuse('NotFoundError')
  expect(bench.capture.shown.get().audio).toEqual({ status: 'failed', problem: { type: 'missing' } })
  await bench.change()
  await bench.grant()
  expect(bench.statuses()).toBe('live,off,off')
  expect(bench.live()).toHaveLength(1)
})

test('ux 27: a microphone whose end nobody tells is missed as soon as the devices have changed', async () => {
  const bench = createBench()
  bench.capture.wish({ audio: {} })
  await bench.grant()
  bench.tracks[0]!.unplugUntold()
  await bench.change()
  await bench.grant()
  expect(bench.statuses()).toBe('live,off,off')
  expect(bench.live()).toEqual([bench.tracks[1]])
})

test('what is granted after the end is stopped at once', async () => {
  const bench = createBench()
  bench.capture.wish({ camera: {} })
  bench.capture.dispose()
  await bench.grant()
  expect(bench.tracks).toHaveLength(1)
  expect(bench.live()).toEqual([])
  expect(bench.statuses()).toBe('off,off,off')
})

test.for([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'inUse'],
  ['AbortError', 'aborted'],
  ['SomethingNew', 'aborted'],
] as const)('%s is told as %s', async ([name, type]) => {
  const bench = createBench()
  bench.capture.wish({ camera: {} })
  await bench.refuse(name)
  expect(bench.capture.shown.get().camera).toEqual({ status: 'failed', problem: { type } })
})

test('a page that is not secure has no devices', async () => {
  const capture = createCapture({ devices: undefined, memory: createMemory() })
  capture.wish({ audio: {}, camera: {} })
  await new Promise((resolve) => setImmediate(resolve))
  const failed = { status: 'failed', problem: { type: 'insecure' } }
  expect(capture.shown.get()).toEqual({ audio: failed, camera: failed, screen: { status: 'off' } })
})
