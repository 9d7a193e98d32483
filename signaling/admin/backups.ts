import { randomBytes } from 'node:crypto'
import { copyFile, open, rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { describeFileError } from '../data/atomic-file.ts'
import type { DataFolder } from '../data/data-folder.ts'
import { privately } from '../data/private-files.ts'
import { takeServerLock } from '../data/server-lock.ts'
import { migrate, openFile, versionOf, type SqliteFile } from '../data/sqlite/database.ts'
import { migrations } from '../data/sqlite/migrations.ts'

const isThere = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => undefined)) !== undefined

const detail = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A copy as of this moment, also while the server writes; answers what to say. */
export const backUp = async (database: SqliteFile, path: string): Promise<Result<string, string>> => {
  const file = resolve(path)
  if (await isThere(file)) return fail(`${file} is there already: choose another name.`)
  try {
    privately(() => database.prepare('VACUUM INTO ?').run(file))
    const handle = await open(file, 'r+')
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    return fail(`The copy could not be written: ${detail(error)}.`)
  }
  return ok(
    `The accounts are in ${file}. Keep it as safe as the data folder. The family's certificate authority is not in it: see docs/self-hosting.md.`,
  )
}

/** Puts a copy in the place of the database, which is kept beside it. */
export const restore = async (
  folder: DataFolder,
  path: string,
  now: number,
): Promise<Result<string, string>> => {
  const lock = takeServerLock(folder)
  if (!lock.ok) return fail('Hearth is running on this data folder: stop it first, then restore.')
  const prepared = `${folder.database}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const copied = await prepare(resolve(path), prepared)
    if (!copied.ok) return copied
    const aside = `${folder.database}.before-restore-${now}`
    if (await isThere(folder.database)) {
      settle(folder.database)
      await rename(folder.database, aside)
      for (const end of ['-wal', '-shm']) await rm(`${folder.database}${end}`, { force: true })
    }
    await rename(prepared, folder.database)
    const kept = (await isThere(aside)) ? ` What was there before is kept as ${aside}.` : ''
    return ok(
      `Restored.${kept} Everything is as it was when the copy was made: look through the devices and accounts for any you had removed since.`,
    )
  } catch (error) {
    return fail(`It could not be restored: ${describeFileError(error)}.`)
  } finally {
    for (const end of ['', '-wal', '-shm']) await rm(`${prepared}${end}`, { force: true })
    lock.value.release()
  }
}

/** Writes what is still in the log beside the file into the file itself. */
const settle = (file: string): void => {
  const database = openFile(file)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

/** Copies, and looks whether it is whole and ours before anything is replaced. */
const prepare = async (from: string, to: string): Promise<Result<void, string>> => {
  if (!(await isThere(from))) return fail(`There is no file ${from}.`)
  await copyFile(from, to)
  let database: SqliteFile | undefined
  try {
    database = openFile(to)
    const version = versionOf(database)
    if (version > migrations.length)
      return fail(`${from} is from a newer version of Hearth. Update this one first.`)
    if (version < 1) return fail(`${from} is not a copy made by npm run admin -- backup.`)
    const [check] = database.prepare('PRAGMA integrity_check').all()
    if (JSON.stringify(check) !== '{"integrity_check":"ok"}') return fail(`${from} is damaged.`)
    migrate(database)
    // Whoever was signed in comes back by their device's key; a cookie from then is worth nothing.
    for (const table of ['sessions', 'tickets', 'limits']) database.exec(`DELETE FROM ${table}`)
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    return ok(undefined)
  } catch (error) {
    return fail(`${from} is not a copy made by npm run admin -- backup: ${detail(error)}.`)
  } finally {
    database?.close()
  }
}
