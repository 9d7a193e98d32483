import type { Calls } from './core/call/create-calls.ts'
import type { AskedPerson, EndReason, IncomingRing } from './core/call/call-state.ts'
import type { CallParticipant, CallView, RunningCall } from './core/call/call-view.ts'
import type { CallId, CallName, Sending } from './core/call/words.ts'
import type { Person } from './core/hearth.ts'
import type { LogId } from './core/ports.ts'
import { fakeDeviceId } from './core/testing/fake-family.ts'
import { createValue } from './core/value.ts'
import type {
  CallDesk,
  CallStage,
  LineQuality,
  MediaChoices,
  MediaDeviceLists,
  OwnMedia,
  RemoteMedia,
} from './features/call-stage.ts'
import type { DeviceId } from '../shared/identifiers.ts'

/** A desk of calls for the gallery: nobody is called, and the pictures are drawn here. */

const paint = (context: CanvasRenderingContext2D, hue: number, turn: number) => {
  const { width, height } = context.canvas
  const wall = context.createLinearGradient(0, 0, width, height)
  wall.addColorStop(0, `hsl(${hue} 32% 62%)`)
  wall.addColorStop(1, `hsl(${hue + 40} 30% 34%)`)
  context.fillStyle = wall
  context.fillRect(0, 0, width, height)
  const sway = Math.sin(turn / 9) * width * 0.012
  context.fillStyle = `hsl(${hue + 180} 24% 30%)`
  context.beginPath()
  context.ellipse(width / 2 + sway, height * 1.08, width * 0.24, height * 0.44, 0, 0, 7)
  context.fill()
  context.fillStyle = `hsl(${(hue % 30) + 18} 42% ${58 + (hue % 17)}%)`
  context.beginPath()
  context.ellipse(width / 2 + sway * 2, height * 0.46, height * 0.17, height * 0.22, 0, 0, 7)
  context.fill()
}

const write = (context: CanvasRenderingContext2D, turn: number) => {
  const { width, height } = context.canvas
  context.fillStyle = '#fdfdfb'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#2a4d7a'
  context.fillRect(0, 0, width, 64)
  context.fillStyle = '#333'
  context.font = '34px system-ui'
  for (const [index, line] of [
    'Summer at the lake',
    '12 July: arrival, boat house',
    '13 July: potato salad',
  ].entries())
    context.fillText(line, 60, 150 + index * 70)
  context.fillRect(60, 320 + (turn % 10 < 5 ? 0 : 2), 22, 34)
}

/** A track of something that moves; `hue` undefined: a screen. */
const fakePicture = (hue: number | undefined, [width, height]: readonly [number, number] = [640, 360]) => {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  let turn = 0
  const draw = () => {
    if (!context) return
    if (hue === undefined) write(context, turn++)
    else paint(context, hue, turn++)
  }
  draw()
  setInterval(draw, 100)
  return canvas.captureStream(10).getVideoTracks()[0]
}

export interface FakeMember {
  person: Person
  /** Of the wall behind them; without one the camera is off. */
  hue?: number
  sending?: Partial<Sending>
  connection?: CallParticipant['connection']
  isTalking?: boolean
  quality?: LineQuality
  size?: readonly [number, number]
}

export interface FakeCall {
  room: LogId
  by: Person
  status?: 'idle' | 'ringingIn' | 'ringingOut' | 'joining' | 'inCall' | 'reconnecting' | 'ended'
  members?: readonly FakeMember[]
  called?: readonly AskedPerson[]
  rings?: readonly Omit<IncomingRing, 'call' | 'sinceMs'>[]
  running?: Partial<RunningCall>
  sending?: Partial<Sending>
  ended?: { reason: EndReason; text?: string }
  /** Why there is no microphone or no camera. */
  problem?: Partial<Record<'audio' | 'camera', Extract<OwnMedia, { status: 'failed' }>['problem']>>
  speaksMuted?: boolean
  hasCamera?: boolean
}

const silent: Sending = { audio: 'on', camera: false, screen: false, hand: false }
const good: LineQuality = { word: 'good', isRelayed: false, rttMs: 24, lossPerMille: 1 }
const deviceOf = ({ name }: Person): DeviceId => fakeDeviceId(`device of ${name.length} ${name}`)
const lists: MediaDeviceLists = {
  microphones: [
    { id: 'inside', label: 'Built-in microphone' },
    { id: 'headset', label: 'Headset' },
  ],
  cameras: [
    { id: 'front', label: 'Front camera' },
    { id: 'back', label: 'Camera at the back' },
  ],
  speakers: [
    { id: 'loud', label: 'Built-in speaker' },
    { id: 'headset-out', label: 'Headset' },
  ],
}

