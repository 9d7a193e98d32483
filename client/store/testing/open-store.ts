import { forceCloseDatabase } from 'fake-indexeddb'
import { unwrap } from 'idb'
import type { LogStore } from '../../core/ports.ts'
import { openDatabase, type DatabaseOptions, type HearthDatabase } from '../database.ts'
import { createLogStore, type LogStoreOptions } from '../log-store.ts'

export const mustOpen = async (options?: DatabaseOptions): Promise<HearthDatabase> => {
  const opened = await openDatabase(options)
  if (!opened.ok) throw new Error(opened.problem.type)
  return opened.value
}

export const openStore = async (
  options?: LogStoreOptions,
): Promise<{ database: HearthDatabase; store: LogStore }> => {
  const database = await mustOpen()
  return { database, store: createLogStore(database, options) }
}

/** The browser takes the database away in the middle of whatever runs. */
export const forceClose = ({ idb }: HearthDatabase): void =>
  // Its types ask for the class where the function takes an instance.
  (forceCloseDatabase as unknown as (database: IDBDatabase) => void)(unwrap(idb))
