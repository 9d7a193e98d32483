import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { invitationPath } from '../../shared/invitations.ts'
import { sessionPath } from '../../shared/session.ts'
import { closeCodes } from '../../shared/signaling-messages.ts'
import { openFile } from '../data/sqlite/database.ts'
import { codeOfSecret, logIn, secretOf, signUp } from '../testing/test-account.ts'
import { newFolder, startTestServer, type TestServer } from '../testing/test-server.ts'
import { connect } from '../testing/test-socket.ts'
import { readAdminWish } from './admin-command.ts'
import { runAdmin } from './run-admin.ts'

const timeoutMs = 60_000

const settings = (dataFolder: string) => ({ HEARTH_DATA: dataFolder, HEARTH_URL: 'https://chat.example.org' })

interface Ran {
  code: number | null
  said: string
  warned: string
}

/** In this process, on a connection of its own to the same file. */
const admin = async (dataFolder: string, ...args: string[]): Promise<Ran> => {
  const { exitCode, text } = await runAdmin(args, settings(dataFolder), false)
  return { code: exitCode, said: exitCode === 0 ? text : '', warned: exitCode === 0 ? '' : text }
}

/** The command as it is really run. */
const adminProcess = async (dataFolder: string, ...args: string[]): Promise<Ran> => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { ...process.env, ...settings(dataFolder) },
  })
  const [said, warned]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => warned.push(chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said: Buffer.concat(said).toString('utf8'), warned: Buffer.concat(warned).toString('utf8') }
}

describe('what may be asked', () => {
  test.each([
    [['nonsense'], 'There is no command "nonsense". See npm run admin -- help.'],
    [['disable'], 'disable needs a name, as in list.'],
    [['list', 'more'], 'list takes nothing more, not "more".'],
    [['invite', 'Ada'], 'invite takes nothing more, not "Ada".'],
    [['invite', '--role', 'owner'], '--role must be admin or member, not "owner".'],
    [['invite', '--uses', '0'], '--uses must be a number from 1 to 20, not "0".'],
    [['invite', '--days', '31'], '--days must be a number from 1 to 30, not "31".'],
    [['list', '--days', '3'], '--days belongs to invite, not to list.'],
    [['sessions', 'end'], 'sessions needs the beginning of an id after end.'],
    [['backup'], 'backup needs a file.'],
    [['--wrong'], "Unknown option '--wrong'. See npm run admin -- help."],
  ])('%j is one sentence', (args, sentence) => {
    expect(readAdminWish(args)).toEqual({ ok: false, problem: sentence })
  })

  test('names may have spaces, and flags stand anywhere', () => {
    expect(readAdminWish(['--data', '/srv', 'remove', 'Uncle', 'Bob'])).toEqual({
      ok: true,
      value: { command: { type: 'remove', name: 'Uncle Bob' }, serverFlags: ['--data=/srv'] },
    })
    expect(readAdminWish(['invite', '--days', '2', '--uses', '5'])).toMatchObject({
      value: { command: { uses: 5, lifetimeMs: 172_800_000 } },
    })
  })
})

