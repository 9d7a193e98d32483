import { equalityDeep } from 'lib0/function'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { beginCameraSizing, stepCameraSizing } from '../../core/call/camera-size.ts'
import type { CallMedia } from '../../core/call/ports.ts'
import type { PictureLimit, ReceiverPlan, SendingPlan } from '../../core/call/sending-plan.ts'
import type { Sending as CallSending } from '../../core/call/words.ts'
import { createValue, type Value } from '../../core/value.ts'
import { fullLinesOf, resizeCamera, shareOfFull } from './camera-size.ts'
import type { CaptureShown } from './capture.ts'
import type { CaptureKind } from './capture-step.ts'
import { lineKinds, type LineKind } from './line-kinds.ts'
import type { Sending } from './media-line.ts'
import type { MediaLines, RemoteTracks } from './media-lines.ts'

/** The media of calls over the Links of a network (C3). */
export interface CallLines extends CallMedia {
  readonly remote: Value<ReadonlyMap<DeviceId, RemoteTracks>>
  /** Those that are open now. */
  readonly lines: ReadonlyMap<DeviceId, MediaLines>
  /** What of this device is to be sent, as far as it is there. */
  readonly sending: Value<CallSending | undefined>
  close(device: DeviceId): void
  dispose(): void
}

export interface CallLinesOptions {
  mediaOf: (device: DeviceId) => MediaLines | undefined
  own: Value<Readonly<Record<CaptureKind, CaptureShown>>>
}

interface OpenLines {
  lines: MediaLines
  limits: Partial<Record<LineKind, Sending>>
  leave: () => void
}

const liveTrack = (shown: CaptureShown): MediaStreamTrack | null =>
  shown.status === 'live' ? shown.track : null

/** What leaves by each line: what the call sends, of what there is. Whoever is muted sends nothing, though their microphone is on. */
const tracksOf = (
  sending: CallSending | undefined,
  own: Readonly<Record<CaptureKind, CaptureShown>>,
): Readonly<Record<LineKind, MediaStreamTrack | null>> => ({
  audio: sending?.audio === 'on' ? liveTrack(own.audio) : null,
  camera: sending?.camera === true ? liveTrack(own.camera) : null,
  screen: sending?.screen === true ? liveTrack(own.screen) : null,
  screenAudio: sending?.screen === true && own.screen.status === 'live' ? (own.screen.sound ?? null) : null,
})

/** @param share what of the picture that the plan was made for there is now (camera-size.ts) */
export const pictureSending = (limit: PictureLimit | 'off', share = 1): Sending =>
  limit === 'off'
    ? { isActive: false }
    : {
        isActive: true,
        maxBitrate: limit.maxBitrateBps,
        scaleResolutionDownBy: Math.max(1, limit.scaleResolutionDownBy * share),
        maxFramerate: limit.maxFramerate,
      }

const limitsOf = (
  { audioBps, camera, screen }: ReceiverPlan,
  cameraShare: number,
): Partial<Record<LineKind, Sending>> => ({
  audio: { isActive: true, maxBitrate: audioBps },
  camera: pictureSending(camera, cameraShare),
  screen: pictureSending(screen),
})

export const createCallLines = ({ mediaOf, own }: CallLinesOptions): CallLines => {
  const open = new Map<DeviceId, OpenLines>()
  const connected = createValue<ReadonlySet<DeviceId>>(new Set())
  const remote = createValue<ReadonlyMap<DeviceId, RemoteTracks>>(new Map())
  const sending = createValue<CallSending | undefined>(undefined)
  let plan: SendingPlan | undefined
  let sizing = beginCameraSizing
  let sized: MediaStreamTrack | undefined

  const show = (): void => {
    const all = [...open].map(([device, { lines }]) => ({ device, lines }))
    const now = new Set(all.filter(({ lines }) => lines.connected.get()).map(({ device }) => device))
    if (!equalityDeep([...now], [...connected.get()])) connected.set(now)
    remote.set(new Map(all.map(({ device, lines }) => [device, lines.remote.get()])))
  }

  const limit = (device: DeviceId, { lines, limits }: OpenLines): void => {
    const planned = plan?.to.get(device)
    if (planned === undefined) return
    const camera = liveTrack(own.get().camera)
    const wished = limitsOf(planned, camera === null ? 1 : shareOfFull(camera))
    for (const kind of lineKinds) {
      const wish = wished[kind]
      if (wish === undefined || equalityDeep(wish, limits[kind])) continue
      limits[kind] = wish
      void lines.setSending(kind, wish)
    }
  }

  const limitAll = (): void => {
    for (const [device, each] of open) limit(device, each)
  }

  /** The camera gives no more than somebody is sent; how much that is then of its picture is another share. */
  const fitCamera = (): void => {
    const camera = liveTrack(own.get().camera)
    if (plan === undefined || camera === null) return
    if (camera !== sized) sizing = beginCameraSizing // every camera begins with all it has
    sized = camera
    const before = sizing.size
    sizing = stepCameraSizing(sizing, plan, fullLinesOf(camera))
    if (sizing.size !== before) void resizeCamera(camera, sizing.size).then(limitAll)
  }

  const send = ({ lines }: OpenLines): void => {
    const tracks = tracksOf(sending.get(), own.get())
    for (const kind of lineKinds) void lines.send(kind, tracks[kind])
  }
  const sendAll = (): void => {
    for (const each of open.values()) send(each)
  }
  const stopFollowing = own.subscribe(sendAll)

  const close = (device: DeviceId): void => {
    const closing = open.get(device)
    if (closing === undefined) return
    open.delete(device)
    closing.leave()
    void closing.lines.release()
    show()
  }

  return {
    connected,
    remote,
    sending,
    get lines() {
      return new Map([...open].map(([device, { lines }]) => [device, lines]))
    },
    prepare: (device) => mediaOf(device)?.prepare(),
    open(device) {
      close(device)
      const lines = mediaOf(device)
      if (lines === undefined) return // its Link is gone again, of which calls hear by themselves
      const off = [lines.connected.subscribe(show), lines.remote.subscribe(show)]
      const opened: OpenLines = {
        lines,
        limits: {},
        leave() {
          for (const stop of off) stop()
        },
      }
      open.set(device, opened)
      lines.prepare()
      limit(device, opened)
      send(opened)
      show()
    },
    close,
    setSending(now) {
      if (now === undefined) plan = undefined
      sending.set(now)
      sendAll()
    },
    setPlan(now) {
      plan = now
      limitAll()
      fitCamera()
    },
    dispose() {
      stopFollowing()
      for (const device of [...open.keys()]) close(device)
    },
  }
}
