import { expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { ok } from '../../../shared/result.ts'
import type { Link } from '../../core/ports.ts'
import type { Sending as CallSending } from '../../core/call/words.ts'
import { createValue } from '../../core/value.ts'
import { createCallLines } from './call-media.ts'
import type { CaptureShown } from './capture.ts'
import type { CaptureKind } from './capture-step.ts'
import type { LineKind } from './line-kinds.ts'
import type { Sending } from './media-line.ts'
import type { MediaLines, RemoteTracks } from './media-lines.ts'

const phone = 'phone' as DeviceId
const link = {} as Link
const off = { status: 'off' } as const
const allOff: Readonly<Record<CaptureKind, CaptureShown>> = { audio: off, camera: off, screen: off }
const trackOf = (id: string): MediaStreamTrack => {
  let size = { width: 1_280, height: 720, frameRate: 30 }
  const track: Partial<MediaStreamTrack> = {
    id,
    getSettings: () => size,
    applyConstraints(wished = {}) {
      const { width, height } = wished as Record<'width' | 'height', { ideal: number }>
      size = { ...size, width: width.ideal, height: height.ideal }
      return Promise.resolve()
    },
  }
  return track as MediaStreamTrack
}
const [voice, face, desk, music] = ['voice', 'face', 'desk', 'music'].map(trackOf) as [
  MediaStreamTrack,
  MediaStreamTrack,
  MediaStreamTrack,
  MediaStreamTrack,
]
const speaking: CallSending = { audio: 'on', camera: false, screen: false, hand: false }

const createFakeLines = () => {
  const sent = new Map<LineKind, MediaStreamTrack | null>()
  const limits: [LineKind, Sending][] = []
  const connected = createValue(false)
  const remote = createValue<RemoteTracks>({})
  const lines: MediaLines = {
    ready: createValue(true),
    connected,
    remote,
    prepare: () => undefined,
    send(kind, track) {
      sent.set(kind, track)
      return Promise.resolve(ok(undefined))
    },
    setSending(kind, sending) {
      limits.push([kind, sending])
      return Promise.resolve(ok(undefined))
    },
    level: () => undefined,
    stats: () => Promise.resolve(undefined),
    release() {
      sent.clear()
      return Promise.resolve()
    },
    close: () => undefined,
  }
  const leaving = () => Object.fromEntries([...sent].filter(([, track]) => track !== null))
  return { lines, connected, remote, limits, leaving }
}

const begin = () => {
  const own = createValue(allOff)
  const fake = createFakeLines()
  const media = createCallLines({ mediaOf: (device) => (device === phone ? fake.lines : undefined), own })
  return { own, media, ...fake }
}

test('C3: what leaves is what the call sends, as far as it is there', () => {
  const { own, media, leaving } = begin()
  media.open(phone, link)
  media.setSending({ ...speaking, camera: true })
  expect(leaving()).toEqual({})
  own.set({ ...allOff, audio: { status: 'live', track: voice }, camera: { status: 'live', track: face } })
  expect(leaving()).toEqual({ audio: voice, camera: face })
  media.setSending({ ...speaking, audio: 'muted' })
  expect(leaving()).toEqual({})
  own.set({ ...own.get(), screen: { status: 'live', track: desk, sound: music } })
  media.setSending({ ...speaking, screen: true })
  expect(leaving()).toEqual({ audio: voice, screen: desk, screenAudio: music })
  media.close(phone)
  expect(leaving()).toEqual({})
})

test('C3: a device counts as connected while its lines are, and not after they are closed', () => {
  const { media, connected, remote } = begin()
  media.open(phone, link)
  expect([...media.connected.get()]).toEqual([])
  connected.set(true)
  remote.set({ audio: voice })
  expect([...media.connected.get()]).toEqual([phone])
  expect(media.remote.get().get(phone)).toEqual({ audio: voice })
  connected.set(false)
  expect([...media.connected.get()]).toEqual([])
  connected.set(true)
  media.close(phone)
  expect([...media.connected.get(), ...media.remote.get()]).toEqual([])
})

test('C4: limits are set when they change, and only then; also for who comes later', () => {
  const { media, limits } = begin()
  const camera = { maxBitrateBps: 600_000, scaleResolutionDownBy: 2, maxFramerate: 30 }
  const plan = {
    to: new Map([[phone, { audioBps: 32_000, camera, screen: 'off' as const }]]),
    uplinkBps: 1,
    care: new Map(),
  }
  media.setPlan(plan)
  expect(limits).toEqual([])
  media.open(phone, link)
  const all = [
    ['audio', { isActive: true, maxBitrate: 32_000 }],
    ['camera', { isActive: true, maxBitrate: 600_000, scaleResolutionDownBy: 2, maxFramerate: 30 }],
    ['screen', { isActive: false }],
  ]
  expect(limits).toEqual(all)
  media.setPlan({ ...plan, uplinkBps: 2 })
  expect(limits).toEqual(all)
})

test('C4: the camera gives half where everybody shows it small, and what is left of the scaling is done after', async () => {
  const { own, media, limits } = begin()
  const camera = trackOf('camera')
  const planWith = (scaleResolutionDownBy: number) => ({
    to: new Map([
      [
        phone,
        {
          audioBps: 32_000,
          camera: { maxBitrateBps: 600_000, scaleResolutionDownBy, maxFramerate: 16 },
          screen: 'off' as const,
        },
      ],
    ]),
    uplinkBps: 1,
    care: new Map(),
  })
  const scale = () => limits.findLast(([kind]) => kind === 'camera')?.[1].scaleResolutionDownBy
  own.set({ ...allOff, camera: { status: 'live', track: camera } })
  media.open(phone, link)
  for (let times = 0; times < 4; times++) media.setPlan(planWith(4))
  expect(camera.getSettings()).toMatchObject({ width: 640, height: 360 })
  await expect.poll(scale).toBe(2)
  media.setPlan(planWith(1))
  expect(scale()).toBe(1)
  expect(camera.getSettings()).toMatchObject({ width: 1_280, height: 720 })
})
