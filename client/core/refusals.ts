import type { DeviceId } from '../../shared/identifiers.ts'
import { refusalLimits } from '../../shared/limits.ts'
import type { FamilyState } from './group/family-state.ts'
import type { Holder, RefusedThing, Room } from './hearth.ts'
import type { Reception } from './log/logs.ts'
import type { Clock, LinkRefusal, LogId } from './ports.ts'
import { createValue, type Value } from './value.ts'

/** Why something was refused, in stable words for programs. */
export type RefusalReason =
  | Extract<Reception, { type: 'refused' }>['why']['type']
  | LinkRefusal['why']
  /** Came on the pages channel and says nothing of page sync. */
  | 'notASyncMessage'
  /** Not of what the device sent, but of what it wrote: two entries for one place (P6). */
  | 'forked'
  /** It went on sending feeds of the family document that are of devices nobody vouches for (P3). */
  | 'ofStrangers'

/** What was refused of which device, and what it was about. */
export interface Refusal {
  device: DeviceId
  about: { type: 'page'; log: LogId; page: number } | { type: 'sync' } | LinkRefusal['about']
  why: RefusalReason
}

/** One kind of refusal of one device: the same again is counted. */
export interface NotedRefusal extends Refusal {
  key: string
  /** Of the first and of the latest. */
  firstMs: number
  latestMs: number
  count: number
}

/** What was refused since this core was opened, in memory only. */
export interface RefusalJournal {
  note(refusal: Refusal): void
  /** Newest first; at most `refusalLimits.maxKept`. */
  read(): NotedRefusal[]
  /** Counts up at every note. */
  readonly changes: Value<number>
}

/** Whoever has not come in may call itself anything: all of those together have the room of one device. */
const groupOf = ({ device, about }: Refusal): string => (about.type === 'door' ? 'door' : device)

const keyOf = ({ device, about, why }: Refusal): string => {
  const where = about.type === 'page' ? ` ${about.log} ${about.page}` : ''
  return `${device} ${why} ${about.type}${where}`
}

/**
 * A note costs no more than a look through `refusalLimits.maxKept` others, and a flood pushes out what came from the same
 * device only.
 */
export const createRefusalJournal = (clock: Pick<Clock, 'now'>): RefusalJournal => {
  /** By key, the latest last. */
  const noted = new Map<string, NotedRefusal>()
  const changes = createValue(0)

  const countByGroup = (): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const one of noted.values()) counts.set(groupOf(one), (counts.get(groupOf(one)) ?? 0) + 1)
    return counts
  }
  const dropOldestOf = (group: string): void => {
    for (const [key, one] of noted) {
      if (groupOf(one) !== group) continue
      noted.delete(key)
      return
    }
  }
  const makeRoom = (group: string): void => {
    const counts = countByGroup()
    if ((counts.get(group) ?? 0) >= refusalLimits.maxPerDevice) dropOldestOf(group)
    else if (noted.size >= refusalLimits.maxKept) {
      const [fullest] = [...counts].sort(([, left], [, right]) => right - left)
      if (fullest) dropOldestOf(fullest[0])
    }
  }

  return {
    changes,
    note(refusal) {
      const key = keyOf(refusal)
      const nowMs = clock.now()
      const { device, about, why } = refusal
      const before = noted.get(key)
      if (before) noted.delete(key)
      else makeRoom(groupOf(refusal))
      const firstMs = before?.firstMs ?? nowMs
      const count = (before?.count ?? 0) + 1
      noted.set(key, { key, device, about, why, firstMs, latestMs: nowMs, count })
      changes.set(changes.get() + 1)
    },
    read: () => [...noted.values()].reverse(),
  }
}

/** Who and what there is now, for the names. */
export interface RefusalNames {
  family: Pick<Value<FamilyState>, 'get'>
  holder(device: DeviceId): Holder
  rooms: Value<readonly Room[]>
}

/** The journal for the screen: with the names as they are known when it is looked at. */
export const showRefusals = (
  journal: Pick<RefusalJournal, 'read' | 'changes'>,
  { family, holder, rooms }: RefusalNames,
): Value<readonly RefusedThing[]> => {
  const show = (): readonly RefusedThing[] => {
    const { membership } = family.get()
    const names = new Map(rooms.get().map(({ id, name }) => [id, name]))
    const holders = new Map<DeviceId, Holder | undefined>()
    const find = (device: DeviceId): Holder | undefined => {
      if (!holders.has(device))
        holders.set(device, membership.accountOf(device) === undefined ? undefined : holder(device))
      return holders.get(device)
    }
    return journal.read().map(({ device, about, ...one }) => ({
      ...one,
      from: find(device),
      about: about.type === 'page' ? { type: 'room', name: names.get(about.log) } : about,
    }))
  }
  return {
    get: show,
    subscribe(listener) {
      const tell = () => listener(show())
      const leave = [journal.changes.subscribe(tell), rooms.subscribe(tell)]
      return () => {
        for (const off of leave) off()
      }
    },
  }
}
