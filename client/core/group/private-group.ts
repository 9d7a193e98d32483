import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { groupLimits } from '../../../shared/limits.ts'
import { parseRoomName } from '../../../shared/names.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Device } from '../identity/device.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { entryKinds, type EntryKind } from '../log/entry.ts'
import { openBody, type SignedEntry } from '../log/feed.ts'
import type { LogRules } from '../log/gate.ts'
import type { LogGroup } from '../log/log-group.ts'
import type { Logs } from '../log/logs.ts'
import { createSerial } from '../log/serial.ts'
import type { Clock, FeedId, LogId, Random, StoreProblem, Timer } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import { encodeControlBody, parseControlBody } from './control-bodies.ts'
import { encodeGroupChange, parseGroupChange, type DeviceCut, type GroupChange } from './group-changes.ts'
import { foldGroup, type GroupMembership, type PlacedChange } from './group-fold.ts'
import type { GroupGenesis } from './group-genesis.ts'
import { createGroupKeys, type GroupKeys } from './group-keys.ts'
import { drawMoment, keepEpochs } from './keep-epochs.ts'
import type { Membership } from './membership.ts'
import { recipientsOf } from './recipients.ts'
import { parseRekey, recipientIdOf, type Rekey } from './rekey.ts'
import { createRoomRules } from './room-rules.ts'

/** What a private room or a direct conversation is now. */
export interface GroupState {
  membership: GroupMembership
  /** Of a room: the newest name that somebody who may gave it; undefined while this device cannot read one. */
  names: readonly { name: string; by: AccountId; ms: number; key: string }[]
  /** When and by whom keys were made. */
  rekeys: readonly { by: AccountId; ms: number; key: string }[]
}

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
  change(type: GroupChange['type'], account: AccountId): Promise<Result<void, StoreProblem>>
  /** Without new keys: for those who are there from the beginning, who get the first. */
  add(account: AccountId): Promise<Result<void, StoreProblem>>
  rename(name: string): Promise<Result<void, StoreProblem>>
  close(): void
}

export interface PrivateGroupOptions {
  genesis: GroupGenesis
  device: Device
  me: AccountId
  family(): Membership
  logs: Logs
  feedOf(device: DeviceId): Promise<FeedId>
  clock: Clock
  random: Random
}

const controlKinds: ReadonlySet<EntryKind> = new Set([
  entryKinds.genesis,
  entryKinds.change,
  entryKinds.rekey,
  entryKinds.room,
])

