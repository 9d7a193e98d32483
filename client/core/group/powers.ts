import type { AccountId } from '../../../shared/identifiers.ts'
import { mayActOn, type Role } from '../../../shared/roles.ts'
import type { ErasePermission } from '../log/gate.ts'
import type { GroupMembership } from './group-fold.ts'
import type { GroupGenesis } from './group-genesis.ts'
import type { Membership } from './membership.ts'

/** Who stands above whom in a group (G2). */
export interface Powers {
  roleOf(account: AccountId): Role
  /** Whether somebody was ever more than a member. */
  wasAdmin(account: AccountId): boolean
}

/** P4: everybody may erase what they wrote themselves, on whichever device; admins what members wrote, the owner everything. */
export const judgeErasing = (powers: Powers, eraser: AccountId, author: AccountId): ErasePermission => {
  if (eraser === author || mayActOn(powers.roleOf(eraser), powers.roleOf(author))) return 'yes'
  return powers.wasAdmin(eraser) && powers.roleOf(author) !== 'owner' ? 'once' : 'no'
}

export const familyPowers = ({ members, rolesOf }: Membership): Powers => ({
  roleOf: (account) => members.get(account)?.role ?? 'member',
  wasAdmin(account) {
    const member = members.get(account)
    if (member?.role === 'owner') return true
    if (member?.standing.type === 'invited' && member.standing.invitation.role === 'admin') return true
    return rolesOf(account).some(({ role }) => role === 'admin')
  },
})

export const groupPowers = (genesis: GroupGenesis, { roles, changes }: GroupMembership): Powers => ({
  roleOf: (account) => roles.get(account) ?? 'member',
  wasAdmin: (account) =>
    (genesis.type === 'room' && genesis.creator === account) ||
    changes.some(({ change }) => change.type === 'makeAdmin' && change.account === account),
})
