import type { Person, RoomEventName, TimelineItem } from './core/hearth.ts'
import { anna, bob, everybody, fakeLogId, grandpa, layla, mia } from './core/testing/fake-family.ts'
import type { FakeHearth } from './core/testing/fake-hearth.ts'
import type { FakeRoom } from './core/testing/fake-rooms.ts'
import type { AppState } from './features/app-state.ts'
import type { Screen } from './features/layout/screen.ts'
import { at } from './gallery-steps.ts'

interface RoomStateTools {
  hearthWith: (wanted: { rooms: readonly FakeRoom[]; people?: readonly Person[] }) => FakeHearth
  ready: (hearth: FakeHearth) => AppState
}

let made = 0
const ago = (minutes: number) => Date.now() - minutes * 60_000
const happened = (
  minutes: number,
  person: Person,
  event: RoomEventName,
  more: { by?: Person; name?: string; topic?: string } = {},
): TimelineItem => ({ type: 'event', key: `room-${made++}`, ms: ago(minutes), person, event, ...more })
const said = (minutes: number, author: Person, text: string): TimelineItem => ({
  type: 'message',
  key: `room-${made++}`,
  ms: ago(minutes),
  author,
  text,
  ...(author.isMe && { delivery: { status: 'onDevices', holders: [{ person: bob, deviceName: '' }] } }),
})

const aboutParty =
  'The 12th at the lake, from three o’clock. Bring cake, swimming things and an instrument; the boats are Bob’s business, and nobody says a word to Mia before'

const party: TimelineItem[] = [
  happened(300, anna, 'created'),
  happened(299, bob, 'added', { by: anna }),
  happened(298, grandpa, 'added', { by: anna }),
  said(290, anna, 'Mia must not hear of this: a party at the lake, on the 12th.'),
  said(280, bob, 'I know where to get a boat.'),
  happened(270, anna, 'renamed', { name: 'Surprise for Mia' }),
  happened(265, anna, 'topicChanged', { topic: aboutParty }),
  happened(260, bob, 'becameAdmin', { by: anna }),
  happened(200, layla, 'added', { by: bob }),
  happened(190, grandpa, 'removed', { by: bob }),
  happened(190, bob, 'keysChanged'),
  said(180, layla, 'من يحضر الكعكة؟'),
  happened(100, grandpa, 'added', { by: anna }),
  happened(90, bob, 'becameMember', { by: anna }),
  happened(80, bob, 'becameAdmin', { by: anna }),
  said(30, grandpa, 'I shall say nothing. But I shall bring the accordion.'),
]
const alone: TimelineItem[] = [
  said(50, bob, 'Is she at home?'),
  said(45, anna, 'Until six. Come by the garden.'),
]

const roomsSeenAs = (mine: 'owner' | 'admin' | 'member'): FakeRoom[] => [
  { name: 'general', members: everybody, items: [said(9, mia, 'Who has the keys of the boat house?')] },
  { name: 'Garden', members: [anna, mia, grandpa] },
  {
    name: 'Surprise for Mia',
    members: [anna, bob, grandpa, layla],
    topic: aboutParty,
    items: party,
    kind: 'private',
    roles: [[anna, mine], mine === 'owner' ? [bob, 'admin'] : [bob, 'owner']],
  },
  {
    name: 'Money matters, and everything else that is nobody’s business',
    members: [anna, bob],
    kind: 'private',
    roles: [[anna, 'owner']],
    history: 'fromJoining',
  },
  { name: 'Bob', members: [anna, bob], items: alone, kind: 'direct' },
  { name: 'Grandpa Joe', members: [anna, grandpa], kind: 'direct' },
  { name: 'ليلى', members: [anna, layla], kind: 'direct' },
  { name: 'Football', members: [bob, grandpa] },
]

const surprise = fakeLogId('Surprise for Mia')

/** Private rooms and direct messages. */
export const roomStates = ({ hearthWith, ready }: RoomStateTools): Record<string, () => AppState> => {
  const seenAs = (mine: 'owner' | 'admin' | 'member', screen: Screen) => () => {
    at(screen)
    return ready(hearthWith({ rooms: roomsSeenAs(mine) }))
  }
  return {
    roomsOfAllKinds: seenAs('owner', {}),
    privateRoom: seenAs('owner', { room: surprise, people: true }),
    privateRoomAsAdmin: seenAs('admin', { room: surprise, people: true }),
    privateRoomAsMember: seenAs('member', { room: surprise, people: true }),
    direct: seenAs('owner', { room: fakeLogId(`direct ${bob.id}`) }),
    somebodyElse: () => {
      at({ over: [{ name: 'person', person: bob.id }] })
      const hearth = hearthWith({ rooms: roomsSeenAs('owner') })
      hearth.changePerson(bob.id, { way: 'relayed' })
      return ready(hearth)
    },
    blocked: () => {
      at({ over: [{ name: 'person', person: bob.id }] })
      const hearth = hearthWith({ rooms: roomsSeenAs('owner') })
      hearth.changePerson(bob.id, { isBlocked: true })
      return ready(hearth)
    },
  }
}
