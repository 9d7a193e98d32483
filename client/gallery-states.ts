import { createValue } from './core/value.ts'
import type { AccountProblem } from './core/account/account-problem.ts'
import type { ConnectionDoctor } from './core/doctor.ts'
import type { ConnectionState, Delivery, Person, TimelineItem } from './core/hearth.ts'
import type { Clock } from './core/ports.ts'
import { createFakeAccount, fakeDevices, fakeLinkingLink } from './core/testing/fake-account.ts'
import {
  anna,
  bob,
  everybody,
  fakePerson,
  fakeSaying,
  grandpa,
  layla,
  mia,
  fakeLogId,
} from './core/testing/fake-family.ts'
import { createFakeHearth, type FakeHearth } from './core/testing/fake-hearth.ts'
import { fakeSearch } from './core/testing/fake-search.ts'
import { createFakeOffice, fakeAccountRow, fakeInvitations } from './core/testing/fake-office.ts'
import { fakeOverview, fakeQuietOverview } from './core/testing/fake-overview.ts'
import { fakeRefusals } from './core/testing/fake-refusals.ts'
import type { AppState } from './features/app-state.ts'
import { arrivalStates } from './gallery-arrival-states.ts'
import { callStates } from './gallery-call-states.ts'
import { galleryOffers } from './gallery-offers.ts'
import { roomStates } from './gallery-room-states.ts'
import { answeringOldest, messageStates } from './gallery-message-states.ts'
import { roomsListStates } from './gallery-rooms-list-states.ts'
import { troubleStates } from './gallery-trouble-states.ts'
import { windowStates } from './gallery-window-states.ts'

/** Every state the screen can be in, by the name it has in the gallery's address: `/gallery.html?state=long`. */

const clock: Clock = {
  now: () => Date.now(),
  setTimer: (run, afterMs) => setTimeout(run, afterMs),
  clearTimer: (timer) => clearTimeout(timer as number),
}

const minuteMs = 60_000
const ago = (minutes: number) => Date.now() - minutes * minuteMs
const onBoth: Delivery = {
  status: 'onDevices',
  holders: [
    { person: bob, deviceName: 'Chrome on Android' },
    { person: bob, deviceName: 'Firefox on Linux' },
    { person: mia, deviceName: '' },
  ],
}
const onOne: Delivery = { status: 'onDevices', holders: [{ person: bob, deviceName: 'Chrome on Android' }] }

let made = 0
const said = (
  minutes: number,
  author: typeof anna,
  text: string,
  delivery: Delivery = onBoth,
): TimelineItem => ({
  type: 'message',
  key: `item-${made++}`,
  ms: ago(minutes),
  author,
  text,
  // The founder's eyes: an owner may delete everything (P4).
  mayErase: true,
  ...(author.isMe && { delivery }),
})
const erased = (minutes: number, author: typeof anna, by: typeof anna): TimelineItem => ({
  type: 'erased',
  key: `item-${made++}`,
  ms: ago(minutes),
  author,
  by,
})
const event = (minutes: number, person: typeof anna, what: 'created' | 'joined' | 'left'): TimelineItem => ({
  type: 'event',
  key: `item-${made++}`,
  ms: ago(minutes),
  person,
  event: what,
})

const talk: TimelineItem[] = [
  event(3 * 24 * 60, anna, 'created'),
  event(3 * 24 * 60 - 2, bob, 'joined'),
  event(2 * 24 * 60, mia, 'joined'),
  said(2 * 24 * 60 - 10, bob, 'So this is where we talk now? I like it.'),
  said(2 * 24 * 60 - 9, bob, 'No ads, no strangers.'),
  said(
    2 * 24 * 60 - 6,
    anna,
    'And it all stays with us. Even when the internet is gone, as long as the house has Wi-Fi.',
  ),
  said(1500, mia, 'Who is driving to the lake on Saturday?'),
  said(
    1499,
    mia,
    'I can take four, if somebody else takes the dog and the big basket. Last time we had to put it on the roof.',
  ),
  said(1490, layla, 'هل ستأتون يوم الجمعة أيضا؟ اشتقنا إليكم كثيرا'),
  said(1480, anna, 'We will! Friday evening, with cake.'),
  said(1479, anna, '🎂'),
  event(700, grandpa, 'joined'),
  said(64, grandpa, 'Hello, this is your grandfather writing. I hope that this arrives.'),
  said(62, bob, 'It did! 👋'),
  said(60, mia, '❤️❤️'),
  said(34, mia, 'The weather looks fine: https://weather.example/lake?day=saturday (bring hats, though).'),
  said(33, mia, 'And swimming things'),
  said(12, anna, 'Hats, swimming things, dog. I am making potato salad.'),
  said(11, anna, 'Who brings the bread?', onOne),
  said(2, bob, 'Me. Two loaves.'),
  said(1, anna, 'You are the best.', { status: 'onlyHere' }),
]

