import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { nameLimits } from '../../../shared/limits.ts'
import {
  foldName,
  parsePersonName,
  parseRoomName,
  parseStatus,
  parseTopic,
  uniqueName,
} from '../../../shared/names.ts'
import { entryKinds, type EntryTime } from '../log/entry.ts'
import { compareTimes } from '../log/hybrid-clock.ts'
import type { FeedId, LogId } from '../ports.ts'
import type { Retention } from '../room/retention.ts'
import type { SealedControlBody } from './control-bodies.ts'
import type { Membership } from './membership.ts'

/** One entry of the family document that this device can read, and that is neither statement nor rekey. */
export interface ControlEntry {
  feed: FeedId
  device: DeviceId
  seq: number
  time: EntryTime
  body: SealedControlBody
}

export type RoomEventType = 'created' | 'joined' | 'left' | 'retained' | 'topicChanged'

export interface RoomEvent {
  key: string
  type: RoomEventType
  account: AccountId
  ms: number
  /** Of `retained`: how long the room is kept from then on (P8). */
  keep?: Retention
  /** Of `topicChanged`: empty where it was taken away. */
  topic?: string
}

export interface RoomState {
  id: LogId
  name: string
  /** Those who are of the family now. */
  members: ReadonlySet<AccountId>
  events: readonly RoomEvent[]
  /** Who made it: nobody the general room. */
  creator: AccountId | undefined
  keep: Retention
  /** What it is about; empty where nobody has said. */
  topic: string
}

export interface Profile {
  /** As they gave it. */
  givenName: string
  /** As people see it, each only once. */
  name: string
  status: string
  picture: Bytes | undefined
}

export interface FamilyState {
  membership: Membership
  /** Of everybody who ever belonged to the family and gave a name. */
  profiles: ReadonlyMap<AccountId, Profile>
  rooms: ReadonlyMap<LogId, RoomState>
}

/** What is known of a family, in any order. */
export interface FamilyFacts {
  membership: Membership
  entries: readonly ControlEntry[]
}

type By = ControlEntry & { account: AccountId }
type OpenRoom = Omit<RoomState, 'members' | 'events'> & { members: Set<AccountId>; events: RoomEvent[] }

const compareEntries = (left: ControlEntry, right: ControlEntry): number =>
  compareTimes(left.time, right.time) || left.feed - right.feed || left.seq - right.seq

/**
 * What a set of facts says: the same for every order in which they came (G7). The earliest to take a name keeps it, the later one is
 * "name (2)" for all alike (G8). Everybody is in the general room, which no entry made. What strangers wrote says nothing.
 */
export const foldFamily = ({ membership, entries }: FamilyFacts, general: LogId): FamilyState => {
  const given = new Map<AccountId, { since: By; profile: Omit<Profile, 'name'> }>()
  const rooms = new Map<LogId, OpenRoom>()
  const roomNames = new Set<string>()
  const made = new Map<AccountId, number>()
  const begin = (id: LogId, name: string, creator: AccountId | undefined): OpenRoom => {
    const room: OpenRoom = {
      id,
      name: uniqueName(name, roomNames),
      members: new Set(),
      events: [],
      creator,
      keep: 'forever',
      topic: '',
    }
    rooms.set(id, room)
    return room
  }
  begin(general, 'general', undefined)
  /** Who made a room and who is in charge of the family may say more about it. */
  const mayChange = (room: OpenRoom, { account, device, seq }: By) =>
    room.creator === account || membership.wasInCharge(device, seq)

  for (const entry of [...entries].sort(compareEntries)) {
    const account = membership.accountOf(entry.device)
    if (account === undefined || !membership.counts(entry.device, entry.seq)) continue
    const by = { ...entry, account }
    const { body } = entry
    if (body.kind === entryKinds.profile) {
      const name = parsePersonName(body.name)
      if (!name.ok) continue
      const status = parseStatus(body.status)
      const profile = {
        givenName: name.value,
        status: status.ok ? status.value : '',
        picture: body.picture.length > 0 ? body.picture : undefined,
      }
      const known = given.get(account)
      given.set(account, { since: known?.since ?? by, profile })
      if (!known) note(rooms.get(general), by, 'joined')
    } else if ('topic' in body) {
      const topic = parseTopic(body.topic)
      const room = rooms.get(body.room)
      if (topic.ok && room && mayChange(room, by)) giveTopic(room, by, topic.value)
    } else if (body.kind === entryKinds.room) {
      const name = parseRoomName(body.name)
      if (!name.ok || rooms.has(body.room)) continue
      // Of each as many as one may make: or somebody could push out everybody else's with rooms of a time long past.
      const count = (made.get(account) ?? 0) + 1
      if (count > nameLimits.maxRoomsOfOne) continue
      made.set(account, count)
      note(begin(body.room, name.value, account), by, 'created')
    } else if (body.kind === entryKinds.retention) {
      const room = rooms.get(body.room)
      if (room && mayChange(room, by)) retain(room, by, body.keep)
    } else if (body.room !== general) {
      note(rooms.get(body.room), by, body.kind === entryKinds.join ? 'joined' : 'left')
    }
  }
  for (const room of rooms.values())
    for (const account of room.members)
      if (membership.members.get(account)?.isRemoved) room.members.delete(account)
  return { membership, profiles: distinguish(membership, given), rooms }
}

