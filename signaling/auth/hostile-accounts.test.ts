import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountPath, devicesPath, keyringPath } from '../../shared/account.ts'
import { accountsPath } from '../../shared/accounts.ts'
import { fromBase64Url, toBase64Url } from '../../shared/crypto/base64url.ts'
import type { PublicKey } from '../../shared/crypto/ed25519.ts'
import type { KemKey } from '../../shared/crypto/x25519-key.ts'
import { invitationPath, invitationsPath } from '../../shared/invitations.ts'
import { accountLimits, httpLimits } from '../../shared/limits.ts'
import { linkingOfferPath } from '../../shared/linking.ts'
import { loginFinishPath, loginStartPath } from '../../shared/login.ts'
import {
  passwordFinishPath,
  passwordStartPath,
  recoveryLabel,
  recoveryProvePath,
  recoveryStartPath,
} from '../../shared/recovery.ts'
import { registrationFinishPath, registrationStartPath } from '../../shared/registration.ts'
import { serverPath } from '../../shared/server-overview.ts'
import { challengePath, sessionLabel, sessionPath } from '../../shared/session.ts'
import { openFile } from '../data/sqlite/database.ts'
import {
  bind,
  codeOfSecret,
  inviteBy,
  logIn,
  prepareSignUp,
  signUp,
  type TestAccount,
} from '../testing/test-account.ts'
import { certify, makeDevice, makeIdentity, revocationOf, signTicket } from '../testing/test-identity.ts'
import { beginLogin } from '../testing/test-opaque.ts'
import { cookieOf, startTestServer, type TestAnswer, type TestServer } from '../testing/test-server.ts'

/** What strangers, members who want more and admins who want most may try, over the API as it is. */
let server: TestServer
let owner: TestAccount
let admin: TestAccount
let ada: TestAccount
let eve: TestAccount
beforeAll(async () => {
  // So many go wrong here that one address would be told to wait.
  server = await startTestServer({ limits: { perAddress: 1e6, perAccount: 1e6 } })
  owner = await server.owner()
  admin = await server.join('admin')
  ada = await server.join()
  eve = await server.join()
})
afterAll(async () => {
  // None of it was a bug of ours.
  expect(server.logged.filter((line) => line.includes('"level":"error"'))).toEqual([])
  await server.close()
})

const told = ({ status, body }: TestAnswer): unknown => [status, (body as { problem?: string }).problem]
const invited = (): Promise<string> => inviteBy(server, owner)
const loginTicket = async (account = ada): Promise<string> =>
  (await logIn(server, account.name, account.password)).ticket

/** Writes to the database behind the server's back, as whoever has stolen or altered it could. */
const inDatabase = (statement: string, ...values: string[]): void => {
  const database = openFile(`${server.dataFolder}/hearth.db`)
  database.prepare(statement).run(...values)
  database.close()
}