const endless = (count: number): TimelineItem[] =>
  Array.from({ length: count }, (_, index) => {
    const back = count - index
    return said(
      back * 17 + (back % 5),
      everybody[(index * 3 + (index >> 2)) % everybody.length] ?? bob,
      fakeSaying(index),
    )
  })

const unbroken = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const hard: TimelineItem[] = [
  said(30, bob, unbroken.repeat(3)),
  said(29, fakePerson(`Maximiliane-Philippa von ${unbroken}`), 'A long name, and a short text.'),
  said(20, layla, 'مرحبا جميعا! هذا نص طويل بعض الشيء حتى يمتد على أكثر من سطر واحد ونرى أين يقف الوقت.'),
  said(19, layla, 'Arabic and English: سوف نلتقي at the lake غدا'),
  said(10, anna, 'مساء الخير', { status: 'onlyHere' }),
  said(9, bob, '👨‍👩‍👧‍👦'),
  said(8, anna, '🎉🎉🎉'),
  said(7, anna, '<img src=x onerror=alert(1)> **not bold** javascript:alert(1) https://user@evil.example'),
  said(6, bob, `https://long.example/${'path/'.repeat(40)}`),
  said(5, anna, 'line one\n\n    indented line three\nline four'),
  said(4, anna, 'Being saved', { status: 'saving' }),
  said(3, anna, 'This one did not get through to the disk.', {
    status: 'failed',
    problem: { type: 'quotaExceeded' },
  }),
  erased(3, bob, bob),
  erased(3, anna, anna),
  erased(2, mia, anna),
  said(2, anna, 'One has it', onOne),
]

type Wanted = Partial<Parameters<typeof createFakeHearth>[0]> & { general?: TimelineItem[] }

const hearthWith = ({ general = talk, ...wanted }: Wanted = {}): FakeHearth =>
  createFakeHearth({
    me: anna,
    people: everybody,
    clock,
    loadMs: 150,
    fate: [
      { afterMs: 120, delivery: { status: 'onlyHere' } },
      { afterMs: 900, delivery: onOne },
      { afterMs: 1_600, delivery: onBoth },
    ],
    rooms: [
      { name: 'general', members: everybody, items: general },
      { name: 'Garden', members: [anna, mia, grandpa], items: endless(400) },
      { name: 'Summer at the lake 2026', members: [anna, bob, mia, layla], items: talk.slice(6) },
      { name: 'Recipes', members: [anna], items: [event(5, anna, 'created')] },
      { name: 'Football', members: [bob, grandpa] },
      { name: 'Birthday surprise', members: [bob, mia, layla] },
    ],
    ...wanted,
  })

interface WantedAround {
  account?: Partial<Parameters<typeof createFakeAccount>[0]>
  office?: Partial<Parameters<typeof createFakeOffice>[0]>
  linking?: string
  doctor?: ConnectionDoctor
}

/** A hearth, and around it an account and an office which change it. */
const ready = (
  hearth: FakeHearth,
  { account = {}, office = {}, linking, doctor }: WantedAround = {},
): AppState => {
  const me = hearth.me.get()
  const mine = createFakeAccount({
    name: me.name,
    devices: fakeDevices(Date.now()),
    onProfile: ({ picture, ...change }) =>
      hearth.changePerson(me.id, {
        ...change,
        ...(picture !== undefined && { picture: picture ?? undefined }),
      }),
    onSignOut: () => location.reload(),
    ...account,
  })
  const ours = createFakeOffice({
    me,
    nowMs: () => Date.now(),
    changePerson: hearth.changePerson,
    accounts: fakeAccounts(),
    invitations: fakeInvitations(Date.now(), me.id),
    overview: fakeOverview(Date.now()),
    ...office,
  })
  return {
    status: 'ready',
    hearth,
    phrase: mine.phrase,
    addressHiding: mine.addressHiding,
    signedIn: createValue({ account: mine, office: ours, doctor, search: fakeSearch }),
    calls: createValue(undefined),
    linking,
  }
}

const fakeAccounts = () => [
  ...everybody.map((person) =>
    fakeAccountRow(person, {
      lastSeenAt: ago(90),
      isConnected: person.isHere,
      isDisabled: person === grandpa,
    }),
  ),
  fakeAccountRow(fakePerson('Great-aunt Margarethe'), { createdAt: ago(20), isWaiting: true }),
]

