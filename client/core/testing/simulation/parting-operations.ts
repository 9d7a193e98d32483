import { makeRevocation } from '../../../../shared/certificate.ts'
import { makeStatement, revocationStatement } from '../../group/statements.ts'
import type { Room, Timeline } from '../../hearth.ts'
import { entryKinds } from '../../log/entry.ts'
import { parseMessageBody } from '../../room/message-body.ts'
import { nameOfKey } from '../../room/timeline-order.ts'
import { anyRunning, promiseControl, type Operation, type Stage } from './operations.ts'
import type { RunningDevice, SimulatedDevice } from './world.ts'

const anyPrivateRoom = ({ world }: Stage, { hearth }: RunningDevice): Room | undefined =>
  world.dice.pickAny(hearth.rooms.get().filter(({ kind }) => kind === 'private'))

/** The others of the family, as this device knows it. */
const others = ({ hearth }: RunningDevice) =>
  hearth.people.get().filter(({ isMe, isRemoved }) => !isMe && !isRemoved)

const createPrivateRoom = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  if (!device) return undefined
  const { dice } = stage.world
  const members = dice.some(others(device), dice.between(1, 3))
  const name = stage.fresh('secret')
  void device.hearth.createPrivateRoom({ name, members: members.map(({ id }) => id), history: 'all' })
  return `${device.name} makes the private room ${name} with ${members.map((member) => member.name).join(', ')}`
}

const addToRoom = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  const room = device && anyPrivateRoom(stage, device)
  const person = device && stage.world.dice.pickAny(others(device))
  if (!device || !room || !person || room.members.some(({ id }) => id === person.id)) return undefined
  stage.world.witness.partings.add(room.id, person.id)
  void device.hearth.addToRoom(room.id, person.id)
  return `${device.name} adds ${person.name} to ${room.name}`
}

const removeFromRoom = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  const room = device && anyPrivateRoom(stage, device)
  const person = room && stage.world.dice.pickAny(room.members.filter(({ isMe }) => !isMe))
  if (!room || !person) return undefined
  stage.world.witness.partings.leave(room.id, person.id)
  void device.hearth.removeFromRoom(room.id, person.id)
  return `${device.name} removes ${person.name} from ${room.name}`
}

const leaveRoom = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  const room = device && anyPrivateRoom(stage, device)
  if (!room) return undefined
  stage.world.witness.partings.leave(room.id, device.player.account)
  void device.hearth.leaveRoom(room.id)
  return `${device.name} leaves ${room.name}`
}

interface Target {
  device: RunningDevice
  timeline: Timeline
  room: Room
  text: string
}

/** What of a message is on the disk, sealed. */
const findBody = async ({ device, room, text }: Target): Promise<Uint8Array | undefined> => {
  const { logs } = device.hearth
  const read = await logs.read(room.id, { limit: 1_000 })
  const found = read.find(({ body, kind }) => kind === entryKinds.message && parseMessageBody(body) === text)
  if (!found) return undefined
  const pages = await logs.readAll(room.id)
  const name = nameOfKey(found.key)
  const same = pages.filter(
    ({ feed, seq, time }) =>
      nameOfKey({ ...found.key, feed, seq }) === name &&
      time.ms === found.key.ms &&
      time.counter === found.key.counter,
  )
  return same[0]?.body
}

const erase = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  const room = device && stage.world.dice.pickAny(device.hearth.rooms.get())
  const timeline = room && device.timeline(room.id)
  if (!timeline) return undefined
  const { partings } = stage.world.witness
  const said = timeline.view
    .get()
    .items.flatMap((item) => (item.type === 'message' && item.mayErase ? [item] : []))
    .filter(({ text }) => stage.world.witness.said.has(text))
  const item = stage.world.dice.pickAny(said)
  if (!item) return undefined
  const { text, key } = item
  const { account, device: own } = device.player
  partings.erase(text, { room: room.id, device: own.id, account })
  void findBody({ device, timeline, room, text }).then(async (body) => {
    const outcome = await timeline.erase(key)
    if (outcome.ok && body) partings.erased(text, body)
  })
  return `${device.name} deletes ${JSON.stringify(text.slice(0, 40))} in ${room.name}`
}

const devicesOf = ({ world }: Stage, account: string): readonly SimulatedDevice[] =>
  world.devices.filter(({ player }) => player.account === account)

/** By the owner, whom nobody can put out and who puts out no device of their own: what is said so stays said. */
const removeMember = (stage: Stage): string | undefined => {
  const { world } = stage
  const owner = world.dice.pickAny(world.running().filter(({ player }) => player.person === 'Anna'))
  const person = owner && world.dice.pickAny(others(owner))
  if (!owner || !person || !stage.cast.includes(owner)) return undefined
  const account = person.id
  for (const { player } of devicesOf(stage, account)) world.witness.partings.putOut(player.device, account)
  const { family } = owner.hearth
  const ms = world.events.now() + owner.skewMs
  const body = { type: 'removal', account, cuts: family.cutsOf(account), ms: Math.max(1, ms) } as const
  void makeStatement(family.genesis.group, owner.player.device, body).then(async (statement) => {
    const written = await family.write({ kind: entryKinds.statement, statement })
    if (written.ok) promiseControl(stage, owner)
  })
  return `${owner.name} removes ${person.name} from the family`
}

const removeDevice = (stage: Stage): string | undefined => {
  const { world } = stage
  const by = anyRunning(stage)
  if (!by || by.player.person === 'Anna') return undefined
  const { keys, account } = by.player
  const other = devicesOf(stage, account).find((device) => device !== by)
  const known = by.hearth.family.state.get().membership.members.get(account)?.devices
  if (!other || !known?.has(other.player.device.id)) return undefined
  const { device } = other.player
  const { family } = by.hearth
  world.witness.partings.putOut(device, account)
  const accepted = family.cutsOf(account).find((cut) => cut.device === device.id)?.length ?? 0
  const fields = { identityKey: keys.identity.key, deviceKey: device.publicKey, at: 1, accepted }
  void makeRevocation(keys.sign, fields).then(async (revocation) => {
    const statement = revocationStatement(revocation)
    const written = await family.write({ kind: entryKinds.statement, statement })
    if (written.ok) promiseControl(stage, by)
  })
  return `${by.name} removes ${other.name}`
}

/** What only some schedules have. */
export const partingOperations: readonly Operation[] = [
  { name: 'create private room', weight: 8, run: createPrivateRoom },
  { name: 'add to room', weight: 5, run: addToRoom },
  { name: 'remove from room', weight: 4, run: removeFromRoom },
  { name: 'leave private room', weight: 2, run: leaveRoom },
  { name: 'erase', weight: 10, run: erase },
  { name: 'remove member', weight: 2, run: removeMember },
  { name: 'remove device', weight: 3, run: removeDevice },
]
