import type { AccountId } from '../../../shared/identifiers.ts'
import type { Role } from '../../../shared/roles.ts'
import type { FamilyState } from '../group/family-state.ts'
import type { PrivateGroup } from '../group/private-group.ts'
import type { RoomEventName } from '../hearth.ts'
import type { LogId } from '../ports.ts'
import type { Retention } from './retention.ts'

/** What happened in a room, without how people are shown. */
export interface RoomEventFact {
  key: string
  type: RoomEventName
  account: AccountId
  ms: number
  /** Who did it, where that is somebody else. */
  by?: AccountId
  name?: string
  keep?: Retention
  topic?: string
}

/** A room of any kind, without how people are shown. */
export interface RoomFacts {
  id: LogId
  kind: 'open' | 'private' | 'direct'
  /** Empty for a conversation of two, and where the name cannot be read yet. */
  name: string
  members: ReadonlySet<AccountId>
  roles: ReadonlyMap<AccountId, Role>
  history: 'all' | 'fromJoining'
  events: readonly RoomEventFact[]
  /** Empty where nobody has said what it is about. */
  topic: string
  keep: Retention
  /** P8. */
  mayChangeKeep(account: AccountId): boolean
}

const noRoles: ReadonlyMap<AccountId, Role> = new Map()
/** New keys right after somebody came or went are part of that, and no line of their own. */
const keysFollowMs = 60_000

export const openRoomFacts = ({ rooms, membership }: FamilyState): RoomFacts[] =>
  [...rooms.values()].map(({ id, name, members, events, topic, keep, creator }) => ({
    id,
    kind: 'open',
    name,
    members,
    roles: noRoles,
    history: 'all',
    events,
    topic,
    keep,
    mayChangeKeep: (account) =>
      account === creator || (membership.members.get(account)?.role ?? 'member') !== 'member',
  }))

export const privateRoomFacts = (group: PrivateGroup): RoomFacts => {
  const { genesis, state } = group
  const { membership, names, topics, keeps } = state.get()
  return {
    id: genesis.content,
    kind: genesis.type === 'room' ? 'private' : 'direct',
    name: names.at(-1)?.name ?? '',
    members: new Set(membership.roles.keys()),
    roles: genesis.type === 'room' ? membership.roles : noRoles,
    history: genesis.type === 'room' ? genesis.history : 'all',
    events: eventsOf(group),
    topic: topics.at(-1)?.topic ?? '',
    keep: keeps.at(-1)?.keep ?? 'forever',
    mayChangeKeep: (account) =>
      genesis.type === 'direct'
        ? membership.roles.has(account)
        : (membership.roles.get(account) ?? 'member') !== 'member',
  }
}

const eventOf = {
  add: 'added',
  remove: 'removed',
  makeAdmin: 'becameAdmin',
  makeMember: 'becameMember',
  leave: 'left',
} as const

const eventsOf = ({ genesis, state }: PrivateGroup): RoomEventFact[] => {
  const { membership, names, topics, keeps, rekeys } = state.get()
  const kept = keeps.map(({ keep, by, ms, key }) => ({
    key,
    type: 'retained' as const,
    account: by,
    ms,
    keep,
  }))
  if (genesis.type === 'direct') return kept
  const { creator, createdAt } = genesis
  const events: RoomEventFact[] = [
    { key: 'created', type: 'created', account: creator, ms: createdAt },
    ...membership.changes.flatMap(({ feed, seq, time, by, change: { type, account } }): RoomEventFact[] =>
      type === 'cut'
        ? []
        : [
            {
              key: `${feed}-${seq}`,
              type: eventOf[type],
              account,
              ms: time.ms,
              ...(by !== account && { by }),
            },
          ],
    ),
    // The first name is the one it was created with.
    ...names
      // For a newcomer's sake a name may be said again.
      .filter(({ name }, index) => index > 0 && name !== names[index - 1]?.name)
      .map(({ name, by, ms, key }) => ({ key, type: 'renamed' as const, account: by, ms, name })),
    ...topics
      .filter(({ topic }, index) => topic !== (topics[index - 1]?.topic ?? ''))
      .map(({ topic, by, ms, key }) => ({ key, type: 'topicChanged' as const, account: by, ms, topic })),
    ...kept,
  ]
  const comings = events.map(({ ms }) => ms)
  const isOfItsOwn = (ms: number) => !comings.some((at) => ms >= at && ms - at < keysFollowMs)
  const keys = rekeys
    .filter(({ ms }) => isOfItsOwn(ms))
    .map(({ by, ms, key }) => ({ key, type: 'keysChanged' as const, account: by, ms }))
  return [...events, ...keys].sort((left, right) => left.ms - right.ms)
}
