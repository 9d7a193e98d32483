import type { DeviceId } from '../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { toBase64Url } from './crypto/base64url.ts'
import { isRoomNameTaken } from './group/family-state.ts'
import { openFamily, type Family, type FamilyDocumentStore } from './group/family.ts'
import { parsePersonName, parseRoomName } from './group/names.ts'
import type { Hearth } from './hearth.ts'
import type { Device } from './identity/device.ts'
import { clearBodies } from './log/body-cipher.ts'
import { entryKinds } from './log/entry.ts'
import { createHybridClock } from './log/hybrid-clock.ts'
import { openLogs, type Logs } from './log/logs.ts'
import type { Clock, LogId, LogStore, Network, Random, StoreProblem } from './ports.ts'
import { createRoster } from './room/roster.ts'
import { openTimeline } from './room/timeline.ts'
import { createTyping } from './room/typing.ts'
import { createHolders } from './sync/holders.ts'
import { createPageSync } from './sync/page-sync.ts'
import { createValue } from './value.ts'

export interface HearthOptions {
  group: LogId
  device: Device
  store: LogStore
  documentStore: FamilyDocumentStore
  clock: Clock
  random: Random
}

/** The core, ready before there is any network; `attach` gives it one. */
export interface RunningHearth extends Hearth {
  readonly family: Family
  readonly logs: Logs
  /** Resolves when every timeline opened so far shows its newest entries: the disk is free for other things then. */
  whenShown(): Promise<void>
  attach(network: Network): void
}

/** Puts the core together: the family document, the rooms' logs, and what the screen sees of them. */
export const createHearth = async (options: HearthOptions): Promise<Result<RunningHearth, StoreProblem>> => {
  const { group, device, store, documentStore, clock, random } = options
  const time = createHybridClock(clock)
  const opened = await openFamily({ group, device, store, documentStore, time, bodies: clearBodies })
  if (!opened.ok) return opened
  const family = opened.value
  const isKnown = (log: LogId) => family.state.get().rooms.has(log)
  const logs = await openLogs({ group, device, store, time, bodies: clearBodies, isKnown })
  const holders = createHolders(store)
  const network = createValue<Network | undefined>(undefined)
  const roster = createRoster({ me: device.id, family: family.state, general: family.general, network })
  const typing = createTyping(clock, (typingIn) => network.get()?.setPresence({ typingIn }))
  const leave: (() => void)[] = []
  const loading = new Set<Promise<unknown>>()

  return ok({
    family,
    logs,
    me: roster.me,
    people: roster.people,
    rooms: roster.rooms,
    connection: roster.connection,

    async setName(name) {
      const parsed = parsePersonName(name)
      return parsed.ok ? family.write({ kind: entryKinds.profile, name: parsed.value }) : parsed
    },

    async createRoom(name) {
      const parsed = parseRoomName(name)
      if (!parsed.ok) return parsed
      if (isRoomNameTaken(family.state.get(), parsed.value)) return fail({ type: 'nameTaken' })
      const room = toBase64Url(random.bytes(16)) as LogId
      const written = await family.write({ kind: entryKinds.room, room, name: parsed.value })
      return written.ok ? ok(room) : written
    },

    joinRoom: (room) => family.write({ kind: entryKinds.join, room }),
    leaveRoom: (room) => family.write({ kind: entryKinds.leave, room }),

    async whenShown() {
      await Promise.all(loading)
    },

    openTimeline(room) {
      const timeline = openTimeline({
        room,
        me: device.id,
        logs,
        holders,
        clock,
        family: family.state,
        person: (id: DeviceId) => roster.person(id),
        people: roster.people,
        typing: roster.typingIn(room),
        setTyping: (isTyping) => typing.set(room, isTyping),
      })
      const { loaded } = timeline
      loading.add(loaded)
      void loaded.then(() => loading.delete(loaded))
      return timeline
    },

    attach(attached) {
      network.set(attached)
      const sync = createPageSync({ device, logs, holders, network: attached, clock, isKnown })
      // A room that has just become known may have entries waiting at those who made it known.
      leave.push(onRoomsGrowing(family, () => sync.compareAll()))
      leave.push(
        () => sync.close(),
        () => attached.close(),
      )
    },

    async close() {
      for (const off of leave.reverse()) off()
      roster.close()
      await Promise.all([family.settle(), logs.settle()])
      await documentStore.close()
      await store.close()
    },
  })
}

const onRoomsGrowing = (family: Family, run: () => void): (() => void) => {
  let count = family.state.get().rooms.size
  return family.state.subscribe(({ rooms }) => {
    const hasGrown = rooms.size > count
    count = rooms.size
    if (hasGrown) run()
  })
}
