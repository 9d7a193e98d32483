import { ok } from '../../../shared/result.ts'
import type { ReadingRow, ReadingStore } from '../ports.ts'

const nameOf = (row: ReadingRow): string =>
  [row.type, 'log' in row ? row.log : '', 'account' in row ? row.account : ''].join(' ')

/** Marks that live as long as the core they are for, or as whoever keeps this. */
export const createMemoryReadingStore = (): ReadingStore => {
  const rows = new Map<string, ReadingRow>()
  return {
    load: () => Promise.resolve([...rows.values()]),
    save(changed) {
      for (const row of changed) rows.set(nameOf(row), row)
      return Promise.resolve(ok(undefined))
    },
  }
}
