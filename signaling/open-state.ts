import { hostname, networkInterfaces } from 'node:os'
import { ok, type Result } from '../shared/result.ts'
import { openCertificateKeeper, type CertificateKeeper } from './certificates/certificate-keeper.ts'
import { namesOf, type MachineNames } from './certificates/names.ts'
import type { AccountsStore } from './data/accounts-store.ts'
import { openDataFolder } from './data/data-folder.ts'
import { takeServerLock } from './data/server-lock.ts'
import { openDatabase } from './data/sqlite/database.ts'
import { createSqliteStore } from './data/sqlite/sqlite-store.ts'
import type { ServerConfig } from './server-config.ts'
import type { StartProblem } from './start-problem.ts'

/** What the server keeps from one start to the next. */
export interface StoredState {
  store: AccountsStore
  /** Undefined where a proxy does the HTTPS. */
  keeper: CertificateKeeper | undefined
  /** Closes the store, and lets another server have the folder. */
  close(): Promise<void>
}

export const machineNames = (): MachineNames =>
  namesOf({ hostname: hostname(), interfaces: networkInterfaces() })

export const openState = async (
  config: ServerConfig,
  now: () => number,
): Promise<Result<StoredState, StartProblem>> => {
  const folder = await openDataFolder(config.dataFolder)
  if (!folder.ok) return folder
  const lock = takeServerLock(folder.value)
  if (!lock.ok) return lock
  const database = openDatabase(folder.value.database)
  if (!database.ok) {
    lock.value.release()
    return database
  }
  const store = createSqliteStore(database.value)
  const close = async (): Promise<void> => {
    await store.close()
    lock.value.release()
  }
  if (config.httpsPort === 'off') return ok({ store, keeper: undefined, close })
  const keeper = await openCertificateKeeper({
    folder: folder.value,
    own: config.certificate,
    names: machineNames,
    now,
  })
  if (keeper.ok) return ok({ store, keeper: keeper.value, close })
  await close()
  return keeper
}
