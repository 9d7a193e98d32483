import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Role } from '../../../shared/roles.ts'
import type { EntryTime } from '../log/entry.ts'
import { compareTimes } from '../log/hybrid-clock.ts'
import type { FeedId } from '../ports.ts'
import type { GroupChange } from './group-changes.ts'
import type { GroupGenesis } from './group-genesis.ts'
import type { Membership } from './membership.ts'

/** A change where it stands in the group's log. */
export interface PlacedChange {
  feed: FeedId
  device: DeviceId
  seq: number
  time: EntryTime
  change: GroupChange
}

export interface GroupMembership {
  /** Who is in it now, and what they may do. */
  roles: ReadonlyMap<AccountId, Role>
  /** Also those who have left. */
  everMembers: ReadonlySet<AccountId>
  /** The changes that count, in their order. */
  changes: readonly (PlacedChange & { by: AccountId })[]
  /** Whether a device was the owner's, or an admin's by then, when it wrote an entry about the group. */
  ruledAt(device: DeviceId, seq: number): boolean
  /** How many of a device's entries count: about the group, and in a page of the room (G6). */
  controlCountOf(device: DeviceId): number
  countOf(device: DeviceId, page: number): number
  /** Accounts that the family has removed, or whose device is revoked, and of which nobody here has said yet what counts. */
  uncut: readonly AccountId[]
}

const compare = (left: PlacedChange, right: PlacedChange): number =>
  compareTimes(left.time, right.time) || left.feed - right.feed || left.seq - right.seq

/**
 * Who belongs to a private group: the same for every order in which the changes came (G7). Rank by rank as in the family: what its owner
 * said decides who the admins are and who is out for good; the admins' word comes after, whatever date it bears.
 */
