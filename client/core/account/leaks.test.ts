import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { ok } from '../../../shared/result.ts'
import { phraseOf } from '../identity/phrase.ts'
import { documentOf, goInside, meet, type AtHome, type TestBrowser } from '../testing/test-browser.ts'
import { createTestHome, valueOf, type Resident, type TestHome } from '../testing/test-home.ts'
import type { Entrance } from './entrance.ts'
import { recover } from './entrance.ts'
import { encodeMembershipRecord } from './membership-record.ts'
import { offerLinking } from './offer-linking.ts'
import { encodePrivateNotes } from './private-notes.ts'

let home: TestHome
let bert: Resident
beforeAll(async () => {
  home = await createTestHome()
  bert = await home.invite('Bert')
})
afterAll(() => home.close())

/** Every way in which bytes may be spelled. */
const spellings = (secret: Bytes): Buffer[] => {
  const bytes = Buffer.from(secret)
  const texts = [
    bytes.toString('hex'),
    bytes.toString('base64url'),
    bytes.toString('base64'),
    [...bytes].join(','),
  ]
  return [bytes, ...texts.map((text) => Buffer.from(text))]
}
const isIn = (haystack: Uint8Array, secret: Bytes): boolean =>
  spellings(secret).some((spelling) => Buffer.from(haystack).includes(spelling))

/** All that a device has on its disk, or sent to anybody. */
const leftBy = ({ browser, keeper, hearth }: AtHome): Buffer =>
  Buffer.concat([
    ...browser.vaultWrites.flatMap(({ deviceSeed, membership, notes }) =>
      [deviceSeed, membership, notes].flatMap((bytes) => (bytes ? [Buffer.from(bytes)] : [])),
    ),
    Buffer.from(encodeMembershipRecord(keeper.record.get())),
    Buffer.from(encodePrivateNotes(keeper.notes.get())),
    Buffer.from(documentOf(hearth)),
    Buffer.from(hearth.family.credential()),
    ...browser.sent.map((text) => Buffer.from(text)),
  ])

const expectNothingOf = ({ seed, password }: Resident, inside: AtHome) => {
  const left = leftBy(inside)
  expect(left.length).toBeGreaterThan(2_000)
  expect(isIn(left, seed)).toBe(false)
  expect(left.includes(password)).toBe(false)
  expect(left.includes(phraseOf(seed).slice(0, 3).join(' '))).toBe(false)
  // The search finds what is there.
  expect(isIn(left, inside.browser.deviceSeed)).toBe(true)
  expect(isIn(left, inside.keeper.record.get().keyringKey)).toBe(true)
}

const link = async (by: Resident, browser: TestBrowser): Promise<Entrance> => {
  const linked: Entrance[] = []
  const offered = offerLinking({
    tools: browser.tools,
    origin: '',
    onLinked: (entrance) => {
      linked.push(entrance)
      return Promise.resolve(ok(undefined))
    },
  })
  valueOf(await valueOf(await by.account.readLinking(offered.link)).approve(by.password))
  await browser.pass(5_000)
  return linked[0]!
}

test('I4: no way in and nothing one does there leaves seed, phrase or password on a device or on the way', async () => {
  const { account, office, keeper } = bert
  expectNothingOf(home.owner, home.owner)
  expectNothingOf(bert, bert)

  const signedIn = await home.signInAs(bert)
  expectNothingOf(bert, signedIn)

  const linking = await home.open()
  const linked = await goInside(linking, await link(bert, linking))
  expectNothingOf(bert, linked)

  const recovering = await home.open()
  expectNothingOf(
    bert,
    await goInside(recovering, valueOf(await recover(recovering.tools, bert.seed, bert.password))),
  )

  await meet(bert, signedIn, home.owner)
  valueOf(await account.readPhrase(bert.password))
  account.keptPhrase()
  valueOf(await account.changePassword(bert.password, bert.password))
  valueOf(await account.revokeDevice(signedIn.browser.tools.device.id, bert.password))
  valueOf(await office.trust.setVerified(home.owner.id, true))
  expect(keeper.notes.get()).toMatchObject({ hasKeptPhrase: true })
  expectNothingOf(bert, bert)
})

test('A8: what the server gets of an invitation opens nothing', async () => {
  const { office, browser, keeper } = home.owner
  const { link } = valueOf(await office.invite({ role: 'member', lifetimeMs: 60_000, uses: 1 }))
  const secret = new Uint8Array(Buffer.from(link.slice(link.lastIndexOf('/') + 1), 'base64url'))
  const sent = Buffer.from(browser.sent.join('\n'))
  expect(secret.length).toBe(16)
  expect(isIn(sent, secret)).toBe(false)
  expect(isIn(sent, keeper.record.get().family!.secret)).toBe(false)
  expect(isIn(sent, keeper.record.get().keyringKey)).toBe(false)
})
