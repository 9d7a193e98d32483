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