export const foldGroup = (
  genesis: GroupGenesis,
  family: Membership,
  placed: readonly PlacedChange[],
): GroupMembership => {
  const accountOf = (device: DeviceId) => family.accountOf(device)
  const isRevoked = (device: DeviceId): boolean => {
    const account = accountOf(device)
    return account !== undefined && family.members.get(account)?.devices.get(device)?.isRevoked === true
  }
  const isOutOfFamily = (account: AccountId) => family.members.get(account)?.isRemoved === true
  const sorted = [...placed].sort(compare).flatMap((one) => {
    const by = accountOf(one.device)
    return by === undefined ? [] : [{ ...one, by }]
  })
  type Said = (typeof sorted)[number]

  const cuts = createCuts()
  const counts = (said: Said): boolean => said.seq < cuts.controlOf(said.device)
  const isAbout = (account: AccountId) => (said: Said) => said.change.account === account

  // Of a device that is revoked, what another of the same account says counts.
  for (const said of sorted)
    if (said.change.type === 'cut' && said.by === said.change.account && !isRevoked(said.device))
      for (const cut of said.change.cuts) if (isRevoked(cut.device)) cuts.add(cut)

  const counted: Said[] = []
  const roles = new Map<AccountId, Role>()
  const everMembers = new Set<AccountId>()
  const limitAccount = (account: AccountId, change: GroupChange): void => {
    for (const device of family.members.get(account)?.devices.keys() ?? [])
      cuts.add(change.cuts.find((cut) => cut.device === device) ?? { device, control: 0, pages: [] })
  }
  let ruledAt: GroupMembership['ruledAt'] = () => false
  const cutOutsiders = (mayCut: (said: Said) => boolean) => {
    for (const said of sorted) {
      const { type, account } = said.change
      if (type === 'cut' && counts(said) && mayCut(said) && isOutOfFamily(account))
        limitAccount(account, said.change)
    }
  }

  if (genesis.type === 'direct') {
    for (const account of genesis.accounts) {
      everMembers.add(account)
      if (!isOutOfFamily(account)) roles.set(account, 'member')
    }
    cutOutsiders((said) => everMembers.has(said.by))
  } else {
    const owner = genesis.creator
    roles.set(owner, 'owner')
    everMembers.add(owner)
    const ofOwner = sorted.filter(
      (said) => said.by === owner && counts(said) && said.change.account !== owner,
    )
    const isOwners = new Set(ofOwner)
    const accounts = new Set(sorted.map(({ change }) => change.account))

    // The owner's word about each account: whether they are in it, and whether admin; and until where they were.
    const adminUntil = new Map<AccountId, GroupChange | undefined>()
    for (const account of accounts) {
      let isAdmin = false
      for (const { change } of ofOwner.filter(isAbout(account))) {
        if (change.type === 'makeAdmin') isAdmin = true
        else if (isAdmin && (change.type === 'makeMember' || change.type === 'remove')) {
          isAdmin = false
          adminUntil.set(account, change)
        }
        if (isAdmin) adminUntil.set(account, undefined)
      }
    }
    const wasAdmin = (by: AccountId, device: DeviceId, seq: number): boolean => {
      if (!adminUntil.has(by)) return false
      const ended = adminUntil.get(by)
      if (!ended) return true
      return seq < (ended.cuts.find((cut) => cut.device === device)?.control ?? 0)
    }
    ruledAt = (device, seq) => {
      const by = accountOf(device)
      return by !== undefined && (by === owner || wasAdmin(by, device, seq))
    }
    const isAdmins = new Set(
      sorted.filter((said) => said.by !== owner && wasAdmin(said.by, said.device, said.seq) && counts(said)),
    )
    const adminMay = ({ type, account }: GroupChange): boolean =>
      account !== owner && (type === 'add' || (type === 'remove' && !adminUntil.has(account)))

    for (const account of accounts) {
      if (account === owner) continue
      const words = sorted.filter(
        (said) =>
          said.change.account === account &&
          counts(said) &&
          (isOwners.has(said) ||
            (isAdmins.has(said) && adminMay(said.change)) ||
            (said.by === account && said.change.type === 'leave')),
      )
      const lastOfOwner = words.findLast(({ by, change }) => by === owner && change.type !== 'makeMember')
      let isIn = false
      let out: GroupChange | undefined
      for (const said of words) {
        const { change } = said
        if (change.type === 'add') {
          // Whom the owner has put out, no admin lets in again.
          if (said.by !== owner && lastOfOwner?.change.type === 'remove') continue
          if (isIn) continue
          isIn = true
          everMembers.add(account)
        } else if (change.type === 'remove' || change.type === 'leave') {
          if (!isIn) continue
          isIn = false
          out = change
        } else if (change.type === 'cut') continue
        else if (!isIn) continue
        counted.push(said)
      }
      if (!isIn) {
        if (out) limitAccount(account, out)
        continue
      }
      if (!isOutOfFamily(account))
        roles.set(account, adminUntil.has(account) && !adminUntil.get(account) ? 'admin' : 'member')
    }
    const left = sorted.find(
      ({ by, change }) => by === owner && change.type === 'leave' && change.account === owner,
    )
    if (left) {
      counted.push(left)
      limitAccount(owner, left.change)
    }
    if (left || isOutOfFamily(owner)) roles.delete(owner)
    cutOutsiders(({ by }) => roles.has(by))
  }

  const gone = [...everMembers].filter((account) => {
    const devices = [...(family.members.get(account)?.devices.keys() ?? [])]
    return devices.some((device) => (isOutOfFamily(account) || isRevoked(device)) && !cuts.has(device))
  })
  return {
    roles,
    everMembers,
    changes: counted.sort(compare),
    controlCountOf: cuts.controlOf,
    countOf: cuts.countOf,
    ruledAt,
    uncut: gone,
  }
}

/** Of several cuts the shortest counts. */
const createCuts = () => {
  const cuts = new Map<DeviceId, GroupChange['cuts'][number][]>()
  const of = (device: DeviceId) => cuts.get(device) ?? []
  return {
    add(cut: GroupChange['cuts'][number]) {
      cuts.set(cut.device, [...of(cut.device), cut])
    },
    has: (device: DeviceId) => cuts.has(device),
    controlOf: (device: DeviceId): number => Math.min(...of(device).map(({ control }) => control)),
    countOf: (device: DeviceId, page: number): number =>
      Math.min(...of(device).map(({ pages }) => pages.find((one) => one.page === page)?.length ?? 0)),
  }
}
