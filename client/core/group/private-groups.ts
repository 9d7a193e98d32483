import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { groupLimits } from '../../../shared/limits.ts'
import { feedOf, type Device } from '../identity/device.ts'
import { entryKinds, parseElement } from '../log/entry.ts'
import type { LogGroup } from '../log/log-group.ts'
import type { Logs } from '../log/logs.ts'
import { readAppends } from '../log/structure.ts'
import type { Clock, FeedId, LogId, Random, StoreProblem } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import type { Family } from './family.ts'
import { directGenesis, makeRoomGenesis, readRoomGenesis, type GroupGenesis } from './group-genesis.ts'
import { createPrivateGroup, type PrivateGroup } from './private-group.ts'

/** The private rooms and direct conversations that this device knows of. */
export interface PrivateGroups {
  /** Changes when any of them does. */
  readonly all: Value<readonly PrivateGroup[]>
  groupOf(log: LogId): LogGroup | undefined
  /** The group whose room this is. */
  ofRoom(room: LogId): PrivateGroup | undefined
  /** Whether a log is of a private group and this device's account in it; undefined where it is of none (Y1). */
  mayShare(log: LogId, device: DeviceId): boolean | undefined
  /** Begins to follow the group whose genesis an update brings. */
  adopt(log: LogId, update: Bytes): Promise<LogGroup | undefined>
  create(wish: {
    name: string
    members: readonly AccountId[]
    history: 'all' | 'fromJoining'
  }): Promise<Result<LogId, StoreProblem>>
  direct(account: AccountId): Promise<PrivateGroup | undefined>
  /** Grows with all that may make an entry good that was not before. */
  size(): number
  close(): void
}

export interface PrivateGroupsOptions {
  family: Family
  logs: Logs
  device: Device
  me: AccountId
  /** The devices that are linked to this one now. */
  linked(): readonly DeviceId[]
  clock: Clock
  random: Random
}

export const openPrivateGroups = async (options: PrivateGroupsOptions): Promise<PrivateGroups> => {
  const { family, logs, device, me, linked, clock, random } = options
  const familyGroup = family.genesis.group
  const byGroup = new Map<LogId, PrivateGroup>()
  const byRoom = new Map<LogId, PrivateGroup>()
  const all = createValue<readonly PrivateGroup[]>([])
  const feeds = new Map<DeviceId, FeedId>()
  const feedOfDevice = async (of: DeviceId): Promise<FeedId> => {
    const feed = feeds.get(of) ?? (await feedOf(of))
    feeds.set(of, feed)
    return feed
  }
  const membership = () => family.state.get().membership
  const leave: (() => void)[] = []
  let isRefreshing = false
  let isStale = false
  let hasChanged = false
  /** Once for all that change together: the whole screen hangs on it. */
  const tell = () => {
    if (isRefreshing) hasChanged = true
    else all.set([...byGroup.values()])
  }

  const register = (genesis: GroupGenesis): PrivateGroup => {
    const known = byGroup.get(genesis.group)
    if (known) return known
    const group = createPrivateGroup({
      genesis,
      device,
      me,
      family: membership,
      logs,
      feedOf: feedOfDevice,
      linked,
      clock,
      random,
    })
    byGroup.set(genesis.group, group)
    byRoom.set(genesis.content, group)
    leave.push(group.state.subscribe(tell))
    return group
  }

  const direct = async (account: AccountId): Promise<PrivateGroup | undefined> => {
    if (account === me || !membership().members.has(account)) return undefined
    return register(await directGenesis(familyGroup, me, account))
  }

  /** Both sides of a conversation know it before anything was said. */
  const knowDirects = async (): Promise<void> => {
    for (const account of membership().members.keys()) await direct(account)
  }

  const findGenesis = async (
    log: LogId,
    elements: readonly Uint8Array[],
  ): Promise<GroupGenesis | undefined> => {
    const first = elements[0] && parseElement(elements[0], 0)
    if (first?.kind !== entryKinds.genesis) return undefined
    const genesis = await readRoomGenesis(familyGroup, first.body)
    return genesis?.group === log && membership().members.has(genesis.creator) ? genesis : undefined
  }

  const isFull = () => byGroup.size >= groupLimits.maxGroups

  // What is on the disk.
  await knowDirects()
  for (const log of [...logs.lengths().keys()]) {
    if (family.state.get().rooms.has(log)) continue
    const entries = await logs.readAll(log)
    for (const entry of entries) {
      if (entry.kind !== entryKinds.genesis) continue
      const genesis = await readRoomGenesis(familyGroup, entry.body)
      if (genesis?.group === log) register(genesis)
    }
    await byGroup.get(log)?.begin(entries)
  }
  all.set([...byGroup.values()])

  /** What changes while it goes on is for the next round, which sees all of it. */
  const refreshAll = async (): Promise<void> => {
    isStale = true
    if (isRefreshing) return
    isRefreshing = true
    try {
      while (isStale) {
        isStale = false
        await knowDirects()
        for (const group of byGroup.values()) await group.refresh()
      }
    } finally {
      isRefreshing = false
      if (hasChanged) tell()
      hasChanged = false
    }
  }
  leave.push(family.state.subscribe(() => void refreshAll()))

  return {
    all,
    groupOf: (log) => byGroup.get(log)?.control ?? byRoom.get(log)?.room,
    ofRoom: (room) => byRoom.get(room),
    mayShare(log, other) {
      const account = membership().accountOf(other)
      const ofRoom = byRoom.get(log)
      if (ofRoom) return ofRoom.isMember(account)
      const group = byGroup.get(log)
      // Who was put out has to learn of it: what a log says about its group, in the clear, goes to all who were ever in it.
      return group && account !== undefined && group.state.get().membership.everMembers.has(account)
    },
    direct,

    async adopt(log, update) {
      if (isFull()) return undefined
      const appends = readAppends(update, () => 0, 0)
      if (!appends.ok) return undefined
      for (const { elements } of appends.value) {
        const genesis = await findGenesis(log, elements)
        if (genesis) return register(genesis).control
      }
      return undefined
    },

    async create({ name, members, history }) {
      const bytes = makeRoomGenesis(familyGroup, {
        creator: me,
        createdAt: clock.now(),
        history,
        nonce: random.bytes(16),
      })
      const genesis = await readRoomGenesis(familyGroup, bytes)
      if (!genesis || isFull()) return fail({ type: 'storeFailed', detail: 'too many rooms' })
      const group = register(genesis)
      const begun = await logs.append(genesis.group, entryKinds.genesis, bytes)
      if (!begun.ok) return begun
      for (const account of new Set(members)) {
        const added = account === me ? ok(undefined) : await group.add(account)
        if (!added.ok) return added
      }
      const named = await group.rename(name)
      return named.ok ? ok(genesis.content) : named
    },

    size: () =>
      [...byGroup.values()].reduce(
        (sum, { keys, state }) => sum + 1 + keys.size() + state.get().membership.everMembers.size,
        0,
      ),
    close() {
      for (const off of leave) off()
      for (const group of byGroup.values()) group.close()
    },
  }
}
