import Database from 'libsql'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { StartProblem } from '../start-problem.ts'
import type { DataFolder } from './data-folder.ts'
import { privately } from './private-files.ts'

/** Held by the server that runs on a data folder: a second one would keep the family apart, and a restore would pull its file away. */
export interface ServerLock {
  release(): void
}

/**
 * The lock is SQLite's own, on a file beside the database: the system lets go of it with the process, however that ends, so nothing stale
 * is ever left to be cleared away by hand.
 */
export const takeServerLock = ({
  lock,
  folder,
}: Pick<DataFolder, 'lock' | 'folder'>): Result<ServerLock, StartProblem> => {
  let database: Database.Database | undefined
  try {
    database = privately(() => new Database(lock))
    database.exec('PRAGMA busy_timeout = 0')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database?.close()
    if (isBusy(error)) return fail({ type: 'folderInUse', folder })
    return fail({
      type: 'fileUnreadable',
      file: lock,
      detail: error instanceof Error ? error.message : String(error),
    })
  }
  const held = database
  return ok({
    release: () => {
      if (!held.open) return
      held.exec('ROLLBACK')
      held.close()
    },
  })
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
