import type { AccountRow } from '../../../shared/accounts.ts'
import { mayActOn, roleSchema, type Role } from '../../../shared/roles.ts'
import type { Person } from '../../core/hearth.ts'

/** What somebody may do about a member, or about one who waits (G2). What one may not do is not shown. */
export type MemberAction =
  | { type: 'setRole'; role: Exclude<Role, 'owner'> }
  | { type: 'setDisabled'; isDisabled: boolean }
  | { type: 'inviteAgain' }
  | { type: 'remove' }

const isGrantable = (role: Role): role is Exclude<Role, 'owner'> => role !== 'owner'

/** Which roles somebody may give (G2). */
export const grantableRoles = (mine: Role): Exclude<Role, 'owner'>[] =>
  roleSchema.options.filter(isGrantable).filter((role) => mayActOn(mine, role))

/** `row` is what the server knows of them; without it, what depends on it is left out. */
export const actionsFor = (
  mine: Role,
  person: Pick<Person, 'role' | 'isMe' | 'isRemoved'>,
  row: Pick<AccountRow, 'isDisabled'> | undefined,
): MemberAction[] => {
  if (person.isMe || person.isRemoved || !mayActOn(mine, person.role)) return []
  return [
    ...grantableRoles(mine)
      .filter((role) => role !== person.role)
      .map((role) => ({ type: 'setRole' as const, role })),
    ...(row ? [{ type: 'setDisabled' as const, isDisabled: !row.isDisabled }] : []),
    { type: 'inviteAgain' },
    { type: 'remove' },
  ]
}

/** Whether one sees the server's side of things at all: invitations, those who wait, the server page. */
export const mayManage = (mine: Role): boolean => grantableRoles(mine).length > 0

export const mayLetIn = (mine: Role, row: Pick<AccountRow, 'role' | 'isWaiting'>): boolean =>
  row.isWaiting && mayActOn(mine, row.role)
