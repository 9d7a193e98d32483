import { sql } from 'kysely'
import type { EventStore } from '../accounts-store.ts'
import type { Queries } from './database.ts'

const maxEvents = 1_000

export const createEventStore = (queries: Queries): EventStore => ({
  add: async (events) => {
    if (events.length === 0) return
    const rows = events.slice(-maxEvents).map(({ at, kind, account, who, address, why }) => ({
      at,
      kind,
      account: account ?? null,
      who: who ?? null,
      address: address ?? null,
      why: why ?? null,
    }))
    await queries.transaction().execute(async (transaction) => {
      await transaction.insertInto('events').values(rows).execute()
      await transaction
        .deleteFrom('events')
        .where('id', '<=', sql<number>`(SELECT max(id) FROM events) - ${maxEvents}`)
        .execute()
    })
  },
  newest: async (count) => {
    const rows = await queries
      .selectFrom('events')
      .select(['at', 'kind', 'account', 'who', 'address', 'why'])
      .orderBy('id', 'desc')
      .limit(count)
      .execute()
    return rows.map((row) => ({
      at: row.at,
      kind: row.kind,
      account: row.account ?? undefined,
      who: row.who ?? undefined,
      address: row.address ?? undefined,
      why: row.why ?? undefined,
    }))
  },
  countSince: async (kinds, since) => {
    const row = await queries
      .selectFrom('events')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('kind', 'in', kinds)
      .where('at', '>=', since)
      .executeTakeFirst()
    return row?.count ?? 0
  },
})
