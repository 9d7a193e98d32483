import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountPath, admissionPath, devicesPath, keyringPath, type DeviceRow } from '../../shared/account.ts'
import { accountListSchema, accountsPath, type AccountRow } from '../../shared/accounts.ts'
import { callApi, type Send } from '../../shared/api-call.ts'
import { toBase64Url } from '../../shared/crypto/base64url.ts'
import { invitationPath, invitationsPath } from '../../shared/invitations.ts'
import { linkingLookPath, linkingOfferPath } from '../../shared/linking.ts'
import { loginFinishedSchema } from '../../shared/login.ts'
import {
  passwordFinishPath,
  passwordStartPath,
  recoveryLabel,
  recoveryProvePath,
  recoveryStartPath,
} from '../../shared/recovery.ts'
import { serverOverviewSchema, serverPath, type ServerOverview } from '../../shared/server-overview.ts'
import { challengePath, sessionLabel, sessionPath } from '../../shared/session.ts'
import { closeCodes } from '../../shared/signaling-messages.ts'
import { bind, codeOfSecret, inviteBy, logIn, signUp, type TestAccount } from '../testing/test-account.ts'
import { certify, makeDevice, revocationOf, signTicket } from '../testing/test-identity.ts'
import { beginRegistration } from '../testing/test-opaque.ts'
import { cookieOf, startTestServer, type TestServer } from '../testing/test-server.ts'
import { connect } from '../testing/test-socket.ts'
import * as v from 'valibot'

let server: TestServer
let owner: TestAccount
beforeAll(async () => {
  server = await startTestServer()
  owner = await server.owner()
})
afterAll(() => server.close())

/** What the client does with an answer (shared/api-call.ts): so that what we send is what it takes. */
const sendAs =
  (cookie: string): Send =>
  async ({ method, path, body }) => {
    const { status, body: answered } = await server.send(method, path, body, cookie)
    return { status, body: answered }
  }
const socketOf = (account: TestAccount) =>
  connect(server, { session: { device: account.device.device, cookie: account.cookie } })

describe('coming in', () => {
  test('A1: the first by the server’s link is the owner, those they invite are not', async () => {
    expect(owner.who).toMatchObject({ role: 'owner', account: owner.account, name: 'Olga' })
    expect((await server.join()).who.role).toBe('member')
    expect((await server.join('admin')).who.role).toBe('admin')
  })

  test('A1, A8: an invitation shows its welcome while it is open, and what became of it after', async () => {
    const secret = await inviteBy(server, owner)
    const look = async () => (await server.post(invitationPath, { code: codeOfSecret(secret) })).body
    expect(await look()).toMatchObject({
      state: 'open',
      role: 'member',
      welcome: expect.any(String) as string,
    })
    await signUp(server, { secret })
    expect(await look()).toEqual({ state: 'used' })
  })

  test('A2: the password gives back what was left, and a second device comes in with it', async () => {
    const ada = await server.join()
    const { answer, ticket } = await logIn(server, ada.name.toUpperCase(), ada.password)
    expect(v.safeParse(loginFinishedSchema, answer.body).success).toBe(true)
    expect(answer.body).toMatchObject({
      account: ada.account,
      name: ada.name,
      boxes: { seed: ada.seedBox, keyring: ada.keyringBox },
    })
    const tablet = await makeDevice()
    const bound = await bind(server, ada, tablet, ticket)
    expect(bound.body).toEqual({ ...ada.who, device: tablet.device })
    const shown = await server.send('GET', devicesPath, undefined, cookieOf(bound))
    expect((shown.body as { devices: DeviceRow[] }).devices.map(({ device }) => device)).toEqual([
      ada.device.device,
      tablet.device,
    ])
  })

  test('A3: a device whose cookie is gone comes back by its key, and its old session ends', async () => {
    const ada = await server.join()
    const socket = await socketOf(ada)
    const { ticket } = (await server.post(challengePath, { device: ada.device.device })).body as {
      ticket: string
    }
    const signature = await signTicket(ada.device.key, sessionLabel, ticket)
    const back = await server.post(sessionPath, { ticket, signature })
    expect(back.body).toEqual(ada.who)
    expect((await socket.closed).code).toBe(closeCodes.signedOut)
    expect((await server.send('GET', sessionPath, undefined, ada.cookie)).body).toEqual({})
  })

  test('A3: a browser that signs somebody else in leaves no session behind', async () => {
    const ada = await server.join()
    const ben = await server.join()
    const { ticket } = await logIn(server, ben.name, ben.password)
    const device = await makeDevice()
    const body = {
      ticket,
      certificate: await certify(ben, device),
      signature: await signTicket(device.key, sessionLabel, ticket),
    }
    expect((await server.post(sessionPath, body, ada.cookie)).status).toBe(200)
    expect((await server.send('GET', sessionPath, undefined, ada.cookie)).body).toEqual({})
  })

  test('A5: the phrase sets a new password; the old one is over, and the ticket still lets a device in', async () => {
    const ada = await server.join()
    const identityKey = toBase64Url(ada.key.publicKey)
    const { ticket } = (await server.post(recoveryStartPath, { identityKey })).body as { ticket: string }
    const proved = await server.post(recoveryProvePath, {
      ticket,
      signature: await signTicket(ada.key, recoveryLabel, ticket),
    })
    expect(proved.body).toMatchObject({ account: ada.account, name: ada.name, keyring: ada.keyringBox })
    const earned = (proved.body as { ticket: string }).ticket
    const anew = beginRegistration('a new password')
    const started = await server.post(passwordStartPath, { ticket: earned, request: anew.request })
    const { registrationRecord } = anew.finish((started.body as { response: string }).response)
    const seed = randomBytes(60).toString('base64url')
    const finished = await server.post(passwordFinishPath, {
      ticket: earned,
      record: registrationRecord,
      seed,
    })
    expect([finished.status, finished.body]).toEqual([200, {}])
    expect((await logIn(server, ada.name, ada.password)).answer.body).toEqual({ problem: 'wrongLogin' })
    expect((await logIn(server, ada.name, 'a new password')).answer.body).toMatchObject({ boxes: { seed } })
    expect((await bind(server, ada, await makeDevice(), earned)).status).toBe(200)
  })

  test('I8: a linked device finds its box, and comes in by its key', async () => {
    const ada = await server.join()
    const tablet = await makeDevice()
    const look = async () => (await server.post(linkingLookPath, { device: tablet.device })).body
    expect(await look()).toEqual({})
    const box = randomBytes(60_000).toString('base64url')
    const certificate = await certify(ada, tablet)
    expect((await server.post(linkingOfferPath, { certificate, box }, ada.cookie)).body).toEqual({})
    expect(await look()).toEqual({ box })
    const { ticket } = (await server.post(challengePath, { device: tablet.device })).body as {
      ticket: string
    }
    const signature = await signTicket(tablet.key, sessionLabel, ticket)
    expect((await server.post(sessionPath, { ticket, signature })).body).toEqual({
      ...ada.who,
      device: tablet.device,
    })
  })
})

