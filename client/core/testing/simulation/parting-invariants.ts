import * as Y from 'yjs'
import type { AccountId, DeviceId } from '../../../../shared/identifiers.ts'
import { entryKinds } from '../../log/entry.ts'
import { openBody } from '../../log/feed.ts'
import type { LogId } from '../../ports.ts'
import { parseMessageBody } from '../../room/message-body.ts'
import { itemsOf } from './device-state.ts'
import type { RunningDevice, World } from './world.ts'

/** Those who are up and were not put out: whoever was has other things in the end, since nobody tells them any more (L3). */
export const whoBelongs = (world: World): RunningDevice[] => {
  const devices = world.running()
  const out = new Set<DeviceId>()
  const gone = new Set<AccountId>()
  for (const { hearth } of devices) {
    const { membership } = hearth.family.state.get()
    for (const device of membership.out) out.add(device)
    for (const [account, { isRemoved }] of membership.members) if (isRemoved) gone.add(account)
  }
  return devices.filter(({ player }) => !out.has(player.device.id) && !gone.has(player.account))
}

/** What a room is called whose name nobody can read. */
const nameless = 'Private room'

/** Whoever is in a private room sees it, and nobody else does (G1). */
export const checkPrivateRooms = (devices: readonly RunningDevice[]): string[] => {
  const broken: string[] = []
  const rooms = new Map<LogId, { name: string; members: ReadonlySet<AccountId> }>()
  for (const { hearth } of devices)
    for (const { id, kind, name, members } of hearth.rooms.get())
      if (kind === 'private') rooms.set(id, { name, members: new Set(members.map((member) => member.id)) })
  /** Where the disk was full in the middle of making one, there is nothing in it, not even a name. */
  const isUnfinished = (id: LogId) =>
    devices.every(({ hearth }) =>
      hearth.rooms.get().every((room) => room.id !== id || room.name === nameless),
    )
  for (const { hearth, name: device, player } of devices)
    for (const [id, { name, members }] of rooms) {
      if (isUnfinished(id)) continue
      const sees = hearth.rooms.get().some((room) => room.id === id)
      if (sees !== members.has(player.account))
        broken.push(`${device} ${sees ? 'sees' : 'does not see'} the private room ${name}`)
    }
  return broken
}

/** P4: a message that somebody made go is on no screen and on no disk. */
export const checkErased = (devices: readonly RunningDevice[], { witness }: World): string[] => {
  const broken: string[] = []
  for (const [text, { by, body }] of witness.partings.gone) {
    if (witness.partings.isDoubtful(by)) continue
    for (const device of devices) {
      if (itemsOf(device, by.room).some((item) => item.type === 'message' && item.text === text))
        broken.push(`${device.name} still shows ${text.slice(0, 60)}, which was deleted`)
      for (const page of device.hearth.logs.lengths().get(by.room)?.keys() ?? [])
        if (device.disk.view.loadPage(by.room, page)?.updates.some((update) => holds(update, body)))
          broken.push(`${text.slice(0, 60)} was deleted, and is on the disk of ${device.name}`)
    }
  }
  return broken
}

const holds = (update: Uint8Array, body: Uint8Array): boolean =>
  Buffer.from(update).includes(Buffer.from(body))

/** G3, G5: whoever is out reads nothing that was said once its author knew, even with a copy of every page and of the family document. */
export const checkUnread = async (world: World): Promise<void> => {
  const { witness } = world
  const { hidden } = witness.partings
  const [keeper] = whoBelongs(world)
  const outside = new Set([...hidden.values()].flatMap((devices) => [...devices]))
  if (!keeper || outside.size === 0) return
  for (const device of world.running()) {
    if (!outside.has(device.player.device.id)) continue
    await device.hearth.family.take(new Uint8Array(Y.encodeStateAsUpdate(keeper.hearth.family.doc)))
    for (const log of keeper.hearth.family.state.get().rooms.keys())
      for (const text of await readWith(device, keeper, log))
        if (hidden.get(text)?.has(device.player.device.id))
          witness.trouble(`${device.name} can read ${quote(text)}, and was out when it was said`)
    for (const [text, devices] of hidden) {
      const room = witness.said.get(text)?.room
      if (!devices.has(device.player.device.id) || room === undefined) continue
      if (!witness.partings.isGoneFrom(room, device.player.account)) continue
      if (itemsOf(device, room).some((item) => item.type === 'message' && item.text === text))
        witness.trouble(`${device.name} shows ${quote(text)}, and was not in its room when it was said`)
    }
  }
}

/** What of an open room's messages, which somebody else has, this device's keys open. */
const readWith = async (
  { hearth: { family } }: RunningDevice,
  keeper: RunningDevice,
  log: LogId,
): Promise<string[]> => {
  const texts: string[] = []
  const { logs } = keeper.hearth
  for (const entry of await logs.readAll(log)) {
    if (entry.kind !== entryKinds.message) continue
    for (const page of logs.lengths().get(log)?.keys() ?? []) {
      const body = await openBody(family.bodies, { group: family.genesis.group, log, page }, entry)
      const text = body && parseMessageBody(body)
      if (text !== undefined) texts.push(text)
    }
  }
  return texts
}

const quote = (text: string): string => JSON.stringify(text.slice(0, 60))
