import { sql } from 'kysely'
import type { LimitRow, LimitStore } from '../accounts-store.ts'
import type { Queries } from './database.ts'

export const createLimitStore = (queries: Queries): LimitStore => ({
  add: async (key, points, expiresAt, now) => {
    const hasEnded = sql<boolean>`limits.expiresAt <= ${now}`
    const row = await queries
      .insertInto('limits')
      .values({ key, points: Math.max(0, points), expiresAt: expiresAt ?? null })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          points: sql`CASE WHEN ${hasEnded} THEN excluded.points ELSE max(0, limits.points + ${points}) END`,
          expiresAt: sql`CASE WHEN ${hasEnded} THEN excluded.expiresAt ELSE limits.expiresAt END`,
        }),
      )
      .returning(['points', 'expiresAt'])
      .executeTakeFirstOrThrow()
    return rowOf(row)
  },
  set: async (key, { points, expiresAt }) => {
    const values = { points, expiresAt: expiresAt ?? null }
    await queries
      .insertInto('limits')
      .values({ key, ...values })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
      .execute()
    return { points, expiresAt }
  },
  find: async (key, now) => {
    const row = await queries
      .selectFrom('limits')
      .select(['points', 'expiresAt'])
      .where('key', '=', key)
      .where((is) => is.or([is('expiresAt', 'is', null), is('expiresAt', '>', now)]))
      .executeTakeFirst()
    return row && rowOf(row)
  },
  remove: async (key) => {
    const removed = await queries.deleteFrom('limits').where('key', '=', key).executeTakeFirst()
    return removed.numDeletedRows > 0n
  },
  prune: async (now) => {
    await queries.deleteFrom('limits').where('expiresAt', '<=', now).execute()
  },
})

const rowOf = (row: { points: number; expiresAt: number | null }): LimitRow => ({
  points: row.points,
  expiresAt: row.expiresAt ?? undefined,
})