describe('one’s account', () => {
  test('a new name is the one to sign in with, and nobody else’s', async () => {
    const ada = await server.join()
    const renamed = await server.send('PATCH', accountPath, { name: ' Countess  of Lovelace ' }, ada.cookie)
    expect(renamed.body).toEqual({ name: 'Countess of Lovelace' })
    expect((await logIn(server, 'countess of lovelace', ada.password)).answer.status).toBe(200)
    const taken = await server.send('PATCH', accountPath, { name: 'OLGA' }, ada.cookie)
    expect([taken.status, taken.body]).toEqual([409, { problem: 'nameTaken' }])
  })

  test('a keyring is kept, and brought by the next login', async () => {
    const ada = await server.join()
    const keyring = randomBytes(400).toString('base64url')
    expect((await server.send('PUT', keyringPath, { keyring }, ada.cookie)).body).toEqual({})
    expect((await logIn(server, ada.name, ada.password)).answer.body).toMatchObject({ boxes: { keyring } })
  })

  test('A7: a revoked device loses session and socket at once, and is in no list', async () => {
    const ada = await server.join()
    const { ticket } = await logIn(server, ada.name, ada.password)
    const lost = await makeDevice()
    const cookie = cookieOf(await bind(server, ada, lost, ticket))
    const socket = await connect(server, { session: { device: lost.device, cookie } })
    const revocation = await revocationOf(ada, lost.key.publicKey)
    const revoked = await server.send('DELETE', `${devicesPath}/${lost.device}`, { revocation }, ada.cookie)
    expect(revoked.body).toEqual({})
    expect((await socket.closed).code).toBe(closeCodes.signedOut)
    const { devices } = (await server.send('GET', devicesPath, undefined, ada.cookie)).body as {
      devices: DeviceRow[]
    }
    expect(devices).toMatchObject([{ device: ada.device.device, isSignedIn: true, isConnected: false }])
  })
})

