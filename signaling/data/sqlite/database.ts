import Database from 'libsql'
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { StartProblem } from '../../start-problem.ts'
import { privately } from '../private-files.ts'
import { migrations } from './migrations.ts'
import type { Tables } from './tables.ts'

/**
 * An open SQLite file. This process must not read the same file by other means: closing it there would let go of SQLite's locks on it,
 * which belong to the process, and another one could then take the log away that we write to.
 */
export type SqliteFile = Database.Database

/** How long to wait while another process writes: an admin command, a backup. */
const busyMs = 5_000

/**
 * Opens the file, and makes it if there is none. WAL lets others read while we write; FULL: what was acknowledged outlives a power cut.
 * The file holds names and boxes: readable by this user only, as is what SQLite puts beside it.
 */
export const openFile = (file: string): SqliteFile =>
  privately(() => {
    const database = new Database(file)
    database.exec(`PRAGMA busy_timeout = ${busyMs}`)
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    database.exec('PRAGMA foreign_keys = ON')
    return database
  })

/** 0 for a file nobody has written yet. */
export const versionOf = (database: SqliteFile): number => {
  const row = database.prepare('PRAGMA user_version').get()
  return typeof row === 'object' && row !== null && 'user_version' in row ? Number(row.user_version) : 0
}

/** Brings the tables to the newest version, or to an older one for a test of those that follow; each step is whole or not at all. */
export const migrate = (database: SqliteFile, upTo = migrations.length): void => {
  for (const [index, statements] of migrations.slice(0, upTo).entries()) {
    database.exec('BEGIN IMMEDIATE')
    try {
      // Asked anew inside: another process may have been quicker.
      if (versionOf(database) === index) {
        for (const statement of statements) database.exec(statement)
        database.exec(`PRAGMA user_version = ${index + 1}`)
      }
      database.exec('COMMIT')
    } catch (error) {
      database.exec('ROLLBACK')
      throw error
    }
  }
}

/** The file, up to date. One from a newer Hearth is left alone. */
export const openDatabase = (file: string): Result<SqliteFile, StartProblem> => {
  let database: SqliteFile | undefined
  try {
    database = openFile(file)
    const version = versionOf(database)
    if (version > migrations.length) {
      database.close()
      return fail({ type: 'fileFromNewer', file })
    }
    migrate(database)
    return ok(database)
  } catch (error) {
    database?.close()
    return fail({ type: 'fileBroken', file, detail: error instanceof Error ? error.message : String(error) })
  }
}

export type Queries = Kysely<Tables>

/** Closing it closes the file. */
export const queriesOf = (database: SqliteFile): Queries =>
  new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepingStatements(database) }) })

/** There are fewer queries than this, but for lists of changing length. */
const maxStatements = 200

/**
 * Kysely prepares anew each time, which takes longer than most queries, and leaves memory that only the next collection frees. Each of
 * ours runs to its end before the next begins, so one statement a query is enough.
 */
const keepingStatements = (database: SqliteFile): SqliteDatabase => {
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>()
  return {
    prepare: (sql) => {
      const known = statements.get(sql)
      if (known) return known
      if (statements.size >= maxStatements) statements.clear()
      const made = database.prepare(sql)
      statements.set(sql, made)
      return made
    },
    close: () => {
      statements.clear()
      database.close()
    },
  }
}
