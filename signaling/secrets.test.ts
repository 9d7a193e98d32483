import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { accountsPath } from '../shared/accounts.ts'
import { invitationPath } from '../shared/invitations.ts'
import { loginStartPath } from '../shared/login.ts'
import { recoveryProvePath, recoveryStartPath } from '../shared/recovery.ts'
import { serverPath } from '../shared/server-overview.ts'
import { sessionPath } from '../shared/session.ts'
import { toBase64Url } from '../shared/crypto/base64url.ts'
import { bind, codeOfSecret, inviteBy, logIn, secretOf, signUp } from './testing/test-account.ts'
import { makeDevice } from './testing/test-identity.ts'
import { beginLogin } from './testing/test-opaque.ts'
import { cookieOf, newFolder, startTestServer, type TestAnswer } from './testing/test-server.ts'
import { connect } from './testing/test-socket.ts'

test('no password, token, ticket, code, topic or box’s content is in a log line, on the disk or in an answer it does not belong in', async () => {
  const dataFolder = await newFolder()
  const server = await startTestServer({ dataFolder, limits: { perAddress: 5 } })
  const answers: string[] = []
  const heard = (answer: TestAnswer): TestAnswer => {
    answers.push(answer.text)
    return answer
  }
  const overheard = {
    ...server,
    fetch: async (...given: Parameters<typeof server.fetch>) => heard(await server.fetch(...given)),
  }
  overheard.send = (method, path, body, cookie) =>
    overheard.fetch(path, {
      method,
      headers: { origin: server.origin, ...(cookie === undefined ? {} : { cookie }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  overheard.post = (path, body, cookie) => overheard.send('POST', path, body, cookie)

  // Everybody comes in, goes out, gets it wrong and is told to wait.
  const ownerSecret = secretOf(server.ownerLink('http://localhost'))
  const owner = await signUp(overheard, { secret: ownerSecret, password: 'correct horse battery staple' })
  const adaSecret = await inviteBy(overheard, owner)
  const ada = await signUp(overheard, { secret: adaSecret, password: 'a very secret password of Ada' })
  const { ticket } = await logIn(overheard, ada.name, ada.password)
  const secondCookie = cookieOf(await bind(overheard, ada, await makeDevice(), ticket))
  const socket = await connect(server, { session: { device: ada.device.device, cookie: ada.cookie } })
  const topic = randomBytes(16).toString('base64url')
  socket.say({ type: 'join', topic })
  await socket.next('here')
  socket.say({ type: 'signal', to: owner.device.device, box: 'sealedIntroductionOfAda' })
  await socket.next('error')
  const typedPassword = 'password in the wrong field'
  for (const name of [ada.name, typedPassword]) await logIn(overheard, name, 'a wrong guess at it')
  const identityKey = toBase64Url(ada.key.publicKey)
  const recovery = (await overheard.post(recoveryStartPath, { identityKey })).body as { ticket: string }
  await overheard.post(recoveryProvePath, { ticket: recovery.ticket, signature: 'A'.repeat(86) })
  const wrongSecret = randomBytes(16).toString('base64url')
  for (let count = 0; count < 8; count++)
    await overheard.post(invitationPath, { code: codeOfSecret(wrongSecret) })
  const { request } = beginLogin('one more guess')
  expect((await overheard.post(loginStartPath, { name: ada.name, request })).status).toBe(429)
  await overheard.send('GET', serverPath, undefined, owner.cookie)
  await overheard.send('GET', accountsPath, undefined, owner.cookie)
  await overheard.send('DELETE', sessionPath, undefined, secondCookie)
  await server.close()

  const tokenOf = (cookie: string): string => cookie.split('=')[1] ?? ''
  const never = [owner.password, ada.password, 'a wrong guess at it', ownerSecret, adaSecret, wrongSecret]
  const codes = [ownerSecret, adaSecret, wrongSecret].map(codeOfSecret)
  const tokens = [owner.cookie, ada.cookie, secondCookie].map(tokenOf)
  const fleeting = [
    ...codes,
    ...tokens,
    ticket,
    recovery.ticket,
    topic,
    'sealedIntroductionOfAda',
    typedPassword,
  ]
  const logged = server.logged.join('')
  expect(logged).toContain('signedIn')
  expect(logged).toContain('signInFailed')
  expect(logged).toContain('limited')
  expect(logged).toContain('socketOpened')
  const boxes = [owner.seedBox, ada.seedBox, ada.keyringBox]
  expect([...never, ...fleeting, ...boxes].filter((secret) => logged.includes(secret))).toEqual([])
  expect(answers.length).toBeGreaterThan(20)
  const told = answers.join('\n')
  expect([...never, ...codes, ...tokens, topic].filter((secret) => told.includes(secret))).toEqual([])

  const files = await readdir(dataFolder)
  expect(files).toContain('hearth.db')
  const disk = Buffer.concat(await Promise.all(files.map((file) => readFile(join(dataFolder, file)))))
  const asBytes = (secret: string): Buffer[] => [Buffer.from(secret), Buffer.from(secret, 'base64url')]
  const onDisk = [...never, ...fleeting].filter((secret) =>
    asBytes(secret).some((bytes) => disk.includes(bytes)),
  )
  expect(onDisk).toEqual([])
})
