import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { hasNewIdentity, type FamilyState } from '../group/family-state.ts'
import type { ConnectionState, Holder, Person, Room } from '../hearth.ts'
import type { LogId, Network } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import { waysOfLinked } from './person-ways.ts'
import type { RoomFacts } from './room-facts.ts'
import type { TrustMarks } from './trust-marks.ts'

/** Who is in the family, who is here, which rooms there are, and how the wires do. */
export interface Roster {
  readonly me: Value<Person>
  readonly people: Value<readonly Person[]>
  readonly rooms: Value<readonly Room[]>
  readonly connection: Value<ConnectionState>
  typingIn(room: LogId): Value<readonly Person[]>
  person(account: AccountId): Person
  /** Whose device it is. */
  author(device: DeviceId): Person
  holder(device: DeviceId): Holder
  close(): void
}

export interface RosterOptions {
  /** This device's account, and what it is called until its profile has come. */
  me: AccountId
  loginName: string
  general: LogId
  family: Value<FamilyState>
  rooms: Value<ReadonlyMap<LogId, RoomFacts>>
  trust: Value<TrustMarks>
  network: Value<Network | undefined>
}

type LinkedAccounts = ReturnType<typeof waysOfLinked>

export const createRoster = (options: RosterOptions): Roster => {
  const { me, general, family, trust, network } = options
  const accountOf = (device: DeviceId) => family.get().membership.accountOf(device)
  const linkedAccounts = (): LinkedAccounts => {
    const { links, ways } = network.get() ?? {}
    const devices = (links?.get() ?? []).map(({ device }) => device)
    return waysOfLinked(devices, accountOf, ways?.get() ?? new Map())
  }

  const personWith = (account: AccountId, here: LinkedAccounts): Person => {
    const state = family.get()
    const member = state.membership.members.get(account)
    const profile = state.profiles.get(account)
    const marks = trust.get()
    const way = account === me ? undefined : here.get(account)
    return {
      id: account,
      name: profile?.name ?? (account === me ? options.loginName : 'Somebody'),
      isMe: account === me,
      isHere: account === me || here.has(account),
      ...(way && { way }),
      role: member?.role ?? 'member',
      status: profile?.status ?? '',
      picture: profile?.picture,
      isRemoved: member?.isRemoved ?? false,
      isVerified: marks.verified.has(account),
      isBlocked: marks.blocked.has(account),
      hasNewIdentity: account !== me && !marks.accepted.has(account) && hasNewIdentity(state, account),
    }
  }
  const person = (account: AccountId) => personWith(account, linkedAccounts())
  /** A device nobody has vouched for yet stands for itself. */
  const author = (device: DeviceId) => person(accountOf(device) ?? (device as string as AccountId))

  const readPeople = () => {
    const { profiles, membership } = family.get()
    const here = linkedAccounts()
    const accounts = new Set([me, ...profiles.keys()])
    return [...accounts]
      .filter((account) => account === me || membership.members.get(account)?.isRemoved === false)
      .map((account) => personWith(account, here))
      .sort(byMeThenName)
  }
  const readRooms = () => {
    const here = linkedAccounts()
    return [...options.rooms.get().values()].flatMap((room): Room[] => {
      const isGeneral = room.id === general
      const isJoined = isGeneral || room.members.has(me)
      const members = [...room.members].map((account) => personWith(account, here)).sort(byMeThenName)
      const other = room.kind === 'direct' ? members.find(({ isMe }) => !isMe) : undefined
      if (other?.isBlocked) return []
      return [
        {
          id: room.id,
          kind: room.kind,
          name: other?.name ?? (room.name || 'Private room'),
          isGeneral,
          isJoined,
          members,
          roles: room.roles,
          history: room.history,
          keep: room.keep,
          mayChangeKeep: room.mayChangeKeep(me),
          ...(room.topic && { topic: room.topic }),
        },
      ]
    })
  }
  const readConnection = (): ConnectionState => ({
    server: network.get()?.server.get() ?? 'notYet',
    linkedDevices: network.get()?.links.get().length ?? 0,
  })
  const readTyping = (room: LogId) => {
    const accounts = [...(network.get()?.presence.get() ?? [])]
      .filter(([, presence]) => presence.typingIn === room)
      .map(([device]) => author(device))
    const others = accounts.filter(({ isMe }) => !isMe)
    return [...new Map(others.map((one) => [one.id, one])).values()]
  }

  const values = {
    me: createValue(person(me)),
    people: createValue<readonly Person[]>(readPeople()),
    rooms: createValue<readonly Room[]>(readRooms()),
    connection: createValue(readConnection()),
  }
  const typing = new Map<LogId, ReturnType<typeof createValue<readonly Person[]>>>()

  const refresh = () => {
    values.me.set(person(me))
    values.people.set(readPeople())
    values.rooms.set(readRooms())
    values.connection.set(readConnection())
    refreshTyping()
  }
  /** They are looked at whenever a Link comes or goes, and seldom turn out otherwise: then nothing is made anew. */
  const refreshWays = () => {
    const here = linkedAccounts()
    const isNews = values.people.get().some(({ id, isMe, way }) => !isMe && way !== here.get(id))
    if (isNews) refresh()
  }
  const refreshTyping = () => {
    for (const [room, value] of typing) value.set(readTyping(room))
  }

  let leaveNetwork: (() => void)[] = []
  const leave = [
    family.subscribe(refresh),
    options.rooms.subscribe(refresh),
    trust.subscribe(refresh),
    network.subscribe((attached) => {
      for (const off of leaveNetwork) off()
      leaveNetwork = attached
        ? [
            attached.links.subscribe(refresh),
            ...(attached.ways ? [attached.ways.subscribe(refreshWays)] : []),
            attached.server.subscribe(refresh),
            attached.presence.subscribe(refreshTyping),
          ]
        : []
      refresh()
    }),
  ]

  return {
    ...values,
    person,
    author,
    holder: (device) => ({
      person: author(device),
      deviceName: family.get().membership.certificateOf(device)?.name ?? '',
    }),
    typingIn(room) {
      const value = typing.get(room) ?? createValue<readonly Person[]>(readTyping(room))
      typing.set(room, value)
      return value
    },
    close() {
      for (const off of [...leave, ...leaveNetwork]) off()
    },
  }
}

const byMeThenName = (left: Person, right: Person): number =>
  Number(right.isMe) - Number(left.isMe) || left.name.localeCompare(right.name)
