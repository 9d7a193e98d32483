import fc from 'fast-check'
import type { DeviceId } from '../../../../shared/identifiers.ts'
import { foldCallLines } from '../../room/call-lines.ts'
import type { CallId } from '../words.ts'
import {
  anna,
  annaLaptop,
  annaPhone,
  bob,
  bobLaptop,
  bobPhone,
  carla,
  carlaPhone,
  createCallFamily,
  everybody,
  membersOf,
  secret,
  two,
} from './call-family.ts'
import { quiet, type CallNetwork } from './call-network.ts'

/** One thing that happens, as three small numbers, so that fast-check can make it shorter. */
export type Happening = readonly [kind: number, one: number, other: number]

const devices = [annaPhone, bobPhone, carlaPhone, annaLaptop, bobLaptop] as const
const rooms = [two, everybody, secret] as const

export const happenings = (maxLength: number): fc.Arbitrary<Happening[]> =>
  // Without bias towards small numbers: all kinds are to happen alike.
  fc.noBias(
    fc.array(fc.tuple(fc.nat(99), fc.nat(999), fc.nat(999)), { minLength: 10, maxLength, size: 'max' }),
  )

export interface ScheduleOptions {
  /** Links are cut, and time passes while nothing arrives. */
  hasTrouble: boolean
  /** Pages are loaded anew, and people are taken out of a room and let in again. */
  hasChanges?: boolean
}

const pick = <Item>(items: readonly Item[], number: number): Item | undefined =>
  items.length === 0 ? undefined : items[number % items.length]

const happen = (
  family: CallNetwork,
  [kind, one, other]: Happening,
  { hasTrouble, hasChanges }: ScheduleOptions,
) => {
  const device = pick(devices, one) ?? annaPhone
  const room = pick(rooms, other) ?? two
  if (hasChanges && kind > 85 && kind < 89) {
    if (kind === 86) family.reload(device)
    else family.setMembers(secret, kind === 87 ? [anna] : [anna, carla])
    return
  }
  if (kind < 50) {
    for (let left = 1 + (other % 8); left > 0; left--) {
      const next = pick(family.waiting(), one + left * 7)
      if (next) family.arrive(...next)
    }
    return
  }
  if (kind < 57) {
    const called = other % 4 === 3 ? [] : [anna, bob, carla]
    family.wish(device, { type: 'start', room, id: family.freshId(), called, sending: quiet })
    return
  }
  if (kind < 72) {
    const ringing = devices.flatMap((at) => {
      const view = family.view(at)
      return view.status === 'ringingIn' ? view.rings.map((ring) => ({ at, room: ring.room })) : []
    })
    const ring = pick(ringing, one)
    if (ring && kind < 68) family.wish(ring.at, { type: 'accept', room: ring.room, sending: quiet })
    else if (ring) family.wish(ring.at, { type: 'decline', room: ring.room, text: '' })
    return
  }
  if (kind < 76) family.wish(device, { type: 'join', room, sending: quiet })
  else if (kind < 82) family.wish(device, { type: 'leave' })
  else if (kind < 83) family.wish(device, { type: 'dismiss' })
  else if (kind < 84) family.wish(device, { type: 'ring', accounts: [anna, bob, carla] })
  else if (kind < 86) family.wish(device, { type: 'setSending', sending: { camera: other % 2 === 0 } })
  else if (!hasTrouble) family.deliver()
  else if (kind < 91) {
    const far = pick(devices, other)
    if (far && far !== device) {
      if (kind % 2 === 0) family.cut(device, far, other % 3 === 0)
      else family.connect(device, far)
    }
  } else if (kind < 97) family.pass((other % 20) * 1_000)
  else {
    const due = pick(family.dueTimers(), one)
    if (due) family.fire(...due)
  }
}

