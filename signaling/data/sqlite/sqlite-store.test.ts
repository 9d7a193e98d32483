import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder } from '../../testing/test-server.ts'
import { storeContract } from '../../testing/store-contract.ts'
import { migrate, openDatabase, openFile, versionOf } from './database.ts'
import { migrations } from './migrations.ts'
import { createSqliteStore } from './sqlite-store.ts'

const openStore = (file: string) => {
  const database = openDatabase(file)
  if (!database.ok) throw new Error(JSON.stringify(database.problem))
  return createSqliteStore(database.value)
}

describe('the SQLite store keeps the contract', () => {
  storeContract(async () => openStore(join(await newFolder(), 'hearth.db')))
})

describe('one file', () => {
  test('what one process writes another reads', async () => {
    const file = join(await newFolder(), 'hearth.db')
    const [one, other] = [openStore(file), openStore(file)]
    await one.settings.keepFirst('key', 'value')
    expect(await other.settings.read('key')).toBe('value')
    await one.close()
    await other.close()
  })

  test('whatever ends a session is counted, a cascade too', async () => {
    const file = join(await newFolder(), 'hearth.db')
    const store = openStore(file)
    await store.close()
    const database = openFile(file)
    const statements = [
      `INSERT INTO accounts VALUES ('a', 'k', 'm', 'Ada', 'ada', 'o', 'r', 's', NULL, NULL, 'member', 0, 0, NULL)`,
      `INSERT INTO devices VALUES ('d', 'a', 'c', 'n', 0, 0, 1)`,
      `INSERT INTO sessions VALUES ('s', 'd', 0)`,
      `DELETE FROM accounts`,
    ]
    for (const statement of statements) database.exec(statement)
    expect(database.prepare('SELECT count FROM sessionEndings').get()).toMatchObject({ count: 1 })
    database.close()
  })
})

describe('migrations', () => {
  const shape = (file: string): unknown => {
    const database = openFile(file)
    const rows = database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all()
    database.close()
    return rows
  }

  test.each(migrations.map((_, version) => version))(
    'from version %i to the newest gives the same tables as a new file',
    async (version) => {
      const folder = await newFolder()
      const [old, fresh] = [join(folder, 'old.db'), join(folder, 'fresh.db')]
      const database = openFile(old)
      migrate(database, version)
      expect(versionOf(database)).toBe(version)
      database.close()
      for (const file of [old, fresh]) await openStore(file).close()
      expect(shape(old)).toEqual(shape(fresh))
    },
  )

  test('again is nothing to do; a file from a newer version is left alone', async () => {
    const file = join(await newFolder(), 'hearth.db')
    await openStore(file).close()
    const before = shape(file)
    await openStore(file).close()
    expect(shape(file)).toEqual(before)
    const database = openFile(file)
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`)
    database.close()
    expect(openDatabase(file)).toMatchObject({ ok: false, problem: { type: 'fileFromNewer' } })
  })
})
