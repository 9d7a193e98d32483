import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Device } from '../identity/device.ts'
import { entryKinds, type EntryKind } from '../log/entry.ts'
import type { SignedEntry } from '../log/feed.ts'
import type { LogRules } from '../log/gate.ts'
import type { LogGroup } from '../log/log-group.ts'
import type { Logs } from '../log/logs.ts'
import { createSerial } from '../log/serial.ts'
import type { Clock, FeedId, LogId, Random, StoreProblem } from '../ports.ts'
import { retentionMs, type Retention } from '../room/retention.ts'
import { createValue, type Value } from '../value.ts'
import { encodeControlBody, type ControlBody } from './control-bodies.ts'
import { encodeGroupChange, type GroupChange } from './group-changes.ts'
import { watchDepartures } from './group-departures.ts'
import { createGroupFacts, type GroupState } from './group-facts.ts'
import { foldGroup } from './group-fold.ts'
import type { GroupGenesis } from './group-genesis.ts'
import { createGroupKeys, type GroupKeys } from './group-keys.ts'
import { keepEpochs } from './keep-epochs.ts'
import type { Membership } from './membership.ts'
import { groupPowers } from './powers.ts'
import { recipientIdOf } from './rekey.ts'
import { createRoomRules } from './room-rules.ts'

type Outcome = Promise<Result<void, StoreProblem>>

/** A group with keys and members of its own (G1): its log about itself, and the log of what is said in it. */
export interface PrivateGroup {
  readonly genesis: GroupGenesis
  readonly state: Value<GroupState>
  readonly keys: GroupKeys
  readonly control: LogGroup
  readonly room: LogGroup
  /** What is on the disk already. */
  begin(entries: readonly SignedEntry[]): Promise<void>
  /** The family has changed: somebody's devices, or who belongs to it. */
  refresh(): Promise<void>
  isMember(account: AccountId | undefined): boolean
  change(type: GroupChange['type'], account: AccountId): Outcome
  /** Without new keys: for those who are there from the beginning, who get the first. */
  add(account: AccountId): Outcome
  rename(name: string): Outcome
  /** Empty takes it away. */
  setTopic(topic: string): Outcome
  /** For how long what is said is kept (P8). */
  keep(keep: Retention): Outcome
  close(): void
}

export interface PrivateGroupOptions {
  genesis: GroupGenesis
  device: Device
  me: AccountId
  family(): Membership
  logs: Logs
  feedOf(device: DeviceId): Promise<FeedId>
  /** The devices that are linked to this one now. */
  linked(): readonly DeviceId[]
  clock: Clock
  random: Random
}

const controlKinds: ReadonlySet<EntryKind> = new Set([
  entryKinds.genesis,
  entryKinds.change,
  entryKinds.rekey,
  entryKinds.room,
  entryKinds.retention,
])

