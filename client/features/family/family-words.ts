import type { InvitationRow } from '../../../shared/invitations.ts'
import type { Role } from '../../../shared/roles.ts'
import { formatNumber, t, tCount, type WordKey } from '../../ui/language/language.ts'
import type { Moments } from '../moments.ts'

export const roleNames = {
  owner: 'family.role.owner',
  admin: 'family.role.admin',
  member: 'family.role.member',
} as const satisfies Record<Role, WordKey>

/** What a role is for, to whoever chooses one for somebody. */
export const roleNotes = {
  admin: 'family.role.adminNote',
  member: 'family.role.memberNote',
} as const satisfies Record<Exclude<Role, 'owner'>, WordKey>

const invited = {
  owner: 'family.invitations.forOwner',
  admin: 'family.invitations.forAdmin',
  member: 'family.invitations.forMember',
} as const satisfies Record<Role, WordKey>

/** Whom an invitation is for. */
export const describeInvitation = ({ role, againAs }: InvitationRow): string =>
  againAs === undefined ? t(invited[role]) : t('family.invitations.forAgain', { who: againAs })

const describeTime = (row: InvitationRow, moments: Moments, nowMs: number): string => {
  const when = moments.at(row.expiresAt, nowMs)
  return isOpenInvitation(row, nowMs)
    ? t('family.invitations.goodUntil', { when })
    : t('family.invitations.timeOver', { when })
}

/** How an invitation stands, its expiry in words (ux 3). */
export const describeInvitationState = (row: InvitationRow, moments: Moments, nowMs: number): string => {
  if (row.state === 'used') return tCount('family.invitations.allCame', row.uses)
  const state = row.state === 'revoked' ? t('family.invitations.revoked') : describeTime(row, moments, nowMs)
  return row.uses > 1
    ? `${state} ${tCount('family.invitations.someCame', row.used, { uses: formatNumber(row.uses) })}`
    : state
}

export const isOpenInvitation = (row: InvitationRow, nowMs: number): boolean =>
  row.state === 'open' && row.expiresAt > nowMs