/** P8: the last by time holds. */
const retain = (room: OpenRoom, { account, feed, seq, time }: By, keep: Retention): void => {
  if (room.keep === keep) return
  room.keep = keep
  room.events.push({ key: `${feed}-${seq}`, type: 'retained', account, ms: time.ms, keep })
}

/** As of its keeping the last by time holds. */
const giveTopic = (room: OpenRoom, { account, feed, seq, time }: By, topic: string): void => {
  if (room.topic === topic) return
  room.topic = topic
  room.events.push({ key: `${feed}-${seq}`, type: 'topicChanged', account, ms: time.ms, topic })
}

/** Takes a coming or going into a room, if it changes anything. */
const note = (room: OpenRoom | undefined, entry: By, type: RoomEventType): void => {
  const { account } = entry
  if (!room || room.members.has(account) === (type !== 'left')) return
  if (type === 'left') room.members.delete(account)
  else room.members.add(account)
  room.events.push({ key: `${entry.feed}-${entry.seq}`, type, account, ms: entry.time.ms })
}

/** Two people of one name are told apart by a number: who is here goes before who has left, then who came first. */
const distinguish = (
  membership: Membership,
  given: ReadonlyMap<AccountId, { since: By; profile: Omit<Profile, 'name'> }>,
): Map<AccountId, Profile> => {
  const taken = new Set<string>()
  const hasLeft = (account: AccountId) => Number(membership.members.get(account)?.isRemoved ?? true)
  const inOrder = [...given].sort(
    ([left, { since: a }], [right, { since: b }]) => hasLeft(left) - hasLeft(right) || compareEntries(a, b),
  )
  return new Map(
    inOrder.map(([account, { profile }]) => [
      account,
      { ...profile, name: uniqueName(profile.givenName, taken) },
    ]),
  )
}

export const isRoomNameTaken = (state: FamilyState, name: string): boolean =>
  [...state.rooms.values()].some((room) => foldName(room.name) === foldName(name))

/** I7: a newcomer under a name the family knows from somebody else: one whose place they took, or one who was removed. */
export const hasNewIdentity = ({ membership, profiles }: FamilyState, account: AccountId): boolean => {
  const member = membership.members.get(account)
  if (!member || member.isRemoved) return false
  if (member.replaces !== undefined) return true
  const name = profiles.get(account)?.givenName
  if (name === undefined) return false
  return [...membership.members].some(
    ([other, { isRemoved, joinedAt }]) =>
      isRemoved &&
      joinedAt <= member.joinedAt &&
      foldName(profiles.get(other)?.givenName ?? '') === foldName(name),
  )
}
