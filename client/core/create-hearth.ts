import type { Bytes } from '../../shared/crypto/bytes.ts'
import type { AccountId } from '../../shared/identifiers.ts'
import { ok, type Result } from '../../shared/result.ts'
import { createCallGround, type CallGround } from './call/call-ground.ts'
import { watchComingHistory } from './coming-history.ts'
import { cutDeparted } from './group/cut-departed.ts'
import { openFamily, type Family, type FamilyDocumentStore } from './group/family.ts'
import type { Genesis } from './group/genesis.ts'
import { keepEpochs } from './group/keep-epochs.ts'
import { createOpenRooms } from './group/open-rooms.ts'
import { openPrivateGroups, type PrivateGroups } from './group/private-groups.ts'
import type { Hearth, HistoryProgress } from './hearth.ts'
import type { Device } from './identity/device.ts'
import { createHybridClock } from './log/hybrid-clock.ts'
import { openLogs, type Logs } from './log/logs.ts'
import type { Clock, LogId, LogStore, Network, Random, ReadingStore, StoreProblem } from './ports.ts'
import { createReading } from './reading/create-reading.ts'
import type { ShownCounts } from './reading/unread.ts'
import { createMemoryReadingStore } from './reading/memory-reading-store.ts'
import { createRefusalJournal, showRefusals } from './refusals.ts'
import { createAllRooms } from './room/all-rooms.ts'
import { createOpenTimelines } from './room/open-timelines.ts'
import { createRoomChanges } from './room/room-changes.ts'
import { createRoster } from './room/roster.ts'
import type { TrustMarks } from './room/trust-marks.ts'
import { sweepRooms } from './room/sweep-rooms.ts'
import { watchOwnForks } from './room/own-forks.ts'
import { createSendTo } from './room/send-to.ts'
import { createTyping } from './room/typing.ts'
import { createOutgoings } from './room/outgoing.ts'
import { createHolders } from './sync/holders.ts'
import type { createPageSync } from './sync/page-sync.ts'
import type { LogStanding } from './sync/sync-session.ts'
import { createValue, type Value } from './value.ts'

export interface HearthOptions {
  genesis: Genesis
  account: AccountId
  /** What one is called until one's profile has come. */
  loginName: string
  device: Device
  certificate: Bytes
  /** Statements from a welcome or keyring. */
  known: readonly Bytes[]
  /** Secrets of epochs from there. */
  epochs: readonly Bytes[]
  trust: Value<TrustMarks>
  store: LogStore
  documentStore: FamilyDocumentStore
  /** Without one, what was read is forgotten when this core is closed. */
  readingStore?: ReadingStore
  clock: Clock
  random: Random
  /** As in `LogsOptions`. */
  messagesPerPage?: number
  /** What the screen shows already of what is still to be counted. */
  shown?: ShownCounts | undefined
}

/** The core, ready before there is any network; `attach` gives it one. */
export interface RunningHearth extends Hearth {
  readonly family: Family
  readonly logs: Logs
  /** For whoever runs calls on this device; they come with the network, which all their code can wait for. */
  readonly callGround: CallGround
  /** Resolves when every timeline opened so far shows its newest entries: the disk is free for other things then. */
  whenShown(): Promise<void>
  /** @param startSync is given, since none of its code is needed before there is a network. */
  attach(network: Network, startSync: typeof createPageSync): void
}