describe('the office', () => {
  const rows = async (cookie = owner.cookie): Promise<AccountRow[]> => {
    const list = await callApi(sendAs(cookie), { method: 'GET', path: accountsPath }, accountListSchema)
    return list.ok ? list.value.accounts : []
  }
  const rowOf = async (account: string) => (await rows()).find((row) => row.account === account)

  test('lists everybody, and who is connected', async () => {
    const ada = await server.join()
    const socket = await socketOf(ada)
    expect(await rowOf(ada.account)).toMatchObject({
      role: 'member',
      isConnected: true,
      deviceCount: 1,
      isWaiting: false,
      identityKey: toBase64Url(ada.key.publicKey),
    })
    socket.socket.close()
  })

  test('A7: disabling closes sockets at once, and is undone', async () => {
    const ada = await server.join()
    const socket = await socketOf(ada)
    const path = `${accountsPath}/${ada.account}`
    expect((await server.send('PATCH', path, { isDisabled: true }, owner.cookie)).body).toEqual({})
    expect((await socket.closed).code).toBe(closeCodes.signedOut)
    const refused = (await logIn(server, ada.name, ada.password)).answer
    expect([refused.status, refused.body]).toEqual([403, { problem: 'disabled' }])
    await server.send('PATCH', path, { isDisabled: false }, owner.cookie)
    expect((await logIn(server, ada.name, ada.password)).answer.status).toBe(200)
  })

  test('A7: removing closes sockets at once, frees the name, and takes the account’s invitations along', async () => {
    const ada = await server.join('admin')
    const secret = await inviteBy(server, ada)
    const socket = await socketOf(ada)
    expect(
      (await server.send('DELETE', `${accountsPath}/${ada.account}`, undefined, owner.cookie)).body,
    ).toEqual({})
    expect((await socket.closed).code).toBe(closeCodes.signedOut)
    expect(await rowOf(ada.account)).toBeUndefined()
    expect((await server.post(invitationPath, { code: codeOfSecret(secret) })).body).toEqual({
      state: 'revoked',
    })
    expect((await signUp(server, { secret: await inviteBy(server, owner), name: ada.name })).who.name).toBe(
      ada.name,
    )
  })

  test('an invitation to come in again replaces the account, under its name', async () => {
    const ada = await server.join()
    const socket = await socketOf(ada)
    const secret = await inviteBy(server, owner, { again: ada.account })
    expect((await server.post(invitationPath, { code: codeOfSecret(secret) })).body).toMatchObject({
      againAs: ada.name,
    })
    const again = await signUp(server, { secret, name: ada.name })
    expect((await socket.closed).code).toBe(closeCodes.signedOut)
    expect(await rowOf(ada.account)).toBeUndefined()
    expect(await rowOf(again.account)).toMatchObject({ name: ada.name })
  })

  test('whoever waits to be let in is shown with their certificates, and finds what was left for them', async () => {
    const ada = await server.join()
    const path = `${accountsPath}/${ada.account}/admission`
    const box = randomBytes(60_000).toString('base64url')
    expect((await server.send('PUT', path, { box }, owner.cookie)).body).toEqual({})
    expect((await server.send('GET', admissionPath, undefined, ada.cookie)).body).toEqual({ box })
    expect((await server.send('GET', admissionPath, undefined, owner.cookie)).body).toEqual({})
  })

  test('invitations are listed and revoked', async () => {
    const secret = await inviteBy(server, owner, { uses: 3 })
    const list = (await server.send('GET', invitationsPath, undefined, owner.cookie)).body as {
      invitations: { id: string; state: string; uses: number }[]
    }
    const newest = list.invitations.find(({ uses }) => uses === 3)
    expect(newest).toMatchObject({ state: 'open', used: 0, createdBy: owner.account })
    await server.send('DELETE', `${invitationsPath}/${newest?.id}`, undefined, owner.cookie)
    expect((await server.post(invitationPath, { code: codeOfSecret(secret) })).body).toEqual({
      state: 'revoked',
    })
  })

  test('the overview tells of sockets, shortened topics and events, and no more', async () => {
    const ada = await server.join()
    const socket = await socketOf(ada)
    const topic = randomBytes(16).toString('base64url')
    socket.say({ type: 'join', topic })
    await socket.next('here')
    const read = await callApi(
      sendAs(owner.cookie),
      { method: 'GET', path: serverPath },
      serverOverviewSchema,
    )
    const overview = read.ok ? read.value : ({} as ServerOverview)
    expect(overview.sockets).toContainEqual(
      expect.objectContaining({
        account: ada.account,
        accountName: ada.name,
        deviceName: 'Firefox on Linux',
      }),
    )
    expect(overview.topics.map(({ topic: shown }) => shown.length)).toEqual([8])
    expect(JSON.stringify(overview)).not.toContain(topic)
    expect(overview.events[0]).toMatchObject({ kind: 'socketOpened', who: ada.name })
    expect(overview.rates.signInsPerHour).toBeGreaterThan(0)
    socket.socket.close()
  })
})
