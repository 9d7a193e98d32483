import type { LatePlace, ReadingRow, ReadingStore } from '../core/ports.ts'
import type { HearthDatabase, HearthSchema } from './database.ts'
import { transact } from './transact.ts'
import { orReadError } from './store-problem.ts'

type RowKey = HearthSchema['marks']['key']

const keyOf = (row: ReadingRow): RowKey => {
  switch (row.type) {
    case 'mark':
      return [row.type, row.log, row.account]
    case 'seen':
      return [row.type, row.account]
    case 'since':
    case 'privacy':
      return [row.type]
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const areSwitches = (...values: unknown[]): boolean => values.every((value) => typeof value === 'boolean')
const isLatePlace = (value: unknown): value is LatePlace =>
  isRecord(value) && [value.feed, value.page, value.seq].every(isCount)

const isReadingRow = (value: unknown): value is ReadingRow => {
  if (!isRecord(value)) return false
  switch (value.type) {
    case 'mark':
      return (
        typeof value.log === 'string' &&
        typeof value.account === 'string' &&
        [value.ms, value.counter, value.atMs].every(isCount) &&
        Array.isArray(value.late) &&
        value.late.every(isLatePlace) &&
        areSwitches(value.isMadeHere)
      )
    case 'seen':
      return typeof value.account === 'string' && (value.ms === undefined || isCount(value.ms))
    case 'since':
      return isCount(value.ms)
    case 'privacy':
      return isCount(value.decidedMs) && areSwitches(value.receipts, value.typing, value.lastSeen)
    default:
      return false
  }
}

/** What was read and who was here, in IndexedDB. A row that cannot be read is none: whatever it says is told again some day. */
export const createReadingStore = (database: HearthDatabase): ReadingStore => ({
  load: () => orReadError(async () => (await database.idb.getAll('marks')).filter(isReadingRow)),
  save: (rows) =>
    transact(database, ['marks'], 'relaxed', async (tx) => {
      const store = tx.objectStore('marks')
      await Promise.all(rows.map((row) => store.put(row, keyOf(row))))
    }),
})
