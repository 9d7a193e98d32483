import type { Selectable } from 'kysely'
import { foldName } from '../../../shared/names.ts'
import type { RegistrationOutcome, RegistrationRefusal, RegistrationWish } from '../accounts-store.ts'
import { stateOf, type Account, type StoredInvitation, type Ticket } from '../stored.ts'
import type { Queries } from './database.ts'
import { endSessionsOfAccount, takeDevice } from './devices.ts'
import { invitationByCode, revokeInvitationsOf } from './invitations.ts'
import type { Tables } from './tables.ts'
import { takeTicket } from './tickets.ts'

const refusals = {
  used: 'invitationUsed',
  expired: 'invitationExpired',
  revoked: 'invitationRevoked',
} as const

/**
 * All of a registration, in one transaction (A1): whole or not at all. Taking the ticket is its first write, so of two at the same
 * instant the second sees what the first has left; and whatever is refused has used up nothing but the ticket.
 */
export const registerAccount = async (
  transaction: Queries,
  wish: RegistrationWish,
  accountOf: (row: Selectable<Tables['accounts']>) => Account,
): Promise<RegistrationOutcome> => {
  const { now } = wish
  const ticket = await takeTicket(transaction, wish.ticket, ['registration'], now)
  if (ticket?.name === undefined || ticket.invitation === undefined || ticket.data === undefined)
    return refused('ticketUnknown')
  const invitation = await invitationByCode(transaction, ticket.invitation)
  if (!invitation) return refused('invitationUnknown')
  const state = stateOf(invitation, now)
  if (state !== 'open') return refused(refusals[state])
  const why = await whyNot(transaction, { wish, ticket, invitation })
  if (why) return refused(why)

  const ended = invitation.again ? await endSessionsOfAccount(transaction, invitation.again) : []
  if (invitation.again) {
    await revokeInvitationsOf(transaction, invitation.again, now)
    await transaction.deleteFrom('accounts').where('account', '=', invitation.again).execute()
  }
  await transaction
    .updateTable('invitations')
    .set({ used: invitation.used + 1 })
    .where('id', '=', invitation.id)
    .execute()
  const account = await transaction
    .insertInto('accounts')
    .values({
      ...wish.account,
      keyringBox: wish.account.keyringBox ?? null,
      admissionBox: null,
      name: ticket.name,
      foldedName: foldName(ticket.name),
      opaqueId: ticket.data,
      role: invitation.role,
      isDisabled: 0,
      createdAt: now,
      lastSeenAt: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await takeDevice(transaction, { ...wish.device, account: account.account, now, maxDevices: 1 })
  await transaction
    .insertInto('sessions')
    .values({ session: wish.session, device: wish.device.device, usedAt: now })
    .execute()
  return { type: 'registered', account: accountOf(account), ended }
}

const refused = (why: RegistrationRefusal): RegistrationOutcome => ({ type: 'refused', why })

const whyNot = async (
  transaction: Queries,
  { wish, ticket, invitation }: { wish: RegistrationWish; ticket: Ticket; invitation: StoredInvitation },
): Promise<RegistrationRefusal | undefined> => {
  // Whoever is invited again makes room for themselves.
  const accounts = await transaction
    .selectFrom('accounts')
    .select(['account', 'foldedName', 'role'])
    .execute()
  const others = accounts.filter(({ account }) => account !== invitation.again)
  if (others.length >= wish.maxAccounts) return 'full'
  // G2: one owner. A link for the first of a family opens nothing once there is one.
  if (invitation.role === 'owner' && others.some(({ role }) => role === 'owner')) return 'invitationUsed'
  const folded = foldName(ticket.name ?? '')
  if (others.some(({ foldedName }) => foldedName === folded)) return 'nameTaken'
  if (others.some(({ account }) => account === wish.account.account)) return 'identityTaken'
  const device = await transaction
    .selectFrom('devices')
    .select('account')
    .where('device', '=', wish.device.device)
    .executeTakeFirst()
  if (device && device.account !== invitation.again) return 'identityTaken'
  const revoked = await transaction
    .selectFrom('revokedDevices')
    .select('device')
    .where('device', '=', wish.device.device)
    .executeTakeFirst()
  return revoked ? 'identityTaken' : undefined
}