export const createPrivateGroup = (options: PrivateGroupOptions): PrivateGroup => {
  const { genesis, device, me, family, logs, clock, random } = options
  const { group, content } = genesis
  const place = { group, log: group, page: 0 }
  const keys = createGroupKeys({
    group,
    own: [{ id: recipientIdOf(device.id), kem: device.kem }],
    given: [],
    clock,
    random,
    linksHistory: genesis.type === 'direct' || genesis.history === 'all',
  })
  const changes: PlacedChange[] = []
  const rekeys: { rekey: Rekey; entry: SignedEntry }[] = []
  const unread: SignedEntry[] = []
  const named: { name: string; entry: SignedEntry }[] = []
  const keyOf = ({ feed, seq }: SignedEntry) => `${feed}-${seq}`

  const take = (entries: readonly SignedEntry[]) => {
    for (const entry of entries) {
      const { feed, device: author, seq, time } = entry
      if (entry.kind === entryKinds.change) {
        const change = parseGroupChange(entry.body)
        if (change) changes.push({ feed, device: author, seq, time, change })
      } else if (entry.kind === entryKinds.rekey) {
        const rekey = parseRekey(entry.body)
        if (rekey) rekeys.push({ rekey, entry })
      } else if (entry.kind === entryKinds.room) {
        unread.push(entry)
      }
    }
  }

  const readNames = async () => {
    for (const entry of unread.splice(0)) {
      if (!(await keys.canOpen(entry.epoch))) {
        unread.push(entry)
        continue
      }
      const plaintext = await openBody(controlBodies, place, entry)
      const body = plaintext && parseControlBody(entry.kind, plaintext)
      const name = body?.kind === entryKinds.room ? parseRoomName(body.name) : undefined
      if (name?.ok) named.push({ name: name.value, entry })
    }
  }

  const fold = async (): Promise<GroupState> => {
    const members = family()
    const membership = foldGroup(genesis, members, changes)
    const counts = ({ device: author, seq }: SignedEntry) => {
      const account = members.accountOf(author)
      return (
        account !== undefined &&
        membership.everMembers.has(account) &&
        seq < membership.controlCountOf(author)
      )
    }
    const made = rekeys.filter(({ entry }) => counts(entry))
    keys.learn({
      recipients: recipientsOf(members, (account) => membership.roles.has(account)),
      rekeys: made.map(({ rekey, entry }) => ({ rekey, ms: entry.time.ms })),
    })
    await readNames()
    const describe = ({ entry }: { entry: SignedEntry }) => {
      const by = members.accountOf(entry.device)
      return by === undefined ? [] : [{ by, ms: entry.time.ms, key: keyOf(entry) }]
    }
    const isRuler = (account: AccountId) => (membership.roles.get(account) ?? 'member') !== 'member'
    return {
      membership,
      names: named
        .filter(({ entry }) => counts(entry))
        .flatMap((one) => describe(one).map((told) => ({ name: one.name, ...told })))
        .filter(({ by }) => isRuler(by))
        .sort((left, right) => left.ms - right.ms || (left.key < right.key ? -1 : 1)),
      rekeys: made.flatMap(describe),
    }
  }

  const state = createValue<GroupState>({
    membership: foldGroup(genesis, family(), []),
    names: [],
    rekeys: [],
  })
  const turns = createSerial()
  const refresh = () => turns.run(async () => state.set(await fold()))

  // ---- writing

  const append = (kind: EntryKind, body: Uint8Array<ArrayBuffer>) => logs.append(group, kind, body)
  const rekeying = createSerial()
  const rekey = () =>
    rekeying.run(async (): Promise<Result<void, StoreProblem>> =>
      (await keys.owesRekey()) ? append(entryKinds.rekey, await keys.makeRekey()) : ok(undefined),
    )
  /** In the log's own turn no other entry of it can be written: whoever writes sees to the epoch before. */
  const controlBodies: BodyCipher = keys.bodies(() =>
    Promise.resolve(fail({ type: 'storeFailed', detail: 'the keys changed just now' })),
  )

  const controlRules: LogRules = {
    kinds: controlKinds,
    judge(entry) {
      const members = family()
      const account = members.accountOf(entry.device)
      const { membership } = state.get()
      if (account === undefined || !membership.everMembers.has(account)) return 'early'
      // A name's epoch may be made by an entry of the same update: what no key opens is never read.
      return entry.seq < membership.controlCountOf(entry.device) ? 'good' : 'cutOff'
    },
  }
  const seenInRoom = {
    accountOf: (author: DeviceId) => family().accountOf(author),
    get members() {
      return state.get().membership.everMembers
    },
    countsInRoom: (author: DeviceId, _log: LogId, page: number) =>
      state.get().membership.countOf(author, page),
  }

  const cutsOf = async (account: AccountId): Promise<DeviceCut[]> => {
    const cuts: DeviceCut[] = []
    for (const of of family().members.get(account)?.devices.keys() ?? []) {
      const feed = await options.feedOf(of)
      const lengthIn = (log: LogId) =>
        [...(logs.lengths().get(log) ?? [])].flatMap(([page, lengths]) => {
          const length = lengths.get(feed) ?? 0
          return length > 0 ? [{ page, length }] : []
        })
      const control = lengthIn(group).reduce((sum, { length }) => sum + length, 0)
      cuts.push({ device: of, control, pages: lengthIn(content) })
    }
    return cuts
  }

  const change = async (
    type: GroupChange['type'],
    account: AccountId,
  ): Promise<Result<void, StoreProblem>> => {
    const needsCuts = type !== 'add' && type !== 'makeAdmin'
    const cuts = needsCuts ? await cutsOf(account) : []
    // Who leaves says this last of all about the group, and it counts.
    const own = (cut: DeviceCut) => (cut.device === device.id ? { ...cut, control: cut.control + 1 } : cut)
    const written = await append(entryKinds.change, encodeGroupChange({ type, account, cuts: cuts.map(own) }))
    if (!written.ok || type === 'leave' || type === 'cut') return written
    return rekey()
  }

  const isMember = (account: AccountId | undefined): boolean =>
    account !== undefined && state.get().membership.roles.has(account)

  let timer: Timer | undefined
  const cutGone = () => {
    if (state.get().membership.uncut.length === 0 || !isMember(me)) return
    timer ??= clock.setTimer(
      () => {
        timer = undefined
        void (async () => {
          for (const account of state.get().membership.uncut) await change('cut', account)
        })()
      },
      drawMoment(random, groupLimits.cutSpreadMs),
    )
  }
  const limitLengths = async () => {
    const { membership } = state.get()
    const limits = new Map<FeedId, (log: LogId, page: number) => number>()
    for (const account of membership.everMembers)
      for (const of of family().members.get(account)?.devices.keys() ?? [])
        if (membership.countOf(of, -1) !== Infinity)
          limits.set(await options.feedOf(of), (log, page) => {
            if (log === group) return membership.controlCountOf(of)
            return log === content ? membership.countOf(of, page) : Infinity
          })
    if (limits.size > 0) logs.limit(limits, group)
  }
  const leave = [
    state.subscribe(() => {
      cutGone()
      void limitLengths()
    }),
    keepEpochs(
      // Where nothing has been said yet nobody needs a key.
      { state, keys, rekey, standingOf: () => (isMember(me) && keys.size() > 0 ? 'member' : 'unknown') },
      { device: device.id, clock, random },
    ),
  ]

  return {
    genesis,
    state,
    keys,
    control: {
      id: group,
      bodies: controlBodies,
      rules: controlRules,
      countOf: (author) => state.get().membership.controlCountOf(author),
      control: (entries) =>
        turns.run(async () => {
          take(entries)
          state.set(await fold())
        }),
    },
    room: {
      id: group,
      bodies: keys.bodies(rekey),
      rules: createRoomRules(content, { membership: () => seenInRoom, keys }),
      countOf: (author, page) => state.get().membership.countOf(author, page),
    },
    begin: (entries) =>
      turns.run(async () => {
        take(entries)
        state.set(await fold())
      }),
    refresh,
    isMember,
    change,
    add: (account) => append(entryKinds.change, encodeGroupChange({ type: 'add', account, cuts: [] })),
    async rename(name) {
      const rekeyed = await rekey()
      if (!rekeyed.ok) return rekeyed
      return append(entryKinds.room, encodeControlBody({ kind: entryKinds.room, room: content, name }))
    },
    close() {
      for (const off of leave) off()
      if (timer !== undefined) clock.clearTimer(timer)
    },
  }
}