/** Puts the core together: the family document, the rooms' logs, and what the screen sees of them. */
export const createHearth = async (options: HearthOptions): Promise<Result<RunningHearth, StoreProblem>> => {
  const { genesis, device, store, documentStore, clock, random } = options
  const time = createHybridClock(clock)
  const readingStore = options.readingStore ?? createMemoryReadingStore()
  // Marks that cannot be read are none: nobody's words hang on them.
  const readingRows = readingStore.load().catch(() => [])
  const { certificate, known } = options
  const journal = createRefusalJournal(clock)
  const opened = await openFamily({
    genesis,
    device,
    certificate,
    known,
    store,
    documentStore,
    epochs: options.epochs,
    time,
    clock,
    random,
    onRefusal: (from, { type: why }) => journal.note({ device: from, about: { type: 'family' }, why }),
    onFork: (of) => journal.note({ device: of, about: { type: 'family' }, why: 'forked' }),
  })
  if (!opened.ok) return opened
  const family = opened.value
  const openRooms = createOpenRooms(family)
  /** They need the logs, and the logs them. */
  const later: { groups?: PrivateGroups } = {}
  const groupOf = (log: LogId) => openRooms(log) ?? later.groups?.groupOf(log)
  const logs = await openLogs({
    device,
    store,
    time,
    groupOf,
    adopt: async (log, update) => later.groups?.adopt(log, update),
    messagesPerPage: options.messagesPerPage,
  })
  const me = options.account
  const network = createValue<Network | undefined>(undefined)
  const linked = () =>
    network
      .get()
      ?.links.get()
      .map((link) => link.device) ?? []
  const privateGroups = await openPrivateGroups({ family, logs, device, me, linked, clock, random })
  later.groups = privateGroups
  const standing: LogStanding = (log, other) => {
    if (openRooms(log)) return 'shared'
    const may = privateGroups.mayShare(log, other)
    if (may === undefined) return 'unknown'
    return may ? 'shared' : 'foreign'
  }
  const allRooms = createAllRooms({ me, family: family.state, groups: privateGroups, logs })
  const changeRooms = createRoomChanges({ family, groups: privateGroups, allRooms, random, me })
  const holders = createHolders(store)
  const ownForks = watchOwnForks(logs, device)
  const { space } = store
  const outgoings = createOutgoings({ logs, clock, unsent: space?.unsent })
  const roster = createRoster({
    me: options.account,
    loginName: options.loginName,
    family: family.state,
    rooms: allRooms.rooms,
    general: family.general,
    trust: options.trust,
    network,
  })
  const typing = createTyping(clock, (typingIn) => network.get()?.setPresence({ typingIn }))
  const reading = createReading({
    me,
    store: readingStore,
    rows: await readingRows,
    logs,
    rooms: roster.rooms,
    people: roster.people,
    accountOf: (of) => family.state.get().membership.accountOf(of),
    author: roster.author,
    person: roster.person,
    clock,
    shown: options.shown,
  })
  const timelines = createOpenTimelines({
    me: device.id,
    logs,
    holders,
    outgoings,
    clock,
    rooms: allRooms.rooms,
    roster,
    reading,
    typing,
  })
  const coming = watchComingHistory(roster.connection, options.shown === undefined)
  const leave: (() => void)[] = [
    reading.close,
    keepEpochs(family, { device: device.id, linked, clock, random }),
    cutDeparted({ family, logs, device, clock, random }),
    sweepRooms({ rooms: allRooms.rooms, logs, clock }),
    logs.onFork(({ log, page, device: of }) => {
      journal.note({ device: of, about: { type: 'page', log, page }, why: 'forked' })
      if (of === device.id) void holders.forget(log, page)
    }),
    ownForks.close,
    timelines.close,
    coming.close,
  ]
  const history = createValue<HistoryProgress | undefined>(undefined)

  return ok({
    family,
    logs,
    ownForks: ownForks.value,
    callGround: createCallGround({
      device: device.id,
      me,
      general: family.general,
      family: family.state,
      groups: privateGroups,
      trust: options.trust,
      logs,
      showRoom: allRooms.show,
    }),
    me: roster.me,
    people: roster.people,
    rooms: roster.rooms,
    connection: roster.connection,
    isHistoryComing: coming.isComing,
    history,
    refusals: showRefusals(journal, { family: family.state, holder: roster.holder, rooms: roster.rooms }),

    unread: reading.unread,
    latest: reading.latest,
    lastSeen: reading.lastSeen,
    privacy: reading.privacy,
    storage: createValue(space && { ...space, lackingPages: logs.lackingPages }),
    markRead: reading.markRead,
    changePrivacy(change) {
      reading.changePrivacy(change)
      if (!reading.privacy.get().typing) typing.stop()
    },

    ...changeRooms,
    sendTo: createSendTo(logs),

    async whenShown() {
      await timelines.whenLoaded()
      reading.begin()
    },

    openTimeline: timelines.openTimeline,
    prepareRoom: timelines.prepareRoom,

    attach(attached, startSync) {
      network.set(attached)
      const onRefusal = journal.note
      const growth = new Set<() => void>()
      const ground = reading.ground((listener) => {
        growth.add(listener)
        return () => growth.delete(listener)
      })
      const sync = startSync({
        device,
        logs,
        holders,
        network: attached,
        clock,
        standing,
        onRefusal,
        reading: ground,
        onCaughtUp: coming.onCaughtUp,
      })
      reading.begin()
      leave.push(sync.history.subscribe(history.set))
      leave.push(reading.follow(attached))
      // What has just become known, a room, a device or a key, may make entries good that wait at those who made it known.
      leave.push(
        onGrowth(family, privateGroups, () => {
          sync.compareAll()
          for (const listener of [...growth]) listener()
        }),
      )
      leave.push(
        family.state.subscribe(() => {
          for (const of of family.takeEarlySenders()) attached.askFamily(of)
        }),
      )
      leave.push(
        () => sync.close(),
        () => attached.close(),
        attached.onRefusal(onRefusal),
      )
    },

    async close() {
      for (const off of leave.reverse()) off()
      roster.close()
      allRooms.close()
      privateGroups.close()
      await Promise.all([family.settle(), logs.settle()])
      await documentStore.close()
      await store.close()
    },
  })
}

const onGrowth = (family: Family, groups: PrivateGroups, run: () => void): (() => void) => {
  const measure = () => {
    const { rooms, membership } = family.state.get()
    const devices = [...membership.members.values()].reduce((sum, member) => sum + member.devices.size, 0)
    return [rooms.size, devices, family.keys.size(), groups.size()]
  }
  let before = measure()
  const look = () => {
    const now = measure()
    const hasGrown = now.some((size, index) => size > (before[index] ?? 0))
    before = now
    if (hasGrown) run()
  }
  const leave = [family.state.subscribe(look), groups.all.subscribe(look)]
  return () => {
    for (const off of leave) off()
  }
}
