import { afterAll, beforeAll, expect, test } from 'vitest'
import { loginFinishPath, type LoginFinished } from '../../../shared/login.ts'
import { recoveryProvePath } from '../../../shared/recovery.ts'
import { sessionPath } from '../../../shared/session.ts'
import { phraseOf, readPhrase } from '../identity/phrase.ts'
import { goInside, meet, seenBy, type Meddle } from '../testing/test-browser.ts'
import { createTestHome, passwordOf, valueOf, type Resident, type TestHome } from '../testing/test-home.ts'
import { comeBackByKey, recover, signIn } from './entrance.ts'

let home: TestHome
let owner: Resident
let bert: Resident
let cilla: Resident
beforeAll(async () => {
  home = await createTestHome()
  owner = home.owner
  bert = await home.invite('Bert')
  cilla = await home.invite('Cilla')
})
afterAll(() => home.close())

const failing = (type: string) => ({ ok: false, problem: { type } })

/** A server that answers a login with other boxes than the account's. */
const withBoxes =
  (change: (answer: LoginFinished) => LoginFinished): Meddle =>
  async ({ path }, forward) => {
    const answer = await forward()
    if (path !== loginFinishPath || answer?.status !== 200) return answer
    return { ...answer, body: change(answer.body as LoginFinished) }
  }

const boxesOf = async ({ name, password }: Resident): Promise<LoginFinished> => {
  const browser = await home.open()
  let answered: LoginFinished | undefined
  browser.meddle(withBoxes((answer) => (answered = answer)))
  valueOf(await signIn(browser.tools, name, password))
  return answered!
}

test('A2: on a second browser, name and password bring everything back', async () => {
  const second = await home.signInAs(bert)
  expect(second.id).toBe(bert.id)
  expect(second.browser.tools.device.id).not.toBe(bert.browser.tools.device.id)
  expect(seenBy(second)).toEqual(['Somebody: member', 'Somebody: owner'])
  await meet(owner, bert, second)
  expect(seenBy(owner)).toEqual(['Anna: owner', 'Bert: member', 'Cilla: member'])
  const devices = owner.hearth.family.state.get().membership.members.get(bert.id)?.devices
  expect(devices?.has(second.browser.tools.device.id)).toBe(true)
  // Not a new person, so nobody is told a name again.
  expect(second.keeper.record.get().needsProfile).toBe(false)
  expect(second.account.loginName.get()).toBe('Bert')
})

test('A2: with a wrong password, and with a name nobody has, nothing opens', async () => {
  const { tools } = await home.open()
  expect(await signIn(tools, 'Bert', passwordOf('Anna'))).toEqual(failing('wrongLogin'))
  expect(await signIn(tools, 'Nobody', passwordOf('Bert'))).toEqual(failing('wrongLogin'))
  expect(
    (await tools.calls.session.read()).ok && valueOf(await tools.calls.session.read()).who,
  ).toBeUndefined()
})

test('A2: a server that hands out another account’s seed box, or another account, is caught', async () => {
  const hers = await boxesOf(cilla)
  const browser = await home.open()
  const before = browser.sent.filter((one) => one.includes(`"${sessionPath}"`)).length
  for (const change of [
    (answer: LoginFinished) => ({ ...answer, boxes: { ...answer.boxes, seed: hers.boxes.seed } }),
    (answer: LoginFinished) => ({ ...answer, account: hers.account }),
    () => hers,
    (answer: LoginFinished) => ({ ...answer, boxes: { ...answer.boxes, seed: flip(answer.boxes.seed) } }),
  ]) {
    browser.meddle(withBoxes(change))
    expect(await signIn(browser.tools, 'Bert', bert.password)).toEqual(failing('boxBroken'))
  }
  // And is told nothing of this device.
  expect(browser.sent.filter((one) => one.includes(`"${sessionPath}"`)).length).toBe(before)
})

test('A2: a keyring that is another account’s, or was damaged, is caught; one that is missing means to wait', async () => {
  const hers = await boxesOf(cilla)
  const browser = await home.open()
  const withKeyring = (keyring: string | undefined) =>
    withBoxes((answer) => ({
      ...answer,
      boxes: { seed: answer.boxes.seed, ...(keyring !== undefined && { keyring }) },
    }))
  const own = (await boxesOf(bert)).boxes.keyring!
  for (const keyring of [hers.boxes.keyring, flip(own), own.slice(0, -4)]) {
    browser.meddle(withKeyring(keyring))
    expect(await signIn(browser.tools, 'Bert', bert.password)).toEqual(failing('boxBroken'))
  }
  browser.meddle(withKeyring(undefined))
  expect(valueOf(await signIn(browser.tools, 'Bert', bert.password)).record.family).toBeUndefined()
})

