import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { describeLogStore } from './testing/log-store-contract.ts'
import { forceClose, openStore } from './testing/open-store.ts'
import type { HearthDatabase } from './database.ts'

const opened: HearthDatabase[] = []
/** What is still deleted for a disk of before would hit the new one: they bear the same names. */
const settleOthers = async (): Promise<void> => {
  for (const database of opened.splice(0)) await database.pageKeys().then((keys) => keys.settle())
}

describeLogStore('the store in IndexedDB', () => {
  globalThis.indexedDB = new IDBFactory()
  let database: HearthDatabase | undefined
  return {
    async open() {
      await settleOthers()
      const { store, database: fresh } = await openStore({ journalRows: 3 })
      database = fresh
      opened.push(fresh)
      return store
    },
    async crash() {
      if (database) forceClose(database)
      return Promise.resolve()
    },
  }
})
