import type { InvitationRow } from '../../../shared/invitations.ts'
import type { Role } from '../../../shared/roles.ts'
import type { Moments } from '../moments.ts'
import type { MemberAction } from './role-menu.ts'

export const roleNames: Readonly<Record<Role, string>> = { owner: 'Owner', admin: 'Admin', member: 'Member' }

/** What a role is for, to whoever chooses one for somebody. */
export const roleNotes: Readonly<Record<Exclude<Role, 'owner'>, string>> = {
  member: 'Talks, and comes into every open room.',
  admin: 'Also invites people and removes members.',
}

const asRole: Readonly<Record<Role, string>> = { owner: 'the owner', admin: 'an admin', member: 'a member' }

/** Whom an invitation is for. */
export const describeInvitation = ({ role, againAs }: InvitationRow): string =>
  againAs === undefined ? `For ${asRole[role]}` : `For ${againAs}, again`

/** How an invitation stands, its expiry in words (ux 3). */
export const describeInvitationState = (row: InvitationRow, moments: Moments, nowMs: number): string => {
  const used = row.uses > 1 ? ` ${row.used} of ${row.uses} have come.` : ''
  switch (row.state) {
    case 'open':
      return row.expiresAt <= nowMs
        ? `Its time was over ${moments.at(row.expiresAt, nowMs)}.${used}`
        : `Good until ${moments.at(row.expiresAt, nowMs)}.${used}`
    case 'used':
      return row.uses > 1 ? `All ${row.uses} have come.` : 'They have come.'
    case 'expired':
      return `Its time was over ${moments.at(row.expiresAt, nowMs)}.${used}`
    case 'revoked':
      return `Revoked.${used}`
  }
}

export const isOpenInvitation = (row: InvitationRow, nowMs: number): boolean =>
  row.state === 'open' && row.expiresAt > nowMs

export const actionLabel = (action: MemberAction): string => {
  switch (action.type) {
    case 'setRole':
      return `Make ${asRole[action.role]}`
    case 'setDisabled':
      return action.isDisabled ? 'Turn off sign-in' : 'Turn on sign-in'
    case 'inviteAgain':
      return 'Invite again'
    case 'remove':
      return 'Remove from the family'
  }
}

export const actionNote = (action: MemberAction): string => {
  switch (action.type) {
    case 'setRole':
      return action.role === 'admin'
        ? 'May invite people and remove members'
        : 'May not invite or remove any more'
    case 'setDisabled':
      return action.isDisabled ? 'For a while: nothing is deleted' : 'They can come in again'
    case 'inviteAgain':
      return 'If they lost both their password and their phrase'
    case 'remove':
      return 'For good'
  }
}
