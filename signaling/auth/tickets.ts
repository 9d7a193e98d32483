import type { Ticket as TicketText } from '../../shared/identifiers.ts'
import type { Ticket } from '../data/stored.ts'
import type { AuthServices } from './auth-services.ts'
import { newTicket, ticketHash } from './secrets.ts'

/** Makes a ticket; its text is told once, and only its hash is kept. */
export const issueTicket = async (
  { store, limits, now }: Pick<AuthServices, 'store' | 'limits' | 'now'>,
  ticket: Omit<Ticket, 'hash' | 'expiresAt'>,
): Promise<TicketText> => {
  const text = newTicket()
  await store.tickets.add({ ...ticket, hash: ticketHash(text), expiresAt: now() + limits.ticketMs })
  return text
}
