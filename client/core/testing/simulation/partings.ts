import type { AccountId, DeviceId } from '../../../../shared/identifiers.ts'
import type { RefusedThing, Room } from '../../hearth.ts'
import type { FeedId, LogId } from '../../ports.ts'
import type { RunningDevice } from './world.ts'

/** What was meant to go in a schedule: devices, members, people of rooms, messages. What is begun may yet fail, as on a full disk. */
export interface Partings {
  /** Somebody begins to put this device out of the family. */
  putOut(device: { id: DeviceId; feed: FeedId }, account: AccountId): void
  mayBeOut(device: DeviceId): boolean
  mayBeCut(feed: FeedId): boolean
  /** Somebody leaves a room, or is put out of it. */
  leave(room: LogId, account: AccountId): void
  /** Somebody is added to a room: what they could not read before, they may from then on. */
  add(room: LogId, account: AccountId): void
  /** Whether somebody went from a room, and nobody tried to bring them back. */
  isGoneFrom(room: LogId, account: AccountId): boolean
  /** Somebody begins to make a message go. */
  erase(text: string, by: Eraser): void
  erased(text: string, body: Uint8Array): void
  readonly gone: ReadonlyMap<string, { by: Eraser; body: Uint8Array }>
  /** Who must not read a message, as its author knew when it was said. */
  note(text: string, devices: ReadonlySet<DeviceId>): void
  readonly hidden: ReadonlyMap<string, ReadonlySet<DeviceId>>
  /** Whether a message need not be there, though its author was told that it is kept. */
  mayBeGone(text: string, said: Eraser): boolean
  /** Whether the word of this device in a room may have come to count for nothing. */
  isDoubtful(by: Eraser): boolean
  /** Honest devices are refused only what they did not know to be over. */
  explain(refused: RefusedThing): boolean
}

export interface Eraser {
  room: LogId
  device: DeviceId
  account: AccountId
}

export const createPartings = (): Partings => {
  const out = new Set<DeviceId>()
  const feeds = new Set<FeedId>()
  const people = new Set<AccountId>()
  const left = new Set<string>()
  const added = new Set<string>()
  const erasing = new Set<string>()
  const gone = new Map<string, { by: Eraser; body: Uint8Array }>()
  const begun = new Map<string, Eraser>()
  const hidden = new Map<string, ReadonlySet<DeviceId>>()
  const isDoubtful = ({ room, device, account }: Eraser): boolean =>
    out.has(device) || left.has(`${room} ${account}`)
  return {
    putOut({ id, feed }, account) {
      out.add(id)
      feeds.add(feed)
      people.add(account)
    },
    mayBeOut: (device) => out.has(device),
    mayBeCut: (feed) => feeds.has(feed),
    leave(room, account) {
      left.add(`${room} ${account}`)
      people.add(account)
    },
    add: (room, account) => void added.add(`${room} ${account}`),
    isGoneFrom: (room, account) => left.has(`${room} ${account}`) && !added.has(`${room} ${account}`),
    erase(text, by) {
      erasing.add(text)
      begun.set(text, by)
    },
    erased(text, body) {
      const by = begun.get(text)
      if (by) gone.set(text, { by, body })
    },
    gone,
    note(text, devices) {
      if (devices.size > 0) hidden.set(text, devices)
    },
    hidden,
    isDoubtful,
    mayBeGone: (text, said) => erasing.has(text) || isDoubtful(said),
    explain({ from, why }) {
      // Who does not know yet that somebody is out passes on what they wrote, and is not blamed for it (tolerance.ts).
      if (why === 'cutOff') return people.size > 0
      return from ? people.has(from.person.id) : out.size > 0
    },
  }
}

/**
 * Devices that are out of the family, or of somebody who went from a private room, as far as the author of a message knows when saying it.
 * Whoever is yet to come into the room will read it.
 */
export const whoMayNotRead = (
  { hearth }: RunningDevice,
  room: Room,
  partings: Pick<Partings, 'isGoneFrom'>,
): ReadonlySet<DeviceId> => {
  const { out, members } = hearth.family.state.get().membership
  const inside = new Set(room.members.map(({ id }) => id))
  const strangers = [...members].filter(
    ([account]) => room.kind !== 'open' && !inside.has(account) && partings.isGoneFrom(room.id, account),
  )
  return new Set([...out, ...strangers.flatMap(([, { devices }]) => [...devices.keys()])])
}