export const createPrivateGroup = (options: PrivateGroupOptions): PrivateGroup => {
  const { genesis, device, me, family, logs, linked, clock, random } = options
  const { group, content } = genesis
  const linksHistory = genesis.type === 'direct' || genesis.history === 'all'
  const keys = createGroupKeys({
    group,
    own: [{ id: recipientIdOf(device.id), kem: device.kem }],
    given: [],
    clock,
    random,
    linksHistory,
  })
  /** In the log's own turn no other entry of it can be written: whoever writes sees to the epoch before. */
  const bodiesInTurn = keys.bodies(() =>
    Promise.resolve(fail({ type: 'storeFailed', detail: 'the keys changed just now' })),
  )
  const facts = createGroupFacts({ genesis, family, keys, bodies: bodiesInTurn })
  const state = createValue<GroupState>({
    membership: foldGroup(genesis, family(), []),
    names: [],
    topics: [],
    keeps: [],
    rekeys: [],
  })
  const turns = createSerial()
  const take = (entries: readonly SignedEntry[], amount?: 'allOfIt') =>
    turns.run(async () => {
      if (amount === 'allOfIt') facts.clear()
      facts.add(entries)
      state.set(await facts.fold())
    })
  const isMember = (account: AccountId | undefined): boolean =>
    account !== undefined && state.get().membership.roles.has(account)

  /** Nothing else about the group is written by this device while a body is made: one may say how much there was before it. */
  const writing = createSerial()
  const append = (kind: EntryKind, makeBody: () => Bytes | Promise<Bytes>) =>
    writing.run(async () => logs.append(group, kind, await makeBody()))
  const rekeying = createSerial()
  const rekey = () =>
    rekeying.run(async (): Outcome =>
      (await keys.owesRekey()) ? append(entryKinds.rekey, () => keys.makeRekey()) : ok(undefined),
    )
  const change = async (type: GroupChange['type'], account: AccountId): Outcome => {
    const needsCuts = type !== 'add' && type !== 'makeAdmin'
    const written = await append(entryKinds.change, async () => {
      const cuts = needsCuts ? await departures.cutsOf(account) : []
      // Who leaves says so last of all, and it counts.
      const own = cuts.map((cut) => (cut.device === device.id ? { ...cut, control: cut.control + 1 } : cut))
      return encodeGroupChange({ type, account, cuts: own })
    })
    if (!written.ok || type === 'leave' || type === 'cut') return written
    const rekeyed = await rekey()
    return rekeyed.ok && type === 'add' && !linksHistory ? introduce() : rekeyed
  }

  /** A newcomer who cannot open what was said before has to hear anew what the room is called, and what it is about. */
  const introduce = async (): Outcome => {
    const { names, topics } = state.get()
    const name = names.at(-1)?.name
    const topic = topics.at(-1)?.topic
    const named = name === undefined ? ok(undefined) : await rename(name)
    return named.ok && topic ? setTopic(topic) : named
  }

  const write = async (body: ControlBody): Outcome => {
    const rekeyed = await rekey()
    return rekeyed.ok ? append(body.kind, () => encodeControlBody(body)) : rekeyed
  }

  const rename = (name: string) => write({ kind: entryKinds.room, room: content, name })
  const setTopic = (topic: string) => write({ kind: entryKinds.room, room: content, topic })

  const departures = watchDepartures({
    ...options,
    state,
    mayCut: () => isMember(me),
    cut: (account) => change('cut', account),
  })
  const stopKeeping = keepEpochs(
    // Where nothing has been said yet nobody needs a key.
    { state, keys, rekey, standingOf: () => (isMember(me) && keys.size() > 0 ? 'member' : 'unknown') },
    { device: device.id, linked, clock, random },
  )

  const controlRules: LogRules = {
    kinds: controlKinds,
    judge(entry) {
      const account = family().accountOf(entry.device)
      const { membership } = state.get()
      // A name's epoch may be made by an entry of the same update: what no key opens is never read.
      if (account === undefined || !membership.everMembers.has(account)) return 'early'
      return entry.seq < membership.controlCountOf(entry.device) ? 'good' : 'cutOff'
    },
  }
  const authors = () => {
    const { membership } = state.get()
    return {
      accountOf: (author: DeviceId) => family().accountOf(author),
      members: membership.everMembers,
      countsInRoom: (author: DeviceId, _log: LogId, page: number) => membership.countOf(author, page),
    }
  }

  return {
    genesis,
    state,
    keys,
    control: {
      id: group,
      bodies: bodiesInTurn,
      rules: controlRules,
      countOf: (author) => state.get().membership.controlCountOf(author),
      control: take,
    },
    room: {
      id: group,
      bodies: keys.bodies(rekey),
      rules: createRoomRules(content, {
        membership: authors,
        keys,
        powers: () => groupPowers(genesis, state.get().membership),
      }),
      countOf: (author, page) => state.get().membership.countOf(author, page),
      keepMs: () => retentionMs(state.get().keeps.at(-1)?.keep ?? 'forever'),
    },
    begin: take,
    refresh: () => turns.run(async () => state.set(await facts.fold())),
    isMember,
    change,
    add: (account) => append(entryKinds.change, () => encodeGroupChange({ type: 'add', account, cuts: [] })),
    rename,
    setTopic,
    keep: (keep) => write({ kind: entryKinds.retention, room: content, keep }),
    close() {
      stopKeeping()
      departures.close()
    },
  }
}