const viewOf = (wanted: FakeCall): CallView => {
  const { room, by, status = 'inCall', members = [], called = [] } = wanted
  const call: CallName = {
    id: 'AAAAAAAAAAAAAAAAAAAAAA' as CallId,
    room,
    startedAtMs: Date.now() - 200_000,
    by: by.id,
  }
  const running = new Map<LogId, RunningCall>()
  if (wanted.running)
    running.set(room, {
      call,
      devices: [],
      accounts: [],
      isOnOwnDevice: false,
      isRejoinable: false,
      ...wanted.running,
    })
  const common = { running, missed: [] }
  switch (status) {
    case 'idle':
      return { ...common, status }
    case 'ringingIn':
      return {
        ...common,
        status,
        rings: (wanted.rings ?? []).map((ring) => ({
          ...ring,
          call: { ...call, room: ring.room },
          sinceMs: 0,
        })),
      }
    case 'ended':
      return {
        ...common,
        status,
        room,
        reason: wanted.ended?.reason ?? 'hungUp',
        text: wanted.ended?.text ?? '',
      }
    case 'ringingOut':
    case 'joining':
    case 'inCall':
    case 'reconnecting':
      return {
        ...common,
        status,
        room,
        call,
        sending: { ...silent, ...wanted.sending },
        called,
        participants: members.map(({ person, hue, sending, connection = 'connected' }) => ({
          device: deviceOf(person),
          account: person.id,
          sending: { ...silent, camera: hue !== undefined, ...sending },
          connection,
          tiles: undefined,
          report: undefined,
        })),
        enteredAtMs: Date.now() - 200_000,
        metAtMs: members.length > 0 ? Date.now() - 187_000 : undefined,
      }
  }
}

const callsOf = (wanted: FakeCall): Calls => {
  const view = createValue(
    viewOf({ ...wanted, status: wanted.status === 'ended' ? 'ringingOut' : (wanted.status ?? 'inCall') }),
  )
  const go = (status: NonNullable<FakeCall['status']>, more: Partial<FakeCall> = {}) =>
    view.set(viewOf({ ...wanted, ...more, status }))
  // The screen says why a call is over only to who has seen it.
  if (wanted.status === 'ended') setTimeout(() => go('ended'), 300)
  const enter = (_room: LogId, sending: Sending) => go('inCall', { sending })
  return {
    view,
    call: (room, { called, sending }) =>
      go('ringingOut', {
        room,
        sending,
        members: [],
        called: called.map((account) => ({ account, state: 'ringing' })),
      }),
    accept: enter,
    join: enter,
    decline: () => go('idle'),
    ring: () => undefined,
    leave: () => go('idle'),
    send(change) {
      const now = view.get()
      if ('sending' in now) view.set({ ...now, sending: { ...now.sending, ...change } })
    },
    react: () => undefined,
    show: () => undefined,
    report: () => undefined,
    measure: () => undefined,
    dismiss: () => go('idle'),
    seeMissed: () => undefined,
    onReaction(listener) {
      const [first] = wanted.members ?? []
      const timer = setInterval(
        () => first && listener({ device: deviceOf(first.person), emoji: '👏' }),
        4_000,
      )
      return () => clearInterval(timer)
    },
    close: () => undefined,
  }
}

const stageOf = (wanted: FakeCall): CallStage => {
  const { members = [], problem, hasCamera = true } = wanted
  const remote = new Map<DeviceId, RemoteMedia>(
    members.map(({ person, hue, sending, size }) => {
      const camera = hue === undefined ? undefined : fakePicture(hue, size)
      const screen = sending?.screen ? fakePicture(undefined, [1280, 720]) : undefined
      return [deviceOf(person), { ...(camera && { camera }), ...(screen && { screen }) }]
    }),
  )
  const picture = hasCamera ? fakePicture(20) : undefined
  const live: OwnMedia = picture ? { status: 'live', track: picture } : { status: 'off' }
  const own = createValue<Readonly<Record<'audio' | 'camera' | 'screen', OwnMedia>>>({
    audio: problem?.audio ? { status: 'failed', problem: problem.audio } : { status: 'off' },
    camera: problem?.camera ? { status: 'failed', problem: problem.camera } : live,
    screen: { status: 'off' },
  })
  const choices = createValue<MediaChoices>({
    microphone: 'inside',
    camera: 'front',
    speaker: 'loud',
    isUnfiltered: false,
  })
  const talking = new Set(members.filter(({ isTalking }) => isTalking).map(({ person }) => deviceOf(person)))
  return {
    own,
    wish: () => undefined,
    endPreview: () => undefined,
    devices: createValue(lists),
    choices,
    choose: (change) => choices.set({ ...choices.get(), ...change }),
    ownLevel: createValue(0.2),
    isSpeaking: createValue(wanted.speaksMuted ?? false),
    remote: createValue(remote),
    levelOf: (device) => (talking.has(device) ? 0.3 : 0),
    quality: createValue(new Map(members.map(({ person, quality = good }) => [deviceOf(person), quality]))),
  }
}

export const createFakeDesk = (wanted: FakeCall): CallDesk => ({
  calls: callsOf(wanted),
  stage: stageOf(wanted),
})
