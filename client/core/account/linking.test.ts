import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { linkingLookPath } from '../../../shared/linking.ts'
import { ok } from '../../../shared/result.ts'
import { goInside, meet, seenBy, type AtHome, type TestBrowser } from '../testing/test-browser.ts'
import { createTestHome, valueOf, type Resident, type TestHome } from '../testing/test-home.ts'
import { comeBackByKey, type Entrance } from './entrance.ts'
import { checkDigitsOf, linkingLinkOf, openLinkingBox, readLinkingLink } from './linking.ts'
import { offerLinking } from './offer-linking.ts'

let home: TestHome
let owner: Resident
let bert: Resident
beforeAll(async () => {
  home = await createTestHome()
  owner = home.owner
  bert = await home.invite('Bert')
})
afterAll(() => home.close())

const poll = accountLimits.linkingPollMs
const offer = (browser: TestBrowser) => {
  const linked: Entrance[] = []
  const offered = offerLinking({
    tools: browser.tools,
    origin: 'https://hearth.local',
    onLinked: (entrance) => {
      linked.push(entrance)
      return Promise.resolve(ok(undefined))
    },
  })
  return { offered, linked }
}

test('I8: a device is linked by its QR code and the password, without a secret typed on it', async () => {
  const browser = await home.open()
  const { offered, linked } = offer(browser)
  await browser.pass(poll)
  expect(offered.status.get()).toBe('waiting')

  const request = valueOf(await bert.account.readLinking(offered.link))
  expect(request.deviceName).toBe(browser.tools.deviceName)
  expect(request.checkDigits).toBe(await offered.checkDigits)
  expect(await request.approve('not the password')).toEqual({ ok: false, problem: { type: 'wrongLogin' } })
  await browser.pass(poll)
  expect(offered.status.get()).toBe('waiting')
  valueOf(await request.approve(bert.password))
  await browser.pass(poll)
  expect(offered.status.get()).toBe('linked')

  const second = await goInside(browser, linked[0]!)
  expect(second.id).toBe(bert.id)
  // Everybody is there at once: the document came with it.
  expect(seenBy(second)).toEqual(['Anna: owner', 'Bert: member'])
  expect(valueOf(await browser.tools.calls.session.read()).who).toMatchObject({
    account: bert.id,
    device: browser.tools.device.id,
  })
  await meet(owner, second)
  expect(owner.hearth.family.standingOf(browser.tools.device.id)).toBe('member')
  // It asks no more.
  const asked = browser.sent.length
  await browser.pass(poll * 3)
  expect(browser.sent.length).toBe(asked)
})

test('I8: what was left for another device, or changed, is no reason to come in', async () => {
  const [browser, other] = [await home.open(), await home.open()]
  const { deviceName } = other.tools
  const keys = {
    deviceKey: other.tools.device.publicKey,
    deviceKem: other.tools.device.kem.publicKey,
    deviceName,
  }
  const request = valueOf(await bert.account.readLinking(linkingLinkOf('', keys)))
  valueOf(await request.approve(bert.password))
  const { box } = valueOf(await other.tools.calls.linking.look({ device: other.tools.device.id }))
  const whole = fromBase64Url(box!)!
  expect((await openLinkingBox(other.tools, whole))?.account).toBe(bert.id)
  expect(await openLinkingBox(browser.tools, whole)).toBeUndefined()
  for (let at = 0; at < whole.length; at += 97) {
    const broken = new Uint8Array(whole)
    broken[at]! ^= 1
    expect(await openLinkingBox(other.tools, broken)).toBeUndefined()
  }

  const { offered, linked } = offer(browser)
  for (const wrong of [box, toBase64Url(whole.slice(0, 20)), undefined]) {
    browser.meddle(async ({ path }, forward) =>
      path === linkingLookPath ? { status: 200, body: wrong === undefined ? {} : { box: wrong } } : forward(),
    )
    await browser.pass(poll)
    expect(linked).toEqual([])
    expect(offered.status.get()).toBe('waiting')
  }
  browser.meddle(() => Promise.resolve(undefined))
  await browser.pass(poll)
  expect(offered.status.get()).toBe('unreachable')
  browser.meddle(undefined)
  await browser.pass(poll)
  expect(offered.status.get()).toBe('waiting')
  offered.cancel()
})

test('I8: an offer ends after ten minutes, or when it is taken back', async () => {
  const [one, two] = [await home.open(), await home.open()]
  const ended = offer(one).offered
  await one.clock.sleep(accountLimits.linkingMs + 1)
  await one.pass(poll)
  expect(ended.status.get()).toBe('expired')
  const { offered } = offer(two)
  offered.cancel()
  await two.pass(poll)
  const asked = two.sent.length
  await two.pass(poll * 3)
  expect(two.sent.length).toBe(asked)
})

test('I8: a link that is none is told', async () => {
  for (const link of ['', 'https://hearth.local/', 'https://hearth.local/#link/AAAA'])
    expect(await bert.account.readLinking(link)).toEqual({ ok: false, problem: { type: 'brokenLink' } })
})

test('I8: the digits show whether somebody has put another device’s keys in between', async () => {
  const [browser, thief] = [await home.open(), await home.open()]
  const { offered } = offer(browser)
  const keys = readLinkingLink(offered.link)!
  const swapped = { ...keys, deviceKem: thief.tools.device.kem.publicKey }
  expect(await checkDigitsOf(swapped)).not.toBe(await offered.checkDigits)
  offered.cancel()
})

const devicesOf = async ({ account }: Pick<AtHome, 'account'>) =>
  valueOf(await account.devices()).map(({ device, isThisOne, isSignedIn }) => ({
    device,
    isThisOne,
    isSignedIn,
  }))

test('A7, L3: a revoked device is out: at the server, and in the family', async () => {
  const lost = await home.signInAs(bert)
  const { device } = lost.browser.tools
  await meet(owner, bert, lost)
  expect(await devicesOf(bert)).toContainEqual({ device: device.id, isThisOne: false, isSignedIn: true })
  expect(owner.hearth.family.standingOf(device.id)).toBe('member')

  expect(await bert.account.revokeDevice(device.id, 'not the password')).toMatchObject({ ok: false })
  expect(valueOf(await lost.browser.tools.calls.session.read()).who?.device).toBe(device.id)
  valueOf(await bert.account.revokeDevice(device.id, bert.password))
  const asked = await lost.browser.tools.calls.session.read()
  expect(asked.ok && asked.value.who).toBeFalsy()
  expect(await comeBackByKey(lost.browser.tools)).toEqual({ ok: false, problem: { type: 'deviceUnknown' } })

  await meet(owner, bert)
  const { family } = owner.hearth
  expect(family.standingOf(device.id)).toBe('revoked')
  expect(await family.checkCredential(device.id, lost.hearth.family.credential())).toBe('revoked')
  expect(family.standingOf(bert.browser.tools.device.id)).toBe('member')
  // What it writes from now on counts for nothing; what it had written still does.
  const change = { name: 'Robert' }
  lost.browser.meddle(() => Promise.resolve({ status: 200, body: change }))
  valueOf(await lost.account.changeProfile(change))
  await meet(owner, lost)
  expect(seenBy(owner)).toEqual(['Anna: owner', 'Bert: member'])
})