/** Plays a schedule; then every link is back, everything arrives, and time goes by until nobody waits for anything. */
export const playSchedule = (schedule: readonly Happening[], options: ScheduleOptions): CallNetwork => {
  const family = createCallFamily([0, 1_500, -2_500])
  family.connectAll()
  family.deliver()
  for (const happening of schedule) happen(family, happening, options)
  if (options.hasChanges) family.setMembers(secret, [anna, carla])
  family.connectAll()
  family.run(200_000)
  return family
}

/**
 * All that is wrong with how a healed network stands, in words; empty where nothing is. Whoever loads their page anew, or is taken out of the
 * room, may leave a call without a summary.
 */
export const judge = (family: CallNetwork, { hasChanges }: ScheduleOptions): string[] => [
  ...judgeStanding(family),
  ...judgeTold(family),
  ...(hasChanges ? [] : judgeSummaries(family)),
]

const stayIn = (family: CallNetwork, device: DeviceId) => {
  const { call } = family.node(device).machine
  return 'stay' in call ? call.stay : undefined
}

const judgeStanding = (family: CallNetwork): string[] => {
  const wrong: string[] = []
  for (const room of rooms) {
    const inIt = devices.filter((device) => stayIn(family, device)?.call.room === room).sort()
    for (const device of devices) {
      if (!membersOf.get(room)?.includes(family.node(device).account)) continue
      const seen = [...(family.view(device).running.get(room)?.devices ?? [])].sort()
      if (seen.join() !== inIt.join())
        wrong.push(`${device} sees ${seen.join('+')} in ${room}, where ${inIt.join('+')} are`)
      if (stayIn(family, device)?.call.room !== room) continue
      const open = [...family.node(device).machine.open].sort()
      if (open.join() !== inIt.filter((other) => other !== device).join())
        wrong.push(`${device} has lines to ${open.join('+')}`)
    }
    const names = new Set(inIt.map((device) => stayIn(family, device)?.call.id))
    if (names.size > 1) wrong.push(`${names.size} calls in ${room}`)
  }
  for (const device of devices) {
    const { machine, timers } = family.node(device)
    const { status } = machine.call
    if (status !== 'idle' && status !== 'inCall' && status !== 'ended') wrong.push(`${device} is ${status}`)
    if (status !== 'inCall' && machine.timers.size + timers.size > 0) wrong.push(`${device} holds timers`)
    if (status !== 'inCall' && machine.open.size > 0) wrong.push(`${device} holds lines`)
    if (machine.rings.size > 0) wrong.push(`${device} rings`)
  }
  return wrong
}

/** What was said of a room's call, only its members heard. */
const judgeTold = (family: CallNetwork): string[] =>
  devices.flatMap((device) =>
    family.node(device).told.flatMap(({ to, message }) => {
      const room = message.type === 'presence' ? message.stay.call.room : undefined
      const mayHear = room === undefined || membersOf.get(room)?.includes(family.node(to).account)
      return mayHear ? [] : [`${device} told ${to} of ${String(room)}`]
    }),
  )

/** Every call that is over has one line, and one that goes on may have none. */
const judgeSummaries = (family: CallNetwork): string[] => {
  const running = new Set(devices.flatMap((device) => stayIn(family, device)?.call.id ?? []))
  const runningIds = new Set([...running].flatMap((id) => [...idsOf(family, id)]))
  const folded = foldCallLines(family.summaries)
  return [...family.seen.keys()].flatMap((id) => {
    const ids = idsOf(family, id)
    const lines = folded.filter(({ summary }) => [summary.id, ...summary.aliases].some((one) => ids.has(one)))
    const isOver = ![...ids].some((one) => runningIds.has(one))
    return isOver && lines.length !== 1 ? [`${lines.length} lines for ${[...ids].join('=')}`] : []
  })
}

/** All ids of what became one call. */
const idsOf = (family: CallNetwork, id: CallId): ReadonlySet<CallId> => {
  const ids = new Set([id])
  for (let size = 0; size !== ids.size;) {
    size = ids.size
    for (const [one, aliases] of family.seen)
      if (ids.has(one) || [...aliases].some((alias) => ids.has(alias)))
        for (const known of [one, ...aliases]) ids.add(known)
  }
  return ids
}