describe('passwords', () => {
  test('A2: the wrong password is refused', async () => {
    expect(told((await logIn(server, ada.name, 'not hers')).answer)).toEqual([403, 'wrongLogin'])
  })

  test('A4: an unknown and a known name are answered alike, byte for byte in length', async () => {
    const login = beginLogin('guess')
    const shapes = []
    for (const name of [ada.name, 'nobody at all', ada.name, 'x', 'Ünbekannt']) {
      const started = await server.post(loginStartPath, { name, request: login.request })
      const { ticket } = started.body as { ticket: string }
      const finish = randomBytes(64).toString('base64url')
      const finished = await server.post(loginFinishPath, { ticket, finish })
      const headers = Object.keys(started.headers).join()
      shapes.push([started.status, started.text.length, headers, finished.status, finished.text])
    }
    expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1)
  })

  test('A4: asking twice for an unknown name gives two different answers, as for a known one', async () => {
    const { request } = beginLogin('guess')
    const answers = []
    for (let count = 0; count < 2; count++)
      answers.push(
        ((await server.post(loginStartPath, { name: 'nobody', request })).body as { response: string })
          .response,
      )
    expect(answers[0]).not.toBe(answers[1])
  })

  test('A6: OPAQUE’s first answer alone tells whether a guess is right: it counts before it is given', async () => {
    const guarded = await startTestServer({ limits: { perAccount: 3 } })
    const { name } = await guarded.owner()
    for (const who of [name, 'nobody']) {
      const { request } = beginLogin('guess')
      const statuses = []
      for (let count = 0; count < 5; count++)
        statuses.push((await guarded.post(loginStartPath, { name: who, request })).status)
      expect(statuses).toEqual([200, 200, 200, 429, 429])
    }
    await guarded.close()
  })

  test('A6: the right password clears what wrong ones had counted', async () => {
    const guarded = await startTestServer({ limits: { perAccount: 3 } })
    const { name, password } = await guarded.owner()
    for (let round = 0; round < 3; round++) {
      expect((await logIn(guarded, name, 'wrong')).answer.status).toBe(403)
      expect((await logIn(guarded, name, password)).answer.status).toBe(200)
    }
    await guarded.close()
  })

  test('A2: malformed OPAQUE bytes of any kind are refused, wherever they come in', async () => {
    const [code, victim] = [codeOfSecret(await invited()), await server.join()]
    const ticket = await loginTicket(victim)
    const anyRequest = beginLogin('x').request
    const noises = Array.from({ length: 40 }, () => randomBytes(1 + Math.floor(Math.random() * 300)))
    const all = [
      ...noises.map((noise) => noise.toString('base64url')),
      ...[1, 2, 20, 41, 42].map((length) => anyRequest.slice(0, length)),
      'A'.repeat(43),
      '_'.repeat(43),
      'A'.repeat(256),
      '_'.repeat(256),
    ]
    for (const bytes of all) {
      const answers = [
        await server.post(loginStartPath, { name: victim.name, request: bytes }),
        await server.post(registrationStartPath, { code, name: 'Nora', request: bytes }),
        await server.post(passwordStartPath, { ticket, request: bytes }),
      ]
      // Noise may be a point of the group in its first bytes, and so a request like any other.
      for (const { status } of answers) expect([200, 400]).toContain(status)
      if (bytes.length === 256 && !/^(?:A+|_+)$/.test(bytes)) continue
      const change = { ticket, record: bytes, seed: 'A'.repeat(80) }
      expect(told(await server.post(passwordFinishPath, change))).toEqual([400, 'malformed'])
    }
    expect((await logIn(server, victim.name, victim.password)).answer.status).toBe(200)
  })

  test('A2: a finished login cannot be played again', async () => {
    const login = beginLogin(ada.password)
    const started = await server.post(loginStartPath, { name: ada.name, request: login.request })
    const { ticket, response } = started.body as { ticket: string; response: string }
    const finish = login.finish(response)?.finishLoginRequest
    expect((await server.post(loginFinishPath, { ticket, finish })).status).toBe(200)
    expect(told(await server.post(loginFinishPath, { ticket, finish }))).toEqual([403, 'wrongLogin'])
  })

  test('A2: what finishes one login finishes no other', async () => {
    const [first, second] = [beginLogin(ada.password), beginLogin(ada.password)]
    const start = async (login: typeof first) =>
      (await server.post(loginStartPath, { name: ada.name, request: login.request })).body as {
        ticket: string
        response: string
      }
    const [one, other] = [await start(first), await start(second)]
    const finish = first.finish(one.response)?.finishLoginRequest
    expect(told(await server.post(loginFinishPath, { ticket: other.ticket, finish }))).toEqual([
      403,
      'wrongLogin',
    ])
  })

  test('A2: swapped records let nobody in: not Eve as Ada, nor Ada with what Eve knows', async () => {
    const [victim, thief] = [await server.join(), await server.join()]
    inDatabase(
      `UPDATE accounts SET opaqueRecord = (SELECT opaqueRecord FROM accounts WHERE account = ?) WHERE account = ?`,
      thief.account,
      victim.account,
    )
    for (const password of [thief.password, victim.password])
      expect(told((await logIn(server, victim.name, password)).answer)).toEqual([403, 'wrongLogin'])
  })

  test('A2: a swapped box is handed out as it lies: the seed’s key is the client’s alone', async () => {
    const [victim, thief] = [await server.join(), await server.join()]
    inDatabase(`UPDATE accounts SET seedBox = ? WHERE account = ?`, thief.seedBox, victim.account)
    const { answer } = await logIn(server, victim.name, victim.password)
    expect(answer.body).toMatchObject({ boxes: { seed: thief.seedBox }, account: victim.account })
  })

  test('A5: a login that was under way when the password changed comes to nothing', async () => {
    const victim = await server.join()
    const [mine, theirs] = [await loginTicket(victim), await loginTicket(victim)]
    const record = (await prepareSignUp(server, { secret: await invited() })).body?.record
    const change = { ticket: mine, record, seed: victim.seedBox }
    expect((await server.post(passwordFinishPath, change)).status).toBe(200)
    expect(told(await server.post(passwordFinishPath, change))).toEqual([403, 'wrongProof'])
    expect(told(await server.post(passwordFinishPath, { ...change, ticket: theirs }))).toEqual([
      403,
      'wrongProof',
    ])
    expect(told(await bind(server, victim, await makeDevice(), theirs))).toEqual([403, 'wrongProof'])
  })
})