const flip = (box: string): string => {
  const bytes = Buffer.from(box, 'base64url')
  bytes[20]! ^= 1
  return bytes.toString('base64url')
}

test('A5: the phrase brings everything back with a new password, and the old one holds no more', async () => {
  const phrase = phraseOf(bert.seed).join(' ')
  const browser = await home.open()
  const newPassword = 'something quite different'
  const entrance = valueOf(await recover(browser.tools, readPhrase(phrase)!, newPassword))
  expect(entrance.record.loginName).toBe('Bert')
  const back = await goInside(browser, entrance)
  expect(back.id).toBe(bert.id)
  const other = await home.open()
  expect(await signIn(other.tools, 'Bert', bert.password)).toEqual(failing('wrongLogin'))
  expect(valueOf(await signIn(other.tools, 'Bert', newPassword)).account).toBe(bert.id)
  bert = { ...bert, password: newPassword }
})

test('A5: a phrase that nobody here has registered with is told, and a short password before anything is sent', async () => {
  const { tools, sent } = await home.open()
  const nobodys = new Uint8Array(32).fill(77)
  expect(await recover(tools, nobodys, 'something quite different')).toEqual(failing('phraseUnknown'))
  const before = sent.length
  expect(await recover(tools, bert.seed, 'short')).toMatchObject(failing('passwordTooShort'))
  expect(sent.length).toBe(before)
})

test('A5: a keyring that was swapped is caught on this way too', async () => {
  const hers = await boxesOf(cilla)
  const browser = await home.open()
  browser.meddle(async ({ path }, forward) => {
    const answer = await forward()
    if (path !== recoveryProvePath || answer?.status !== 200) return answer
    return { ...answer, body: { ...(answer.body as object), keyring: hers.boxes.keyring } }
  })
  expect(await recover(browser.tools, bert.seed, bert.password)).toEqual(failing('boxBroken'))
})

test('a new password takes the place of the old, and the old one must be known', async () => {
  const { account } = cilla
  const newPassword = 'the new one of Cilla'
  expect(await account.changePassword('not the old one', newPassword)).toEqual(failing('wrongLogin'))
  expect(await account.changePassword(cilla.password, 'short')).toMatchObject(failing('passwordTooShort'))
  expect(await account.changePassword(cilla.password, newPassword)).toEqual({ ok: true, value: undefined })
  const { tools } = await home.open()
  expect(await signIn(tools, 'Cilla', cilla.password)).toEqual(failing('wrongLogin'))
  expect(valueOf(await signIn(tools, 'Cilla', newPassword)).account).toBe(cilla.id)
  cilla = { ...cilla, password: newPassword }
  // The phrase stays the same: it is the seed, and the password only opens it.
  expect(valueOf(await account.readPhrase(newPassword))).toEqual(phraseOf(cilla.seed))
  expect(await account.readPhrase('not the old one')).toEqual(failing('wrongLogin'))
})

test('A2: a server that answers with another account of the same password changes nothing here', async () => {
  const dora = await home.invite('Dora')
  const { browser, account } = cilla
  // As if the server took Cilla's name for Dora's, who has told it her password.
  browser.meddle(({ path, body, method }, forward) => {
    if (!path.startsWith('/api/login/start')) return forward()
    return home.server.send(method, path, { ...body, name: 'Dora' })
  })
  expect(await account.readPhrase(dora.password)).toEqual(failing('boxBroken'))
  expect(await account.changePassword(dora.password, 'yet another one')).toEqual(failing('boxBroken'))
  browser.meddle(undefined)
})

test('A3: a device whose cookie is gone comes back by its key, and one the server does not know does not', async () => {
  const { tools } = cilla.browser
  expect(await comeBackByKey(tools)).toEqual({ ok: true, value: undefined })
  expect(valueOf(await tools.calls.session.read()).who?.name).toBe('Cilla')
  expect(await comeBackByKey((await home.open()).tools)).toEqual(failing('deviceUnknown'))
})

test('without a server, and with one that is somebody else’s, every way in says so', async () => {
  const browser = await home.open()
  for (const answer of [undefined, { status: 200, body: '<html>Welcome to the hotel' }]) {
    browser.meddle(() => Promise.resolve(answer))
    expect(await signIn(browser.tools, 'Bert', bert.password)).toEqual(failing('unreachable'))
    expect(await recover(browser.tools, bert.seed, bert.password)).toEqual(failing('unreachable'))
  }
})
