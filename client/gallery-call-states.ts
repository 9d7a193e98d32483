import {
  anna,
  bob,
  everybody,
  fakeLogId,
  fakePerson,
  grandpa,
  layla,
  mia,
} from './core/testing/fake-family.ts'
import type { FakeHearth } from './core/testing/fake-hearth.ts'
import type { FakeRoom } from './core/testing/fake-rooms.ts'
import type { Person, TimelineItem } from './core/hearth.ts'
import { createValue } from './core/value.ts'
import type { AppState } from './features/app-state.ts'
import { noNotifySettings, writeNotifySettings } from './features/notify/notify-settings.ts'
import { notifyKeyOf } from './features/quiet-hours.ts'
import { createFakeDesk, type FakeCall, type FakeMember } from './gallery-call-desk.ts'

interface CallStateTools {
  hearthWith: (wanted: { rooms: readonly FakeRoom[]; people?: readonly Person[] }) => FakeHearth
  ready: (hearth: FakeHearth) => AppState
}

const cousins = ['Tom', 'Ines', 'Great-aunt Margarethe von Hohenlohe', 'Paul', 'Olga'].map((name) =>
  fakePerson(name, { isHere: true }),
)
const family = [...everybody, ...cousins]
const ago = (minutes: number) => Date.now() - minutes * 60_000
const room = fakeLogId('general')
const withBob = fakeLogId(`direct ${bob.id}`)

const talk: TimelineItem[] = [
  { type: 'message', key: 'c1', ms: ago(64), author: bob, text: 'Shall we call at six?' },
  { type: 'message', key: 'c2', ms: ago(60), author: mia, text: 'Yes! I have something to show you.' },
  {
    type: 'call',
    key: 'c3',
    ms: ago(50),
    by: bob,
    outcome: 'missed',
    durationMs: 0,
    hadVideo: false,
    tookPart: [bob],
    called: [anna],
  },
  {
    type: 'call',
    key: 'c4',
    ms: ago(30),
    by: mia,
    outcome: 'answered',
    durationMs: 1_260_000,
    hadVideo: true,
    tookPart: [anna, mia],
    called: [anna],
  },
]

const member = (person: Person, hue: number | undefined, more: Partial<FakeMember> = {}): FakeMember => ({
  person,
  ...(hue !== undefined && { hue }),
  ...more,
})
const weak = { word: 'poor', isRelayed: true, rttMs: 720, lossPerMille: 84 } as const
const three = [member(bob, 30, { isTalking: true }), member(mia, 205), member(grandpa, undefined)]
const seven = [
  ...three,
  member(layla, 320, { sending: { hand: true } }),
  member(cousins[0] ?? bob, 95, { quality: weak }),
  member(cousins[1] ?? bob, 265, { sending: { audio: 'muted' } }),
  member(cousins[2] ?? bob, 140, { size: [360, 640] }),
]

/** Whatever the hour is: calls are to make no sound. */
const keepQuiet = (isOn: boolean) =>
  localStorage.setItem(
    notifyKeyOf(anna.id),
    writeNotifySettings({
      ...noNotifySettings,
      quiet: { isOn, fromMinute: 0, toMinute: 0, callsRing: false },
    }),
  )

/** Every state of calls, over a family of ten. */
export const callStates = ({ hearthWith, ready }: CallStateTools): Record<string, () => AppState> => {
  const withCall =
    (wanted: Partial<FakeCall>, change: (hearth: FakeHearth) => void = () => undefined) =>
    (): AppState => {
      const hearth = hearthWith({
        people: family,
        rooms: [
          { name: 'general', members: family, items: talk },
          { name: 'Garden', members: [anna, mia, grandpa] },
          { name: 'Bob', members: [anna, bob], kind: 'direct', items: talk.slice(0, 1) },
        ],
      })
      change(hearth)
      keepQuiet(false)
      const state = ready(hearth)
      const desk = createFakeDesk({ room, by: bob, ...wanted })
      return state.status === 'ready' ? { ...state, calls: createValue(desk) } : state
    }
  const ring = (by: Person, hasVideo: boolean, where = room) => ({ room: where, by: by.id, hasVideo })

  const ringing = withCall({ status: 'ringingIn', rings: [ring(bob, true, withBob)] })

  return {
    callIdle: withCall({ status: 'idle' }),
    callRinging: ringing,
    callRingingRoom: withCall({ status: 'ringingIn', rings: [ring(mia, false)] }),
    callRingingTwo: withCall({ status: 'ringingIn', rings: [ring(bob, false, withBob), ring(mia, true)] }),
    callRingingQuiet: () => {
      const state = ringing()
      keepQuiet(true)
      return state
    },
    callRingingWarning: withCall({ status: 'ringingIn', rings: [ring(grandpa, false)] }, (hearth) =>
      hearth.changePerson(grandpa.id, { hasNewIdentity: true, isVerified: false }),
    ),
    callOut: withCall({
      status: 'ringingOut',
      room: withBob,
      sending: { camera: true },
      called: [{ account: bob.id, state: 'ringing' }],
    }),
    callOutRoom: withCall({
      status: 'ringingOut',
      called: [
        { account: bob.id, state: 'ringing' },
        { account: mia.id, state: 'busy' },
        { account: grandpa.id, state: 'declined', text: 'In the bath. Later!' },
      ],
    }),
    callTwo: withCall({
      room: withBob,
      sending: { camera: true },
      members: [member(bob, 30, { isTalking: true, size: [1280, 720] })],
    }),
    callTwoSound: withCall({ room: withBob, members: [member(bob, undefined, { isTalking: true })] }),
    callAlone: withCall({ sending: { camera: true } }),
    callFour: withCall({ sending: { camera: true }, members: three }),
    callEight: withCall({ sending: { camera: true }, members: seven }),
    callScreen: withCall({
      sending: { camera: true },
      members: [member(bob, 30, { isTalking: true, sending: { screen: true } }), ...three.slice(1)],
    }),
    callSharing: withCall({ sending: { camera: true, screen: true, hand: true }, members: three }),
    callReconnecting: withCall({
      status: 'reconnecting',
      sending: { camera: true },
      members: [member(bob, 30, { connection: 'reconnecting', quality: weak })],
    }),
    callMuted: withCall({
      sending: { audio: 'muted', camera: true },
      speaksMuted: true,
      members: three,
    }),
    callDenied: withCall({
      sending: { audio: 'none' },
      problem: { audio: { type: 'denied' }, camera: { type: 'denied' } },
      members: three,
    }),
    callInsecure: withCall({
      sending: { audio: 'none' },
      problem: { audio: { type: 'insecure' } },
      members: three,
    }),
    callEnded: withCall({
      status: 'ended',
      ended: { reason: 'declined', text: 'I’ll call you back in a few minutes.' },
      called: [{ account: bob.id, state: 'ringing' }],
    }),
    callGoingOn: withCall({ status: 'idle', running: { accounts: [bob.id, mia.id] } }),
    callBack: withCall({ status: 'idle', running: { accounts: [bob.id], isRejoinable: true } }),
  }
}
