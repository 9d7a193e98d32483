import type { Certificate, Identity } from '../../../shared/certificate.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { mayActOn, type Role } from '../../../shared/roles.ts'
import type { LogId } from '../ports.ts'
import { createCuts } from './cuts.ts'
import { readDeviceAccounts } from './device-accounts.ts'
import type { Genesis } from './genesis.ts'
import { createLogCuts } from './log-cuts.ts'
import { createRanks } from './ranks.ts'
import {
  byTime,
  collect,
  joinsByInvitation,
  sortUnique,
  type Join,
  type PlacedStatement,
  type Said,
  type SignedStatement,
} from './said.ts'
import type { Cut, InvitationKey, Statement } from './statements.ts'

export type { PlacedStatement } from './said.ts'

export interface MemberDevice {
  certificate: Certificate
  isRevoked: boolean
}

export interface Member {
  identity: Identity
  role: Role
  isRemoved: boolean
  joinedAt: number
  devices: ReadonlyMap<DeviceId, MemberDevice>
  /** Whose place they took, with a new identity (I7). */
  replaces: AccountId | undefined
  /** What their membership rests on, besides the genesis. */
  standing: Standing
}

export type Standing =
  | { type: 'founder' }
  | { type: 'invited'; join: Statement; invitation: SignedStatement<'invitation'> }
  | { type: 'named'; role: SignedStatement<'role'> }

export interface Membership {
  genesis: Genesis
  members: ReadonlyMap<AccountId, Member>
  /** Also of devices revoked and members removed: what they wrote before stays theirs. */
  accountOf(device: DeviceId): AccountId | undefined
  certificateOf(device: DeviceId): Certificate | undefined
  /** Whether an entry of the family document counts: its device is some member's, and not cut off before it (G6). */
  counts(device: DeviceId, seq: number): boolean
  /**
   * How much of what a device wrote in a page of a room counts: all of it, until it is revoked or its account removed and somebody who
   * may has said what was there by then.
   */
  countsInRoom(device: DeviceId, log: LogId, page: number): number
  /** Devices that were revoked, and those of accounts that were removed. */
  out: readonly DeviceId[]
  /** Those of them whom nobody has cut yet. */
  uncut: readonly DeviceId[]
  /** Of all invitations given, whether or not anybody came by them. */
  invitationKeys: readonly InvitationKey[]
  /** Those of them that nobody has withdrawn. */
  openInvitations: readonly Invitation[]
  /** Who came by an invitation so far. */
  joinedBy(key: InvitationKey): readonly AccountId[]
  /** Whether a device's account was owner or admin where an entry of it stands in the family document. */
  wasInCharge(device: DeviceId, seq: number): boolean
  /** What the owner has said about somebody's role, oldest first. */
  rolesOf(account: AccountId): readonly SignedStatement<'role'>[]
}

type Invitation = SignedStatement<'invitation'>

/**
 * Who belongs to the family, from a set of statements: the same for every order in which they came (G7). Rank by rank, since the lower
 * can do nothing to the higher (G2): what the owner said decides who the admins are, what these said decides who the members are. So a
 * removed admin who back-dates cannot undo their own removal, and needs no clock that anybody trusts.
 */