describe('tickets and sessions', () => {
  test('A3: a ticket lets one device in, once', async () => {
    const ticket = await loginTicket()
    expect((await bind(server, ada, await makeDevice(), ticket)).status).toBe(200)
    expect(told(await bind(server, ada, await makeDevice(), ticket))).toEqual([403, 'wrongProof'])
  })

  test('A3: of two with one ticket at the same instant one gets in', async () => {
    const ticket = await loginTicket()
    const devices = [await makeDevice(), await makeDevice()]
    const answers = await Promise.all(devices.map((device) => bind(server, ada, device, ticket)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
  })

  test('A3: a ticket that was made up, or is of another kind, is worth nothing', async () => {
    const device = await makeDevice()
    expect(told(await bind(server, ada, device, randomBytes(32).toString('base64url')))).toEqual([
      403,
      'wrongProof',
    ])
    const challenge = (await server.post(challengePath, { device: device.device })).body as { ticket: string }
    expect(told(await bind(server, ada, device, challenge.ticket))).toEqual([403, 'wrongProof'])
    const anew = { ticket: challenge.ticket, record: 'A'.repeat(256), seed: 'A'.repeat(80) }
    expect((await server.post(passwordFinishPath, anew)).status).not.toBe(200)
  })

  test('A3: an expired ticket is worth nothing', async () => {
    const quick = await startTestServer({ limits: { ticketMs: -1 } })
    const secret = (quick.ownerLink('http://localhost') ?? '').split('/').at(-1) ?? ''
    const { body } = await prepareSignUp(quick, { secret })
    expect(told(await quick.post(registrationFinishPath, body))).toEqual([403, 'wrongProof'])
    await quick.close()
  })

  test('A3: a challenge is signed by its own device, for this purpose, once', async () => {
    const challenge = async (device: string) =>
      ((await server.post(challengePath, { device })).body as { ticket: string }).ticket
    const device = ada.device.device
    const send = (ticket: string, signature: string) => server.post(sessionPath, { ticket, signature })
    let ticket = await challenge(device)
    expect(told(await send(ticket, await signTicket(eve.device.key, sessionLabel, ticket)))).toEqual([
      403,
      'wrongProof',
    ])
    // And it is used up with that.
    expect(told(await send(ticket, await signTicket(ada.device.key, sessionLabel, ticket)))).toEqual([
      403,
      'wrongProof',
    ])
    ticket = await challenge(device)
    expect(told(await send(ticket, await signTicket(ada.device.key, recoveryLabel, ticket)))).toEqual([
      403,
      'wrongProof',
    ])
    const other = await challenge(device)
    ticket = await challenge(device)
    expect(told(await send(ticket, await signTicket(ada.device.key, sessionLabel, other)))).toEqual([
      403,
      'wrongProof',
    ])
  })

  test('A3: a device nobody knows is challenged like any other, and learns so only with its key', async () => {
    const stranger = await makeDevice()
    const started = await server.post(challengePath, { device: stranger.device })
    const known = await server.post(challengePath, { device: ada.device.device })
    expect([started.status, started.text.length]).toEqual([known.status, known.text.length])
    const { ticket } = started.body as { ticket: string }
    const signature = await signTicket(stranger.key, sessionLabel, ticket)
    expect(told(await server.post(sessionPath, { ticket, signature }))).toEqual([403, 'deviceUnknown'])
  })

  test('A3: a device that signed out is not brought back by its key', async () => {
    const ben = await server.join()
    await server.send('DELETE', sessionPath, undefined, ben.cookie)
    const { ticket } = (await server.post(challengePath, { device: ben.device.device })).body as {
      ticket: string
    }
    const signature = await signTicket(ben.device.key, sessionLabel, ticket)
    expect(told(await server.post(sessionPath, { ticket, signature }))).toEqual([403, 'deviceUnknown'])
  })

  test('A3: nor one not seen for a year, nor one of a disabled account', async () => {
    const ben = await server.join()
    const back = async () => {
      const { ticket } = (await server.post(challengePath, { device: ben.device.device })).body as {
        ticket: string
      }
      return server.post(sessionPath, {
        ticket,
        signature: await signTicket(ben.device.key, sessionLabel, ticket),
      })
    }
    inDatabase(
      `UPDATE devices SET lastSeenAt = lastSeenAt - ${accountLimits.deviceLifetimeMs} - 1000 WHERE device = ?`,
      ben.device.device,
    )
    expect(told(await back())).toEqual([403, 'deviceUnknown'])
    inDatabase(
      `UPDATE devices SET lastSeenAt = lastSeenAt + ${accountLimits.deviceLifetimeMs} WHERE device = ?`,
      ben.device.device,
    )
    await server.send('PATCH', `${accountsPath}/${ben.account}`, { isDisabled: true }, owner.cookie)
    expect(told(await back())).toEqual([403, 'disabled'])
  })

  test('A3: a ticket from before the account was disabled lets nobody in', async () => {
    const ben = await server.join()
    const ticket = await loginTicket(ben)
    await server.send('PATCH', `${accountsPath}/${ben.account}`, { isDisabled: true }, owner.cookie)
    expect(told(await bind(server, ben, await makeDevice(), ticket))).toEqual([403, 'wrongProof'])
  })

  test('S2: a stolen cookie is worth nothing on another page', async () => {
    const tries: [string, string, unknown][] = [
      ['PATCH', accountPath, { name: 'Mallory' }],
      ['PUT', keyringPath, { keyring: 'A'.repeat(60) }],
      ['POST', invitationsPath, {}],
      ['DELETE', sessionPath, undefined],
    ]
    for (const [method, path, body] of tries) {
      const options = { method, headers: { origin: 'https://evil.example', cookie: owner.cookie } }
      const answer = await server.fetch(
        path,
        body === undefined ? options : { ...options, body: JSON.stringify(body) },
      )
      expect(told(answer)).toEqual([403, 'foreignOrigin'])
    }
    expect((await server.send('GET', sessionPath, undefined, owner.cookie)).body).toEqual({ who: owner.who })
  })
})

describe('certificates', () => {
  const bindWith = async (certificate: string, device = eve.device, account = ada) => {
    const ticket = await loginTicket(account)
    const signature = await signTicket(device.key, sessionLabel, ticket)
    return server.post(sessionPath, { ticket, certificate, signature })
  }

  test('I3: of another account, though genuine, it does not go with this ticket', async () => {
    const device = await makeDevice()
    expect(told(await bindWith(await certify(eve, device), device))).toEqual([403, 'wrongProof'])
  })

  test('I3: forged, with one identity’s name and another’s signature', async () => {
    const device = await makeDevice()
    const forged = await certify(eve, device, { identityKey: ada.key.publicKey })
    expect(told(await bindWith(forged, device))).toEqual([403, 'wrongProof'])
  })

  test('I3: changed in any byte', async () => {
    const device = await makeDevice()
    const bytes = fromBase64Url(await certify(ada, device)) ?? new Uint8Array(0)
    for (let index = 0; index < bytes.length; index += 17) {
      const changed = new Uint8Array(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect((await bindWith(toBase64Url(changed), device)).status).toBe(403)
    }
  })

  test('I3: with another key to seal to than the account registered with', async () => {
    const [device, other] = [await makeDevice(), await makeIdentity()]
    const swapped = await certify(ada, device, { identityKem: other.kem })
    expect(told(await bindWith(swapped, device))).toEqual([403, 'wrongProof'])
  })

  test('I3: a certificate without the device’s own signature lets nobody in', async () => {
    const device = await makeDevice()
    expect(told(await bindWith(await certify(ada, device), eve.device))).toEqual([403, 'wrongProof'])
  })

  const smallOrder = [
    '01' + '00'.repeat(31),
    '00'.repeat(32),
    'ec' + 'ff'.repeat(30) + '7f',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ]
  const notCanonical = ['ed' + 'ff'.repeat(30) + '7f', 'ff'.repeat(31) + '7f', 'ff'.repeat(32)]
  const keys = [...smallOrder, ...notCanonical].map((hex) => Buffer.from(hex, 'hex'))

  test.each(keys)('I6: a device key of small order or not canonical is refused (%#)', async (bytes) => {
    const device = await makeDevice()
    const certificate = await certify(ada, {
      ...device,
      key: { publicKey: new Uint8Array(bytes) as PublicKey },
    })
    expect(told(await bindWith(certificate, device))).toEqual([403, 'wrongProof'])
  })

  test.each(keys)('I6: so is an identity key (%#), at recovery too', async (bytes) => {
    const device = await makeDevice()
    const certificate = await certify(ada, device, { identityKey: new Uint8Array(bytes) as PublicKey })
    expect(told(await bindWith(certificate, device))).toEqual([403, 'wrongProof'])
    const started = await server.post(recoveryStartPath, { identityKey: bytes.toString('base64url') })
    expect(told(started)).toEqual([400, 'malformed'])
  })

  test.each([
    '00'.repeat(32),
    '01' + '00'.repeat(31),
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    ...notCanonical,
  ])('I6: so is a key to seal to, at registration (%#)', async (hex) => {
    const kem = new Uint8Array(Buffer.from(hex, 'hex')) as KemKey
    const secret = await invited()
    const { body, identity, device } = await prepareSignUp(server, { secret })
    for (const certificate of [
      await certify(identity, device, { identityKem: kem }),
      await certify(identity, { ...device, kem }),
    ])
      expect(told(await server.post(registrationFinishPath, { ...body, certificate }))).toEqual([
        403,
        'wrongProof',
      ])
    expect((await server.post(invitationPath, { code: codeOfSecret(secret) })).body).toMatchObject({
      state: 'open',
    })
  })

  test('I3: a device of another account is not taken over, by its own certificate of mine', async () => {
    const taken = await certify(eve, ada.device)
    const ticket = await loginTicket(eve)
    const signature = await signTicket(ada.device.key, sessionLabel, ticket)
    expect(told(await server.post(sessionPath, { ticket, certificate: taken, signature }))).toEqual([
      403,
      'wrongProof',
    ])
    const offered = await server.post(linkingOfferPath, { certificate: taken, box: 'AAAA' }, eve.cookie)
    expect(told(offered)).toEqual([403, 'wrongProof'])
    expect((await server.send('GET', sessionPath, undefined, ada.cookie)).body).toEqual({ who: ada.who })
  })

  test('I3: a revoked device does not come back with the certificate it had', async () => {
    const lost = await makeDevice()
    await bind(server, ada, lost, await loginTicket())
    const revocation = await revocationOf(ada, lost.key.publicKey)
    const path = `${devicesPath}/${lost.device}`
    expect((await server.send('DELETE', path, { revocation }, ada.cookie)).status).toBe(200)
    expect(told(await bind(server, ada, lost, await loginTicket()))).toEqual([403, 'wrongProof'])
    const certificate = await certify(ada, lost)
    expect(told(await server.post(linkingOfferPath, { certificate, box: 'AAAA' }, ada.cookie))).toEqual([
      403,
      'wrongProof',
    ])
  })

  test('I8: nobody links a device to an account with another’s signature', async () => {
    const certificate = await certify(eve, await makeDevice())
    const offered = await server.post(linkingOfferPath, { certificate, box: 'AAAA' }, ada.cookie)
    expect(told(offered)).toEqual([403, 'wrongProof'])
  })
})

describe('revocations and recovery', () => {
  test('I3: a revocation by another identity, or of another device, revokes nothing', async () => {
    const path = `${devicesPath}/${ada.device.device}`
    const send = (revocation: string, cookie = ada.cookie) =>
      server.send('DELETE', path, { revocation }, cookie)
    const byEve = await revocationOf(eve, ada.device.key.publicKey)
    expect(told(await send(byEve))).toEqual([403, 'wrongProof'])
    expect(told(await send(byEve, eve.cookie))).toEqual([404, 'notFound'])
    expect(told(await send(await revocationOf(ada, eve.device.key.publicKey)))).toEqual([403, 'wrongProof'])
    expect(told(await send(randomBytes(200).toString('base64url')))).toEqual([403, 'wrongProof'])
    expect((await server.send('GET', sessionPath, undefined, ada.cookie)).body).toEqual({ who: ada.who })
  })

  test('A5: recovery needs the identity’s own signature, on its own ticket, once', async () => {
    const identityKey = toBase64Url(ada.key.publicKey)
    const start = async () =>
      ((await server.post(recoveryStartPath, { identityKey })).body as { ticket: string }).ticket
    const prove = async (ticket: string, signature: string) =>
      server.post(recoveryProvePath, { ticket, signature })
    let ticket = await start()
    expect(told(await prove(ticket, await signTicket(eve.key, recoveryLabel, ticket)))).toEqual([
      403,
      'wrongProof',
    ])
    expect(told(await prove(ticket, await signTicket(ada.key, recoveryLabel, ticket)))).toEqual([
      403,
      'wrongProof',
    ])
    ticket = await start()
    expect(told(await prove(ticket, await signTicket(ada.key, sessionLabel, ticket)))).toEqual([
      403,
      'wrongProof',
    ])
    ticket = await start()
    const signature = await signTicket(ada.key, recoveryLabel, ticket)
    expect((await prove(ticket, signature)).status).toBe(200)
    expect(told(await prove(ticket, signature))).toEqual([403, 'wrongProof'])
  })

  test('A5: a phrase nobody registered with is answered like another’s, and proves nothing', async () => {
    const stranger = await makeIdentity()
    const started = await server.post(recoveryStartPath, { identityKey: toBase64Url(stranger.key.publicKey) })
    const known = await server.post(recoveryStartPath, { identityKey: toBase64Url(ada.key.publicKey) })
    expect([started.status, started.text.length]).toEqual([known.status, known.text.length])
    const { ticket } = started.body as { ticket: string }
    const signature = await signTicket(stranger.key, recoveryLabel, ticket)
    expect(told(await server.post(recoveryProvePath, { ticket, signature }))).toEqual([403, 'wrongProof'])
  })
})

describe('invitations', () => {
  test('A1: of two at the same instant exactly one gets in, the other hears that it is used', async () => {
    const secret = await invited()
    const ready = [await prepareSignUp(server, { secret }), await prepareSignUp(server, { secret })]
    const answers = await Promise.all(ready.map(({ body }) => server.post(registrationFinishPath, body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
    expect(answers.map(told)).toContainEqual([410, 'invitationUsed'])
  })

  test('A1: used, revoked, expired or made up, it is told which, and nobody gets in', async () => {
    const used = await invited()
    await signUp(server, { secret: used })
    const revoked = await invited()
    inDatabase(
      `UPDATE invitations SET revokedAt = 1 WHERE id = (SELECT id FROM invitations ORDER BY rowid DESC LIMIT 1)`,
    )
    const expired = await invited()
    inDatabase(
      `UPDATE invitations SET expiresAt = 1 WHERE id = (SELECT id FROM invitations ORDER BY rowid DESC LIMIT 1)`,
    )
    const words = []
    for (const secret of [used, revoked, expired, randomBytes(16).toString('base64url')])
      words.push(told((await prepareSignUp(server, { secret })).started))
    expect(words).toEqual([
      [410, 'invitationUsed'],
      [410, 'invitationRevoked'],
      [410, 'invitationExpired'],
      [410, 'invitationUnknown'],
    ])
  })

  test('A1: one revoked while somebody fills in the form lets them in no more', async () => {
    const secret = await invited()
    const { body } = await prepareSignUp(server, { secret })
    inDatabase(
      `UPDATE invitations SET revokedAt = 1 WHERE id = (SELECT id FROM invitations ORDER BY rowid DESC LIMIT 1)`,
    )
    expect(told(await server.post(registrationFinishPath, body))).toEqual([410, 'invitationRevoked'])
  })

  test('A1: a finished registration cannot be played again', async () => {
    const { body } = await prepareSignUp(server, { secret: await inviteBy(server, owner, { uses: 5 }) })
    expect((await server.post(registrationFinishPath, body)).status).toBe(200)
    expect(told(await server.post(registrationFinishPath, body))).toEqual([403, 'wrongProof'])
  })

  test('A2: a record that is none is refused before it could lock its owner out', async () => {
    const { body } = await prepareSignUp(server, { secret: await invited() })
    const record = '_'.repeat(256)
    expect(told(await server.post(registrationFinishPath, { ...body, record }))).toEqual([400, 'malformed'])
  })

  test.each([
    ['another case', (name: string) => name.toUpperCase()],
    ['wide letters', (name: string) => name.replace('P', 'Ｐ')],
    ['a ligature of spaces', (name: string) => name.replace(' ', '\u2003')],
    ['spaces around', (name: string) => `  ${name}  `],
    ['a mark that turns it round', (name: string) => `${name}\u202e`],
    ['letters put together', (name: string) => name.normalize('NFD')],
  ])('G8: a name cannot be taken by writing it with %s', async (_, spell) => {
    const { started } = await prepareSignUp(server, { secret: await invited(), name: spell(ada.name) })
    expect(told(started)).toEqual([409, 'nameTaken'])
  })

  test.each([
    `'; DROP TABLE accounts; --`,
    `" OR 1=1`,
    `<script>alert(1)</script>`,
    `%00\\x00`,
    `{"role":"owner"}`,
    '__proto__',
  ])('a name is a name, whatever stands in it: %s', async (name) => {
    const account = await signUp(server, { secret: await invited(), name })
    expect(account.who.name).toBe(name)
    expect((await logIn(server, name, account.password)).answer.status).toBe(200)
    expect((await logIn(server, ada.name, ada.password)).answer.status).toBe(200)
  })

  test.each(['', '   ', '\u0000', 'x'.repeat(41), '👨‍👩‍👧'.repeat(41), 'a'.repeat(400)])(
    'a name that is none is refused (%#)',
    async (name) => {
      const { started } = await prepareSignUp(server, { secret: await invited(), name })
      expect(told(started)).toEqual([400, 'malformed'])
    },
  )
})

describe('G2: roles', () => {
  const invitation = { id: '', codeHash: '', lifetimeMs: 60_000, uses: 1, welcome: 'AAAA' }
  const fresh = () => ({
    ...invitation,
    id: randomBytes(32).toString('base64url'),
    codeHash: randomBytes(32).toString('base64url'),
  })

  test('a member has no office', async () => {
    const tries: [string, string, unknown][] = [
      ['GET', accountsPath, undefined],
      ['GET', serverPath, undefined],
      ['GET', invitationsPath, undefined],
      ['POST', invitationsPath, { ...fresh(), role: 'member' }],
      ['DELETE', `${invitationsPath}/x`, undefined],
      ['PATCH', `${accountsPath}/${eve.account}`, { role: 'admin' }],
      ['DELETE', `${accountsPath}/${eve.account}`, undefined],
      ['PUT', `${accountsPath}/${eve.account}/admission`, { box: 'AAAA' }],
    ]
    for (const [method, path, body] of tries)
      expect(told(await server.send(method, path, body, ada.cookie))).toEqual([403, 'notAllowed'])
  })

  test('an admin grants no rank like their own, and nobody grants the owner’s', async () => {
    const post = (role: string, cookie: string) => server.post(invitationsPath, { ...fresh(), role }, cookie)
    expect(told(await post('admin', admin.cookie))).toEqual([403, 'notAllowed'])
    expect(told(await post('owner', admin.cookie))).toEqual([400, 'malformed'])
    expect(told(await post('owner', owner.cookie))).toEqual([400, 'malformed'])
    const promote = await server.send(
      'PATCH',
      `${accountsPath}/${ada.account}`,
      { role: 'admin' },
      admin.cookie,
    )
    expect(told(promote)).toEqual([403, 'notAllowed'])
    const crown = await server.send(
      'PATCH',
      `${accountsPath}/${ada.account}`,
      { role: 'owner' },
      owner.cookie,
    )
    expect(told(crown)).toEqual([400, 'malformed'])
  })

  test('an admin acts on no admin, no owner and not on themselves', async () => {
    const other = await server.join('admin')
    for (const { account } of [other, owner, admin]) {
      const path = `${accountsPath}/${account}`
      for (const answer of [
        await server.send('DELETE', path, undefined, admin.cookie),
        await server.send('PATCH', path, { isDisabled: true }, admin.cookie),
        await server.send('PATCH', path, { role: 'member' }, admin.cookie),
        await server.send('PUT', `${path}/admission`, { box: 'AAAA' }, admin.cookie),
        await server.post(invitationsPath, { ...fresh(), role: 'member', again: account }, admin.cookie),
      ])
        expect(told(answer)).toEqual([403, 'notAllowed'])
    }
  })

  test('the owner is removed and disabled by nobody, themselves included', async () => {
    const path = `${accountsPath}/${owner.account}`
    expect(told(await server.send('DELETE', path, undefined, owner.cookie))).toEqual([403, 'notAllowed'])
    expect(told(await server.send('PATCH', path, { isDisabled: true }, owner.cookie))).toEqual([
      403,
      'notAllowed',
    ])
  })

  test('whoever was demoted or removed has no office from that moment', async () => {
    const [demoted, removed] = [await server.join('admin'), await server.join('admin')]
    await server.send('PATCH', `${accountsPath}/${demoted.account}`, { role: 'member' }, owner.cookie)
    expect(told(await server.send('GET', accountsPath, undefined, demoted.cookie))).toEqual([
      403,
      'notAllowed',
    ])
    await server.send('DELETE', `${accountsPath}/${removed.account}`, undefined, owner.cookie)
    expect(told(await server.send('GET', accountsPath, undefined, removed.cookie))).toEqual([
      401,
      'signedOut',
    ])
  })

  test('an invitation to come in again is void once its account has risen', async () => {
    const rising = await server.join()
    const secret = await inviteBy(server, admin, { again: rising.account })
    await server.send('PATCH', `${accountsPath}/${rising.account}`, { role: 'admin' }, owner.cookie)
    expect((await server.post(invitationPath, { code: codeOfSecret(secret) })).body).toEqual({
      state: 'revoked',
    })
  })

  test('an invitation for many takes nobody’s place', async () => {
    const again = { ...fresh(), role: 'member', uses: 2, again: ada.account }
    expect(told(await server.post(invitationsPath, again, owner.cookie))).toEqual([400, 'malformed'])
  })

  test('nobody is told of accounts that are not there', async () => {
    const path = `${accountsPath}/${randomBytes(32).toString('base64url')}`
    expect(told(await server.send('PATCH', path, { role: 'admin' }, owner.cookie))).toEqual([404, 'notFound'])
    expect(told(await server.send('DELETE', `${accountsPath}/..%2fx`, undefined, owner.cookie))).toEqual([
      404,
      'notFound',
    ])
  })
})

describe('sizes', () => {
  test('bodies beyond their limit are 413, welcomes included', async () => {
    const huge = 'A'.repeat(httpLimits.maxBodyBytes + 1)
    expect(told(await server.post(loginStartPath, { name: huge, request: 'AAAA' }))).toEqual([
      413,
      'tooLarge',
    ])
    const welcome = 'A'.repeat(httpLimits.maxWelcomeBodyBytes + 1)
    expect(told(await server.post(invitationsPath, { welcome }, owner.cookie))).toEqual([413, 'tooLarge'])
    expect(told(await server.send('PUT', keyringPath, { keyring: huge }, ada.cookie))).toEqual([
      413,
      'tooLarge',
    ])
  })

  test('boxes beyond theirs are 400', async () => {
    const keyring = 'A'.repeat(Math.ceil(((accountLimits.maxKeyringBytes + 3) * 4) / 3))
    const answer = await server.send('PUT', keyringPath, { keyring: keyring.slice(0, 16_380) }, ada.cookie)
    expect([400, 413]).toContain(answer.status)
    const { body } = await prepareSignUp(server, { secret: await invited() })
    const boxes = { seed: 'A'.repeat(81) }
    expect(told(await server.post(registrationFinishPath, { ...body, boxes }))).toEqual([400, 'malformed'])
  })
})

test('after all that, those who were in are in', async () => {
  for (const { cookie, who } of [owner, admin, ada, eve])
    expect((await server.send('GET', sessionPath, undefined, cookie)).body).toEqual({ who })
  expect(cookieOf(await bind(server, eve, await makeDevice(), await loginTicket(eve)))).not.toBe('')
})
