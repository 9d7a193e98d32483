import type { Selectable } from 'kysely'
import type { TicketStore } from '../accounts-store.ts'
import type { Ticket, TicketKind } from '../stored.ts'
import type { Queries } from './database.ts'
import type { Tables } from './tables.ts'

export const createTicketStore = (queries: Queries): TicketStore => ({
  add: async (ticket) => {
    await queries
      .insertInto('tickets')
      .values({
        hash: ticket.hash,
        kind: ticket.kind,
        account: ticket.account ?? null,
        device: ticket.device ?? null,
        name: ticket.name ?? null,
        invitation: ticket.invitation ?? null,
        data: ticket.data ?? null,
        expiresAt: ticket.expiresAt,
      })
      .execute()
  },
  find: async (hash, kinds, now) => {
    const row = await queries
      .selectFrom('tickets')
      .selectAll()
      .where('hash', '=', hash)
      .where('kind', 'in', kinds)
      .where('expiresAt', '>', now)
      .executeTakeFirst()
    return row && ticketOf(row)
  },
  take: (hash, kinds, now) => takeTicket(queries, hash, kinds, now),
  prune: async (now) => {
    await queries.deleteFrom('tickets').where('expiresAt', '<=', now).execute()
  },
})

/** One statement: of two takers one gets it. */
export const takeTicket = async (
  queries: Queries,
  hash: string,
  kinds: readonly TicketKind[],
  now: number,
): Promise<Ticket | undefined> => {
  const row = await queries
    .deleteFrom('tickets')
    .where('hash', '=', hash)
    .where('kind', 'in', kinds)
    .where('expiresAt', '>', now)
    .returningAll()
    .executeTakeFirst()
  return row && ticketOf(row)
}

const ticketOf = (row: Selectable<Tables['tickets']>): Ticket => ({
  hash: row.hash,
  kind: row.kind,
  expiresAt: row.expiresAt,
  account: row.account ?? undefined,
  device: row.device ?? undefined,
  name: row.name ?? undefined,
  invitation: row.invitation ?? undefined,
  data: row.data ?? undefined,
})