/** The same family, seen by somebody else in it. */
const seenBy = (role: Person['role'], wanted: Wanted = {}): FakeHearth => {
  const me = { ...anna, role }
  const people = [me, ...everybody.slice(1)].map((person) =>
    person === bob && role !== 'owner' ? { ...bob, role: 'owner' as const } : person,
  )
  return hearthWith({ me, people, rooms: [{ name: 'general', members: people, items: talk }], ...wanted })
}

const broken: AccountProblem = { type: 'unreachable' }
const connected = (connection: ConnectionState) => () => ready(hearthWith({ connection }))
const lively = (): AppState => {
  const hearth = hearthWith({ general: endless(3_000) })
  const room = hearth.room('general')
  let turn = 0
  const next = () => {
    room.setTyping([bob])
    clock.setTimer(() => {
      room.setTyping([])
      room.say(bob, fakeSaying(turn++))
    }, 2_000)
  }
  setInterval(next, 6_000)
  return ready(hearth)
}

export const galleryStates: Record<string, () => AppState> = {
  ...arrivalStates,
  starting: () => ({ status: 'starting' }),
  ready: () => ready(hearthWith()),
  admin: () => ready(seenBy('admin')),
  member: () => ready(seenBy('member')),
  ownFork: () =>
    ready(
      hearthWith({
        ownForks: [
          {
            room: fakeLogId('general'),
            page: 0,
            lost: ['See you at the lake on Sunday!', 'Bring the boat.'],
          },
        ],
      }),
    ),
  phraseReminder: () => ready(hearthWith(), { account: { phrase: 'notYet' } }),
  newIdentity: () => {
    const hearth = hearthWith()
    hearth.changePerson(grandpa.id, { hasNewIdentity: true, isVerified: false })
    return ready(hearth)
  },
  codesDiffer: () => ready(hearthWith(), { office: { scanned: 'mismatch' } }),
  otherCode: () => ready(hearthWith(), { office: { scanned: 'notACode' } }),
  linking: () => ready(hearthWith(), { linking: fakeLinkingLink }),
  linkingBroken: () => ready(hearthWith(), { linking: 'https://hearth.example/#link/x' }),
  appLocked: () => ready(hearthWith(), { account: { lock: { hasPassphrase: true, hasPasskey: true } } }),
  passkeyLock: () => ready(hearthWith(), { account: { lock: { hasPassphrase: false, hasPasskey: true } } }),
  thingsRefused: () => ready(hearthWith({ refusals: fakeRefusals(Date.now()) })),
  accountAway: () => ready(hearthWith(), { account: { problem: broken }, office: { problem: broken } }),
  oneDevice: () =>
    ready(hearthWith(), {
      account: { devices: fakeDevices(Date.now()).slice(0, 1) },
      office: { accounts: [fakeAccountRow(anna)], invitations: [], overview: fakeQuietOverview(Date.now()) },
    }),
  ...roomStates({ hearthWith, ready }),
  ...messageStates({ hearthWith, ready }),
  ...roomsListStates({ hearthWith, ready }),
  ...callStates({ hearthWith, ready }),
  ...windowStates({ hearthWith, ready }),
  ...Object.fromEntries(Object.keys(galleryOffers).map((name) => [name, () => ready(hearthWith())])),
  typing: () => {
    const hearth = hearthWith()
    hearth.room('general').setTyping([bob, layla])
    return ready(hearth)
  },
  hard: () => ready(hearthWith({ general: hard })),
  long: () => ready(hearthWith({ general: answeringOldest(endless(3_000)) })),
  lively,
  empty: () => ready(hearthWith({ general: [] })),
  newDevice: () => ready(hearthWith({ general: [], isHistoryComing: true })),
  alone: () => {
    const rooms = [{ name: 'general', members: [anna], items: [event(1, anna, 'joined')] }]
    return ready(hearthWith({ people: [anna], rooms, connection: { server: 'connected', linkedDevices: 0 } }))
  },
  full: () => ready(hearthWith({ problem: { type: 'quotaExceeded' } })),
  loading: () => ready(hearthWith({ loadMs: 3_600_000 })),
  connecting: connected({ server: 'connecting', linkedDevices: 0 }),
  nobodyHere: connected({ server: 'connected', linkedDevices: 0 }),
  serverAway: connected({ server: 'unreachable', linkedDevices: 2 }),
  offline: connected({ server: 'unreachable', linkedDevices: 0 }),
  fetching: () =>
    ready(
      hearthWith({
        history: { backToMs: Date.UTC(2024, 2, 10), fraction: 0.35, messagesLeft: 37_000 },
      }),
    ),
  refused: connected({ server: 'refused', linkedDevices: 1 }),
  ...troubleStates,
}
