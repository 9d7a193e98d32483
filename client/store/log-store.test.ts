import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { describeLogStore } from './testing/log-store-contract.ts'
import { forceClose, openStore } from './testing/open-store.ts'
import type { HearthDatabase } from './database.ts'

describeLogStore('the store in IndexedDB', () => {
  globalThis.indexedDB = new IDBFactory()
  let database: HearthDatabase | undefined
  return {
    async open() {
      const opened = await openStore({ journalRows: 3 })
      database = opened.database
      return opened.store
    },
    async crash() {
      if (database) forceClose(database)
      return Promise.resolve()
    },
  }
})