describe('beside a running server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.close())
  const ask = (...args: string[]) => admin(server.dataFolder, ...args)

  test(
    'A1: before there is an owner, invite lets the owner in; after, it makes links of both kinds',
    async () => {
      const first = /https:\S+/.exec((await ask('invite')).said)?.[0]
      expect((await signUp(server, { secret: secretOf(first), name: 'Olga' })).who.role).toBe('owner')
      expect((await ask('list')).said).toMatch(/^Olga +owner +1 /m)
      const { code, said } = await ask('invite', '--role', 'admin')
      expect([code, said]).toEqual([0, expect.stringContaining('https://chat.example.org/#invite/')])
      const shown = await server.post(invitationPath, {
        code: codeOfSecret(secretOf(/https:\S+/.exec(said)?.[0])),
      })
      expect(shown.body).toMatchObject({ state: 'open', role: 'admin' })
      expect(shown.body).not.toHaveProperty('welcome')
    },
    timeoutMs,
  )

  test(
    'A7: the server notices within a second that somebody was disabled, signed out or removed',
    async () => {
      const join = async (name: string) => {
        const link = /https:\S+/.exec((await ask('invite')).said)?.[0]
        const account = await signUp(server, { secret: secretOf(link), name })
        const session = { device: account.device.device, cookie: account.cookie }
        return { account, socket: await connect(server, { session }) }
      }
      const [ada, ben] = [await join('Ada Lovelace'), await join('Ben')]
      expect((await adminProcess(server.dataFolder, 'disable', 'ADA lovelace')).code).toBe(0)
      expect((await ada.socket.closed).code).toBe(closeCodes.signedOut)
      expect((await logIn(server, 'Ada Lovelace', ada.account.password)).answer.body).toEqual({
        problem: 'disabled',
      })
      expect((await ask('enable', 'Ada Lovelace')).code).toBe(0)
      expect((await logIn(server, 'Ada Lovelace', ada.account.password)).answer.status).toBe(200)

      const id = /^(\S+) +Ben/m.exec((await ask('sessions')).said)?.[1] ?? ''
      expect((await ask('sessions', 'end', id)).said).toContain('Ben is signed out')
      expect((await ben.socket.closed).code).toBe(closeCodes.signedOut)
      expect((await ask('devices', 'Ben')).said).toMatch(/Firefox on Linux +no/)

      const again = secretOf(/https:\S+/.exec((await ask('reset', 'Ben')).said)?.[0])
      const anew = await signUp(server, { secret: again, name: 'Ben' })
      expect(anew.account).not.toBe(ben.account.account)
      expect((await ask('remove', 'Ben')).code).toBe(0)
      expect((await server.send('GET', sessionPath, undefined, anew.cookie)).body).toEqual({})
    },
    timeoutMs,
  )

  test(
    'G2: the owner is out of reach, and a name nobody has is told so',
    async () => {
      for (const command of ['disable', 'remove', 'reset']) {
        const { code, warned } = await ask(command, 'Olga')
        expect([code, warned]).toEqual([1, expect.stringMatching(/^The owner .*\.\n$/)])
      }
      expect((await ask('reset', 'Olga')).warned).toContain('recovery phrase')
      expect(await ask('devices', 'Nobody')).toMatchObject({
        code: 1,
        warned: expect.stringContaining('nobody') as string,
      })
      expect(await adminProcess(server.dataFolder, 'disable')).toEqual({
        code: 2,
        said: '',
        warned: 'disable needs a name, as in list.\n',
      })
    },
    timeoutMs,
  )
})

test(
  'a backup made while the server runs can be put back when it does not, and what was there is kept',
  async () => {
    const dataFolder = await newFolder()
    const first = await startTestServer({ dataFolder })
    const owner = await first.owner()
    const copy = join(await newFolder(), 'copy.db')
    expect((await admin(dataFolder, 'backup', copy)).code).toBe(0)
    expect((await stat(copy)).mode & 0o077).toBe(0)
    expect(await admin(dataFolder, 'backup', copy)).toMatchObject({ code: 1 })
    const late = await first.join()
    const running = await admin(dataFolder, 'restore', copy)
    expect([running.code, running.warned]).toEqual([1, expect.stringContaining('stop it first')])
    await first.close()

    const damaged = join(dataFolder, 'damaged.txt')
    await writeFile(damaged, 'no database at all, but long enough to look like one'.repeat(100))
    expect(await admin(dataFolder, 'restore', damaged)).toMatchObject({ code: 1 })
    const newer = join(dataFolder, 'newer.db')
    const database = openFile(newer)
    database.exec('PRAGMA user_version = 999')
    database.close()
    expect((await admin(dataFolder, 'restore', newer)).warned).toContain('newer version')

    expect((await admin(dataFolder, 'restore', copy)).code).toBe(0)
    const second = await startTestServer({ dataFolder })
    expect((await logIn(second, owner.name, owner.password)).answer.status).toBe(200)
    expect((await logIn(second, late.name, late.password)).answer.body).toEqual({ problem: 'wrongLogin' })
    await second.close()
    expect((await readdir(dataFolder)).filter((name) => name.includes('before-restore'))).toHaveLength(1)
    expect((await readdir(dataFolder)).filter((name) => name.includes('.tmp'))).toEqual([])
  },
  timeoutMs,
)

test(
  'a folder without a Hearth is told of, and not made into one',
  async () => {
    const folder = join(await newFolder(), 'nothing')
    expect((await admin(folder, 'list')).warned).toContain('There is no Hearth in')
    expect(await stat(folder).catch(() => undefined)).toBeUndefined()
  },
  timeoutMs,
)