export const foldMembership = (genesis: Genesis, placed: readonly PlacedStatement[]): Membership => {
  const devices = readDeviceAccounts(placed)
  const cuts = createCuts(devices)
  const accountOf = (device: DeviceId) => devices.certificateOf(device)?.identity.account
  const said = sortUnique(placed)
  const joins = joinsByInvitation(placed)

  // The owner's word. A cut of the owner's own devices can only come from a revocation.
  const fromOwner = said.filter(
    (one) => accountOf(one.statement.signer) === genesis.owner && !cuts.isCut(one),
  )
  const ofOwner = collect(fromOwner.map(({ statement }) => statement))
  const removed = new Set<AccountId>()
  const remove = (account: AccountId, listed: readonly Cut[]): void => {
    removed.add(account)
    cuts.cutAccount(account, listed)
  }
  for (const removal of ofOwner.removals)
    if (removal.account !== genesis.owner) remove(removal.account, removal.cuts)

  // Who is admin, and whose place the owner has given to somebody else: no admin can take that back.
  const admitted = new Map<AccountId, Standing>()
  const takeIn = (
    invitations: readonly Invitation[],
    withdrawals: readonly SignedStatement<'withdrawal'>[],
    mayReplace: (account: AccountId) => boolean,
  ) => {
    for (const invitation of admitJoins(invitations, withdrawals, joins, admitted))
      if (invitation.replaces !== undefined && mayReplace(invitation.replaces))
        remove(invitation.replaces, invitation.cuts ?? [])
  }
  const mayOwnerReplace = (account: AccountId) => account !== genesis.owner
  const isAdmins = ({ role }: Invitation) => role === 'admin'
  const isAgain = ({ replaces }: Invitation) => replaces !== undefined
  takeIn(ofOwner.invitations.filter(isAdmins), ofOwner.withdrawals, mayOwnerReplace)
  const ranks = createRanks(genesis.owner, new Set(admitted.keys()), ofOwner.roles)
  const ofMembers = ofOwner.invitations.filter((one) => !isAdmins(one))
  takeIn(ofMembers.filter(isAgain), ofOwner.withdrawals, mayOwnerReplace)

  // The admins' word.
  const fromAdmins = said.filter((one) => {
    const account = accountOf(one.statement.signer)
    if (account === undefined || account === genesis.owner || cuts.isCut(one)) return false
    return ranks.wasAdmin(account, one)
  })
  const ofAdmins = collect(fromAdmins.map(({ statement }) => statement))
  const memberInvitations = [
    ...ofMembers.filter((one) => !isAgain(one)),
    ...ofAdmins.invitations.filter((one) => !isAdmins(one)),
  ].sort(byTime)
  const withdrawals = [...ofOwner.withdrawals, ...ofAdmins.withdrawals]
  takeIn(memberInvitations, withdrawals, (account) => mayActOn('admin', ranks.now(account)))
  // Of the role then: or an admin could remove in advance who is to be demoted. And of the role now: or one could by back-dating.
  for (const { account, ms, cuts: listed } of ofAdmins.removals)
    if (ranks.at(account, ms) === 'member' && ranks.now(account) === 'member') remove(account, listed)

  const standings: [AccountId, Standing][] = [[genesis.owner, { type: 'founder' }], ...admitted]
  for (const role of ofOwner.roles)
    if (role.account !== genesis.owner && !admitted.has(role.account))
      standings.push([role.account, { type: 'named', role }])

  const members = new Map<AccountId, Member>()
  for (const [account, standing] of standings) {
    const identity = devices.identityOf(account)
    if (!identity || members.has(account)) continue // without a certificate nobody knows yet who that is
    members.set(account, {
      identity,
      standing,
      role: ranks.now(account),
      isRemoved: removed.has(account),
      joinedAt: joinedAt(genesis, standing),
      replaces: replacedBy(standing, removed),
      devices: new Map(
        devices
          .devicesOf(account)
          .map((certificate) => [
            certificate.device,
            { certificate, isRevoked: devices.revokedAfter(certificate.device) !== undefined },
          ]),
      ),
    })
  }

  const logCuts = createLogCuts()
  const isOut = (device: DeviceId): boolean => {
    const account = accountOf(device)
    return account !== undefined && (removed.has(account) || devices.revokedAfter(device) !== undefined)
  }
  const mayCut = (said: Said, device: DeviceId): boolean => {
    const [by, of] = [accountOf(said.statement.signer), accountOf(device)]
    if (by === undefined || of === undefined || !members.has(by) || cuts.isCut(said)) return false
    if (by === of) return said.statement.signer !== device
    return by === genesis.owner || (ranks.wasAdmin(by, said) && ranks.now(of) === 'member')
  }
  for (const one of said) {
    const { statement } = one
    if (statement.type === 'cut' && isOut(statement.device) && mayCut(one, statement.device))
      logCuts.add(statement.device, statement.logs)
  }
  const out = [...members.values()].flatMap((member) => [...member.devices.keys()]).filter(isOut)

  const given = [...ofOwner.invitations, ...ofAdmins.invitations]
  return {
    genesis,
    members,
    accountOf,
    certificateOf: (device) => devices.certificateOf(device),
    counts: (device, seq) => {
      const account = accountOf(device)
      return account !== undefined && members.has(account) && seq < cuts.of(device)
    },
    countsInRoom: (device, log, page) => (isOut(device) ? logCuts.lengthOf(device, log, page) : Infinity),
    out,
    uncut: out.filter((device) => !logCuts.has(device)),
    invitationKeys: given.map(({ key }) => key),
    openInvitations: given.filter(({ key }) => withdrawals.every((one) => one.key !== key)),
    joinedBy: (key) =>
      [...admitted].flatMap(([account, standing]) =>
        standing.type === 'invited' && standing.invitation.key === key ? [account] : [],
      ),
    wasInCharge: (device, seq) => {
      const account = accountOf(device)
      if (account === undefined) return false
      return account === genesis.owner || ranks.wasAdmin(account, { statement: { signer: device }, seq })
    },
    rolesOf: (account) => ofOwner.roles.filter((role) => role.account === account),
  }
}

/**
 * Takes in those who came by these invitations. When an invitation ended is for the server to watch: a newcomer's clock may be wrong by a
 * year. Of more than it has uses for, the first by their own word. Gives the invitations by which somebody came.
 */
const admitJoins = (
  invitations: readonly Invitation[],
  withdrawals: readonly SignedStatement<'withdrawal'>[],
  joins: ReadonlyMap<InvitationKey, readonly Join[]>,
  admitted: Map<AccountId, Standing>,
): Invitation[] => {
  const used: Invitation[] = []
  for (const invitation of invitations) {
    const withdrawn = withdrawals.filter(({ key }) => key === invitation.key)
    let left = invitation.uses
    for (const join of joins.get(invitation.key) ?? []) {
      if (left === 0) break
      if (!withdrawn.every(({ joined }) => joined.includes(join.account))) continue
      if (admitted.has(join.account)) continue
      admitted.set(join.account, { type: 'invited', join, invitation })
      left -= 1
    }
    if (left < invitation.uses) used.push(invitation)
  }
  return used
}

/** Whose place somebody took, if it was taken: who may not remove somebody may not give away their place either. */
const replacedBy = (standing: Standing, removed: ReadonlySet<AccountId>): AccountId | undefined => {
  const replaced = standing.type === 'invited' ? standing.invitation.replaces : undefined
  return replaced !== undefined && removed.has(replaced) ? replaced : undefined
}

const joinedAt = (genesis: Genesis, standing: Standing): number => {
  switch (standing.type) {
    case 'founder':
      return genesis.createdAt
    case 'invited':
      return standing.join.type === 'join' ? standing.join.ms : genesis.createdAt
    case 'named':
      return standing.role.ms
  }
}
