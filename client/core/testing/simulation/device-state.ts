import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { copyBytes } from '../../../../shared/crypto/bytes.ts'
import { toBase64Url } from '../../../../shared/crypto/base64url.ts'
import type { MessageItem, Room, TimelineItem } from '../../hearth.ts'
import { createPage } from '../../log/page.ts'
import type { LogId } from '../../ports.ts'
import type { RunningDevice } from './world.ts'

/** What a device ends with, part by part, so that a difference can be told. */
export interface DeviceState {
  /** Who belongs to the family, who is called what, which open rooms there are and who is in them. */
  family: string
  /** Of each room that it shows: its log, entry by entry, and what its timeline says. */
  rooms: ReadonlyMap<LogId, RoomState>
}

export interface RoomState {
  name: string
  members: string
  log: string
  timeline: string
}

export interface StateOptions {
  /**
   * No clock is far ahead of another. Otherwise entries may show when they arrived (E4), and each device has an order of its own.
   */
  isOrdered: boolean
}

const sorted = (lines: Iterable<string>): string => [...lines].sort().join('\n')

/** How far each feed of a room counts, with the signature on the disk of the newest entry that does: that covers all before it (E2). */
const logOf = ({ hearth, disk }: RunningDevice, log: LogId): string => {
  const lines: string[] = []
  for (const [page, lengths] of hearth.logs.lengths().get(log) ?? []) {
    const onDisk = createPage(disk.view.loadPage(log, page))
    for (const [feed, length] of lengths) {
      // Of what somebody who is out wrote nothing counts: whether it ever was here is nobody's business.
      if (length === 0) continue
      const signature = onDisk.signatureAt?.(feed, length - 1)
      lines.push(
        `page ${page} feed ${feed} length ${length} ${signature ? toBase64Url(copyBytes(signature)) : 'lost'}`,
      )
    }
  }
  return sorted(lines)
}

const documentOf = ({ hearth }: RunningDevice): string =>
  sorted([...Y.decodeStateVector(Y.encodeStateVector(hearth.family.doc))].map((entry) => entry.join(' ')))

const familyOf = (device: RunningDevice): string => {
  const { membership, profiles, rooms } = device.hearth.family.state.get()
  const lines: string[] = []
  for (const [account, { role, isRemoved, joinedAt, devices }] of membership.members) {
    const told = [...devices].map(([id, { isRevoked }]) => `${id} ${isRevoked}`)
    lines.push(`member ${account} ${role} ${isRemoved} ${joinedAt} ${told.sort().join(' ')}`)
  }
  for (const [account, { name, givenName, status }] of profiles)
    lines.push(`profile ${account} ${name} ${givenName} ${status}`)
  for (const { id, name, members, events } of rooms.values()) {
    const happened = events.map(({ key, type, account, ms }) => `${key} ${type} ${account} ${ms}`)
    lines.push(`room ${id} ${name} ${[...members].sort().join(' ')} ${happened.join(' ')}`)
  }
  return `${sorted(lines)}\n${documentOf(device)}`
}

export const itemsOf = (device: RunningDevice, room: LogId): readonly TimelineItem[] =>
  device.timeline(room)?.view.get().items ?? []

const remarksOf = ({ reactions = [], isPinned }: MessageItem): string => {
  const given = reactions.map(({ emoji, people }) => ` ${emoji} ${people.map(({ name }) => name).join(', ')}`)
  return `${given.join('')}${isPinned ? ' pinned' : ''}`
}

const lineOf = (item: TimelineItem): string => {
  switch (item.type) {
    case 'message':
      return `${item.author.name}: ${item.text}${remarksOf(item)}`
    case 'erased':
      return `${item.author.name} said something that ${item.by.name} erased`
    case 'event':
      return `${item.person.name} ${item.event}`
    case 'call':
      return `${item.by.name} called: ${item.outcome}`
  }
}

const roomOf = (
  device: RunningDevice,
  { id, name, members }: Room,
  { isOrdered }: StateOptions,
): RoomState => {
  const lines = itemsOf(device, id).map(lineOf)
  return {
    name,
    members: sorted(members.map((member) => member.id)),
    log: logOf(device, id),
    timeline: isOrdered ? lines.join('\n') : sorted(lines),
  }
}

export const stateOf = (device: RunningDevice, options: StateOptions): DeviceState => ({
  family: familyOf(device),
  rooms: new Map(device.hearth.rooms.get().map((room) => [room.id, roomOf(device, room, options)])),
})

/** Of what is the same for all: the family and its open rooms. */
export const hashState = ({ family, rooms }: DeviceState, isOpen: (room: LogId) => boolean): string => {
  const shared = [...rooms].filter(([id]) => isOpen(id)).sort(([left], [right]) => (left < right ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([family, shared]))
    .digest('base64url')
}

/** Cheap: whether all hold the same entries of the family document, and of each room all who see it. */
export const holdTheSame = (devices: readonly RunningDevice[]): boolean => {
  const ofRooms = new Map<LogId, Set<string>>()
  for (const { hearth } of devices)
    for (const { id, kind, members } of hearth.rooms.get()) {
      if (kind === 'open') continue
      const lines = members.map((member): string => member.id)
      for (const [page, lengths] of hearth.logs.lengths().get(id) ?? [])
        for (const [feed, length] of lengths) if (length > 0) lines.push(`${page} ${feed} ${length}`)
      ofRooms.set(id, (ofRooms.get(id) ?? new Set()).add(sorted(lines)))
    }
  if ([...ofRooms.values()].some(({ size }) => size > 1)) return false
  const held = devices.map((device) => {
    const { rooms } = device.hearth.family.state.get()
    const lines: string[] = []
    for (const log of rooms.keys())
      for (const [page, lengths] of device.hearth.logs.lengths().get(log) ?? [])
        for (const [feed, length] of lengths) if (length > 0) lines.push(`${log} ${page} ${feed} ${length}`)
    return `${documentOf(device)}\n${sorted(lines)}`
  })
  return new Set(held).size <= 1
}
