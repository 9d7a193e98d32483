import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { foldName, parseRoomName, parseTopic } from '../../../shared/names.ts'
import { fail, ok } from '../../../shared/result.ts'
import { mayActOn } from '../../../shared/roles.ts'
import type { Family } from '../group/family.ts'
import { isRoomNameTaken } from '../group/family-state.ts'
import type { GroupChange } from '../group/group-changes.ts'
import type { PrivateGroups } from '../group/private-groups.ts'
import type { Hearth } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import type { LogId, Random } from '../ports.ts'
import type { AllRooms } from './all-rooms.ts'

type RoomChanges = Pick<
  Hearth,
  | 'createRoom'
  | 'createPrivateRoom'
  | 'openDirect'
  | 'addToRoom'
  | 'removeFromRoom'
  | 'renameRoom'
  | 'setRoomRole'
  | 'joinRoom'
  | 'leaveRoom'
  | 'keepRoom'
  | 'setTopic'
>

export interface RoomChangesOptions {
  family: Family
  groups: PrivateGroups
  allRooms: AllRooms
  random: Random
  me: AccountId
}

/** What a person may do to rooms: to open ones in the family's document, to private ones in their own (G2, G8). */
export const createRoomChanges = ({
  family,
  groups,
  allRooms,
  random,
  me,
}: RoomChangesOptions): RoomChanges => {
  /** The others refuse what a role does not allow (G2); whoever asks is told before. */
  const change = async (room: LogId, account: AccountId, type: GroupChange['type']) => {
    const group = groups.ofRoom(room)
    const roles = group?.state.get().membership.roles
    const mine = roles?.get(me)
    const isOwners = type === 'makeAdmin' || type === 'makeMember'
    const may = mine && (isOwners ? mine === 'owner' : mayActOn(mine, roles?.get(account) ?? 'member'))
    return group && may ? group.change(type, account) : fail({ type: 'roleTooLow' } as const)
  }
  const isTaken = (name: string) =>
    isRoomNameTaken(family.state.get(), name) ||
    [...allRooms.rooms.get().values()].some((room) => foldName(room.name) === foldName(name))

  return {
    async createRoom(name) {
      const parsed = parseRoomName(name)
      if (!parsed.ok) return parsed
      if (isRoomNameTaken(family.state.get(), parsed.value)) return fail({ type: 'nameTaken' })
      const room = toBase64Url(random.bytes(16)) as LogId
      const written = await family.write({ kind: entryKinds.room, room, name: parsed.value })
      return written.ok ? ok(room) : written
    },

    async createPrivateRoom({ name, members, history }) {
      const parsed = parseRoomName(name)
      if (!parsed.ok) return parsed
      if (isTaken(parsed.value)) return fail({ type: 'nameTaken' })
      return groups.create({ name: parsed.value, members, history })
    },

    async openDirect(account) {
      const group = await groups.direct(account)
      if (!group) return fail({ type: 'storeFailed', detail: 'nobody of the family' })
      allRooms.show(group.genesis.content)
      return ok(group.genesis.content)
    },

    addToRoom: (room, account) => change(room, account, 'add'),
    removeFromRoom: (room, account) => change(room, account, 'remove'),
    setRoomRole: (room, account, role) =>
      change(room, account, role === 'admin' ? 'makeAdmin' : 'makeMember'),

    async renameRoom(room, name) {
      const parsed = parseRoomName(name)
      if (!parsed.ok) return parsed
      const group = groups.ofRoom(room)
      const mine = group?.state.get().membership.roles.get(me) ?? 'member'
      if (!group || mine === 'member') return fail({ type: 'roleTooLow' })
      if (isTaken(parsed.value)) return fail({ type: 'nameTaken' })
      return group.rename(parsed.value)
    },

    async keepRoom(room, keep) {
      if (!allRooms.rooms.get().get(room)?.mayChangeKeep(me)) return fail({ type: 'roleTooLow' })
      return groups.ofRoom(room)?.keep(keep) ?? family.write({ kind: entryKinds.retention, room, keep })
    },

    async setTopic(room, topic) {
      const parsed = parseTopic(topic)
      if (!parsed.ok) return parsed
      const facts = allRooms.rooms.get().get(room)
      // By whoever says how long it is kept; but a conversation of two is about those two.
      if (!facts?.mayChangeKeep(me) || facts.kind === 'direct') return fail({ type: 'roleTooLow' })
      const group = groups.ofRoom(room)
      if (group) return group.setTopic(parsed.value)
      return family.write({ kind: entryKinds.room, room, topic: parsed.value })
    },

    joinRoom: (room) => family.write({ kind: entryKinds.join, room }),
    leaveRoom: (room) =>
      groups.ofRoom(room)?.change('leave', me) ?? family.write({ kind: entryKinds.leave, room }),
  }
}
