import * as Y from 'yjs'
import type { LogId } from '../../ports.ts'
import { hashState, itemsOf, stateOf, type DeviceState, type StateOptions } from './device-state.ts'
import { checkErased, checkPrivateRooms, whoBelongs } from './parting-invariants.ts'
import type { RunningDevice, World } from './world.ts'

export interface Verdict {
  /** What does not hold, in words; empty where all does. */
  broken: readonly string[]
  /** Of the state that all ended with. */
  state: string
}

/** All that must hold once everything is healed and quiet. */
export const checkInvariants = (world: World, options: StateOptions): Verdict => {
  const devices = whoBelongs(world)
  const broken = [...world.witness.troubles]
  const [first] = devices
  if (!first) return { broken: [...broken, 'no device is up'], state: '' }
  const states = devices.map((device) => [device, stateOf(device, options)] as const)
  broken.push(
    ...compareFamilies(states),
    ...compareRooms(states),
    ...checkPrivateRooms(devices),
    ...checkErased(devices, world),
  )
  for (const device of devices)
    broken.push(
      ...checkKept(device, world),
      ...checkPromised(device, world),
      ...checkDoubles(device),
      ...checkHolders(device, world),
    )
  const isOpen = (room: LogId): boolean => first.hearth.family.state.get().rooms.has(room)
  const hashes = new Set(states.map(([, state]) => hashState(state, isOpen)))
  if (hashes.size > 1 && broken.length === 0) broken.push('the state hashes differ')
  return { broken, state: [...hashes][0] ?? '' }
}

type States = readonly (readonly [RunningDevice, DeviceState])[]

const firstDifference = (left: string, right: string): string => {
  const [ours, theirs] = [left.split('\n'), right.split('\n')]
  const at = Array.from({ length: Math.max(ours.length, theirs.length) }).findIndex(
    (_, index) => ours[index] !== theirs[index],
  )
  return [ours[at], theirs[at]].map((line) => JSON.stringify(line ?? 'nothing more')).join(' against ')
}

/** The same everywhere (G7). */
const compareFamilies = ([first, ...others]: States): string[] =>
  others.flatMap(([device, { family }]) =>
    !first || family === first[1].family
      ? []
      : [`family of ${device.name} and ${first[0].name} differ: ${firstDifference(family, first[1].family)}`],
  )

/** Each room is the same for all who have it (Y2). */
const compareRooms = (states: States): string[] => {
  const broken: string[] = []
  for (const room of new Set(states.flatMap(([, { rooms }]) => [...rooms.keys()]))) {
    const [first, ...others] = states.flatMap(([device, { rooms }]) => {
      const state = rooms.get(room)
      return state ? [{ device, state }] : []
    })
    for (const { device, state } of others)
      for (const part of ['name', 'members', 'log', 'timeline'] as const)
        if (first && state[part] !== first.state[part])
          broken.push(
            `${part} of ${first.state.name} at ${device.name} and ${first.device.name} differ: ${firstDifference(state[part], first.state[part])}`,
          )
  }
  return broken
}

/** What a person was told is kept is on every screen that shows its room (P5). */
const checkKept = (device: RunningDevice, { witness }: World): string[] => {
  const broken: string[] = []
  const shown = new Map<LogId, Set<string>>()
  for (const { id } of device.hearth.rooms.get())
    shown.set(
      id,
      new Set(itemsOf(device, id).flatMap((item) => (item.type === 'message' ? [item.text] : []))),
    )
  for (const [text, { room, by, isAcknowledged, ...author }] of witness.said)
    if (
      isAcknowledged &&
      !witness.partings.mayBeGone(text, { ...author, room }) &&
      shown.get(room)?.has(text) === false
    )
      broken.push(`${by} was told that ${quote(text)} is kept, and ${device.name} does not show it`)
  return broken
}

/** What a device wrote in the family document stays, once its disk has it (P5). */
const checkPromised = (device: RunningDevice, { witness }: World): string[] =>
  [...witness.promised].flatMap(([feed, length]) =>
    witness.partings.mayBeCut(feed) || Y.getState(device.hearth.family.doc.store, feed) >= length
      ? []
      : [`${length} entries of feed ${feed} in the family document were kept, and ${device.name} has fewer`],
  )

const checkDoubles = (device: RunningDevice): string[] => {
  const broken: string[] = []
  for (const { id, name } of device.hearth.rooms.get()) {
    const seen = new Set<string>()
    for (const item of itemsOf(device, id)) {
      if (item.type !== 'message') continue
      if (seen.has(item.text)) broken.push(`${device.name} shows ${quote(item.text)} twice in ${name}`)
      seen.add(item.text)
    }
  }
  return broken
}

/** Who is said to hold a message does (Y4). */
const checkHolders = (device: RunningDevice, { devices }: World): string[] => {
  const { feed } = device.player.device
  return device.hearth.rooms.get().flatMap(({ id }) =>
    device.disk.view.readHolders(id).flatMap(({ page, holder, length }) => {
      const other = devices.find(({ player }) => player.device.id === holder)
      const held = other?.disk.held(id, page, feed).now ?? 0
      // Who is off may have lost what it was not made to keep, and fetches it again when it comes back.
      return held >= length || other?.status !== 'up'
        ? []
        : [`${device.name} counts ${other.name} among the holders of ${length} entries, who holds ${held}`]
    }),
  )
}

const quote = (text: string): string => JSON.stringify(text.slice(0, 60))
