import type { AccountId } from '../../../shared/identifiers.ts'
import type { LatestLine, Person, Room } from '../../core/hearth.ts'
import type { LogId } from '../../core/ports.ts'
import { t, type WordKey } from '../../ui/language/language.ts'
import { othersOf } from '../room-people.ts'
import { describeOther } from '../other-words.ts'
import type { Choice } from './rank.ts'

/** What one does from the list of rooms, by name. */
export type CommandName =
  | 'newMessage'
  | 'newRoom'
  | 'browse'
  | 'search'
  | 'family'
  | 'invite'
  | 'settings'
  | 'notifications'
  | 'devices'

export type Target =
  | { type: 'room'; room: LogId }
  | { type: 'person'; account: AccountId }
  | { type: 'command'; name: CommandName }
  /** Messages that have these words. */
  | { type: 'search'; words: string }

export interface Goal extends Choice {
  target: Target
  /** Whose picture stands beside it. */
  person: Person | undefined
}

const commandKeys: readonly (readonly [CommandName, WordKey])[] = [
  ['newMessage', 'switcher.command.newMessage'],
  ['newRoom', 'switcher.command.newRoom'],
  ['browse', 'switcher.command.browse'],
  ['search', 'switcher.command.search'],
  ['family', 'switcher.command.family'],
  ['invite', 'switcher.command.invite'],
  ['settings', 'switcher.command.settings'],
  ['notifications', 'switcher.command.notifications'],
  ['devices', 'switcher.command.devices'],
]

const otherOf = ({ kind, members }: Room): Person | undefined =>
  kind === 'direct' ? members.find(({ isMe }) => !isMe) : undefined

const roomNotes = {
  open: 'switcher.kind.open',
  private: 'switcher.kind.private',
  direct: 'switcher.kind.direct',
} as const satisfies Record<Room['kind'], WordKey>

/** What was typed may be in a message: always the last of what is found. */
export const searchGoal = (words: string): Goal => ({
  key: 'search',
  kind: 'command',
  label: t('switcher.searchFor', { words }),
  note: t('switcher.kind.command'),
  recentMs: 0,
  target: { type: 'search', words },
  person: undefined,
})

/** Everything the switcher knows, unranked. Somebody to whom one writes already is there once. */
export const gatherGoals = (seen: {
  /** Those that may be seen. */
  rooms: readonly Room[]
  people: readonly Person[]
  latest: ReadonlyMap<LogId, LatestLine>
  /** Nobody wants to go where they are. */
  openRoom: LogId | undefined
  mayInvite: boolean
}): Goal[] => {
  const { rooms, people, latest, openRoom, mayInvite } = seen
  const written = new Set(rooms.flatMap((room) => otherOf(room)?.id ?? []))
  return [
    ...rooms.map((room): Goal => ({
      key: `room ${room.id}`,
      kind: 'room',
      label: room.name,
      note: t(roomNotes[room.kind]),
      recentMs: room.id === openRoom ? 0 : (latest.get(room.id)?.ms ?? 0),
      target: { type: 'room', room: room.id },
      person: otherOf(room),
    })),
    ...othersOf(people)
      .filter(({ id, isBlocked }) => !isBlocked && !written.has(id))
      .map((person): Goal => ({
        key: `person ${person.id}`,
        kind: 'person',
        label: person.name,
        note: describeOther(person),
        recentMs: 0,
        target: { type: 'person', account: person.id },
        person,
      })),
    ...commandKeys
      .filter(([name]) => mayInvite || name !== 'invite')
      .map(([name, key]): Goal => ({
        key: `command ${name}`,
        kind: 'command',
        label: t(key),
        note: t('switcher.kind.command'),
        recentMs: 0,
        target: { type: 'command', name },
        person: undefined,
      })),
  ]
}
