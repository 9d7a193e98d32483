import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { client as opaqueClient, server as opaqueServer } from '@serenity-kit/opaque'
import { expect, test } from 'vitest'
import { registrationFinishPath, registrationStartPath } from '../shared/registration.ts'
import { sessionLabel } from '../shared/session.ts'
import { makeInvitation } from './auth/invitation-secret.ts'
import { openDatabase } from './data/sqlite/database.ts'
import { createSqliteStore } from './data/sqlite/sqlite-store.ts'
import { startServerProcess, type ServerProcess } from './testing/server-process.ts'
import { codeOfSecret } from './testing/test-account.ts'
import { certify, makeDevice, makeIdentity, signTicket } from './testing/test-identity.ts'
import { clientFor, newFolder, type TestClient } from './testing/test-server.ts'

const wanted = 500
const kills = 5
const atOnce = 8

/** Any record will do: the server cannot tell whose password is in it. */
const { registrationRequest: request, clientRegistrationState } = opaqueClient.startRegistration({
  password: 'p',
})
const record = opaqueClient.finishRegistration({
  password: 'p',
  clientRegistrationState,
  registrationResponse: opaqueServer.createRegistrationResponse({
    serverSetup: opaqueServer.createSetup(),
    userIdentifier: 'u',
    registrationRequest: request,
  }).registrationResponse,
  keyStretching: { 'argon2id-custom': { iterations: 1, memory: 8, parallelism: 1 } },
}).registrationRecord

const openStore = (dataFolder: string) => {
  const database = openDatabase(join(dataFolder, 'hearth.db'))
  if (!database.ok) throw new Error(JSON.stringify(database.problem))
  return createSqliteStore(database.value)
}

test('A1: killed again and again, the server loses no account it has confirmed, and keeps none by halves', async () => {
  const dataFolder = await newFolder()
  const before = openStore(dataFolder)
  const invitation = { role: 'member', uses: 100_000, lifetimeMs: 600_000 } as const
  const code = codeOfSecret(await makeInvitation(before, invitation, Date.now()))
  await before.close()

  let running: ServerProcess = await startServerProcess(dataFolder)
  let client: TestClient = clientFor(running.port, undefined)
  let isUp: Promise<void> = Promise.resolve()
  const confirmed: { account: string; device: string }[] = []
  let onConfirmed: () => void = () => undefined

  const register = async (): Promise<void> => {
    const [identity, device] = [await makeIdentity(), await makeDevice()]
    const name = `Person ${identity.account.slice(0, 12)}`
    await isUp
    const started = await client.post(registrationStartPath, { code, name, request })
    const { ticket } = started.body as { ticket: string }
    const finished = await client.post(registrationFinishPath, {
      ticket,
      record,
      boxes: { seed: randomBytes(60).toString('base64url') },
      certificate: await certify(identity, device),
      signature: await signTicket(device.key, sessionLabel, ticket),
    })
    // Nothing else may be answered: killed is killed, and there is no half of a refusal.
    expect(finished.status).toBe(200)
    confirmed.push({ account: identity.account, device: device.device })
    onConfirmed()
  }
  const isCutOff = (error: unknown): boolean =>
    error instanceof Error &&
    'code' in error &&
    ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(String(error.code))
  const work = async (): Promise<void> => {
    while (confirmed.length < wanted) {
      try {
        await register()
      } catch (error) {
        if (!isCutOff(error)) throw error
      }
    }
  }
  const killNow = async (): Promise<void> => {
    const exited = once(running.child, 'exit')
    running.child.kill('SIGKILL')
    await exited
    running = await startServerProcess(dataFolder)
    client = clientFor(running.port, undefined)
  }
  /** Somewhere within each stretch of work. */
  const killer = async (): Promise<void> => {
    for (let count = 1; count <= kills; count++) {
      const at = Math.floor((wanted * (count - Math.random())) / (kills + 1))
      while (confirmed.length < at)
        await new Promise<void>((resolve) => {
          onConfirmed = resolve
        })
      isUp = killNow()
      await isUp
    }
  }
  await Promise.all([killer(), ...Array.from({ length: atOnce }, work)])
  const exited = once(running.child, 'exit')
  running.child.kill('SIGKILL')
  await exited

  const store = openStore(dataFolder)
  const accounts = await store.accounts.list()
  const sessions = new Set((await store.sessions.list()).map(({ device }) => device as string))
  const there = new Set(accounts.map(({ account }) => account as string))
  expect(confirmed.filter(({ account, device }) => !there.has(account) || !sessions.has(device))).toEqual([])
  expect(accounts.every(({ deviceCount }) => deviceCount === 1)).toBe(true)
  expect(sessions.size).toBe(accounts.length)
  const [used] = (await store.invitations.list()).filter(({ uses }) => uses === invitation.uses)
  expect(used?.used).toBe(accounts.length)
  await store.close()
}, 120_000)
