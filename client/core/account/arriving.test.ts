import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupLimits } from '../../../shared/limits.ts'
import { registrationFinishPath } from '../../../shared/registration.ts'
import { runAdmin } from '../../../signaling/admin/run-admin.ts'
import { goInside, meet, seenBy } from '../testing/test-browser.ts'
import { createTestHome, passwordOf, valueOf, type TestHome } from '../testing/test-home.ts'
import { sealKeyring } from './account-boxes.ts'
import { openAdmission } from './admission.ts'
import { signIn } from './entrance.ts'
import { joinFamily, register } from './register.ts'

let home: TestHome
beforeAll(async () => {
  home = await createTestHome()
})
afterAll(() => home.close())

const once = { role: 'member', lifetimeMs: 60_000, uses: 1 } as const

test('A1: the first makes the family, and is its owner', async () => {
  const { owner } = home
  expect(seenBy(owner)).toEqual(['Anna: owner'])
  expect(owner.office.familyName.get()).toBe('Lindqvist')
  expect(valueOf(await owner.browser.tools.calls.session.read()).who).toMatchObject({
    name: 'Anna',
    role: 'owner',
  })
})

test('A8: whoever is invited sees family and people at once, and the others hear of them', async () => {
  const { owner } = home
  const { link } = valueOf(await owner.office.invite({ ...once, role: 'admin' }))
  const browser = await home.open()
  const invited = await browser.follow(link)
  if (invited.type !== 'join') throw new Error('no welcome')
  expect(invited.welcome.inviterName).toBe('Anna')

  const bert = await home.register(link, 'Bert')
  expect(bert.office.familyName.get()).toBe('Lindqvist')
  expect(seenBy(bert)).toEqual(['Anna: owner', 'Bert: admin'])
  expect(seenBy(owner)).toEqual(['Anna: owner'])
  expect(
    await owner.hearth.family.checkCredential(bert.browser.tools.device.id, bert.hearth.family.credential()),
  ).toBe('member')
  await meet(owner, bert)
  expect(seenBy(owner)).toEqual(seenBy(bert))
  expect(valueOf(await bert.browser.tools.calls.session.read()).who?.role).toBe('admin')
})

test('L3: who was invited by an admin whom the owner made so is known by whoever knows the genesis', async () => {
  const { owner } = home
  const cilla = await home.invite('Cilla')
  valueOf(await owner.office.setRole(cilla.id, 'admin'))
  await meet(owner, cilla)
  const dora = await home.register(valueOf(await cilla.office.invite(once)).link, 'Dora')
  const proof = dora.hearth.family.credential()
  // Somebody who came before Cilla was an admin, and has met nobody since.
  const early = await home.signInAs(owner)
  expect(await early.hearth.family.checkCredential(dora.browser.tools.device.id, proof)).toBe('member')
  await meet(dora, early)
  // Early cannot open what Dora wrote before she knew of this device, until she has wrapped it to it (G3).
  await dora.browser.clock.advance(groupLimits.rekeySpreadMs)
  await meet(dora, early)
  expect(seenBy(early)).toContain('Dora: member')
})

test('G2: an admin invites at once, also when the owner’s clock is an hour ahead', async () => {
  const { owner } = home
  const eva = await home.invite('Eva')
  const { browser } = owner
  await browser.clock.advance(3_600_000)
  valueOf(await owner.office.setRole(eva.id, 'admin'))
  await meet(owner, eva)
  const finn = await home.register(valueOf(await eva.office.invite(once)).link, 'Finn')
  expect(seenBy(finn)).toContain('Finn: member')
  await meet(owner, eva, finn)
  valueOf(await eva.office.remove(finn.id))
  await meet(owner, eva)
  expect(seenBy(owner)).toContain('Finn: removed')
})

test('A1: one who registered by a link from the server waits, until somebody lets them in', async () => {
  const { owner, server } = home
  const { exitCode, text } = await runAdmin(
    ['invite'],
    { HEARTH_DATA: server.dataFolder, HEARTH_URL: 'https://hearth.local' },
    false,
  )
  expect(exitCode).toBe(0)
  const browser = await home.open()
  const invited = await browser.follow(/https:\S+/.exec(text)![0])
  expect(invited.type).toBe('ask')
  const password = passwordOf('Gerda')
  const entrance = valueOf(await register(browser.tools, invited, { name: 'Gerda', password }))
  const { record, account } = entrance
  expect(record.family).toBeUndefined()
  expect(valueOf(await browser.tools.calls.account.admission())).toEqual({})

  const row = valueOf(await owner.office.accounts()).find((one) => one.isWaiting)!
  expect(row).toMatchObject({ account, name: 'Gerda' })
  // Both read each other the number of the one who waits.
  const { safetyNumber } = owner.office.trust
  expect(await safetyNumber(row.account)).toMatch(/^\d{5}( \d{5}){11}$/)
  // A server that shows somebody else's devices leads to nothing.
  const stranger = await home.invite('Hans')
  const swapped = {
    ...row,
    certificates: [Buffer.from(stranger.keeper.record.get().certificate).toString('base64url')],
  }
  expect(await owner.office.letIn(swapped)).toEqual({ ok: false, problem: { type: 'boxBroken' } })

  valueOf(await owner.office.letIn(row))
  const { box } = valueOf(await browser.tools.calls.account.admission())
  expect(await openAdmission(stranger.browser.tools.device, account, box!)).toBeUndefined()
  expect(await openAdmission(browser.tools.device, stranger.id, box!)).toBeUndefined()
  const opened = (await openAdmission(browser.tools.device, account, box!))!
  const family = await joinFamily(opened.welcome, opened.secrets, account, browser.clock.now())
  const keyring = await sealKeyring(record.keyringKey, account, family, browser.tools.random)
  valueOf(await browser.tools.calls.account.saveKeyring({ keyring }))
  const gerda = await goInside(browser, { ...entrance, record: { ...record, family } })
  await meet(owner, gerda)
  expect(seenBy(owner)).toContain('Gerda: member')
  expect(valueOf(await owner.office.accounts()).filter((one) => one.isWaiting)).toEqual([])
  // And a second browser has it all from the keyring.
  const second = await home.open()
  const signedIn = valueOf(await signIn(second.tools, 'Gerda', password))
  expect(seenBy(await goInside(second, signedIn))).toContain('Somebody: member')
})

test('A3: a registration whose answer was lost on its way has happened all the same', async () => {
  const { link } = valueOf(await home.owner.office.invite(once))
  const browser = await home.open()
  const invited = await browser.follow(link)
  browser.meddle(async ({ path }, forward) => {
    const answer = await forward()
    return path === registrationFinishPath ? undefined : answer
  })
  const wish = { name: 'Ida', password: passwordOf('Ida') }
  const ida = await goInside(browser, valueOf(await register(browser.tools, invited, wish)))
  expect(valueOf(await browser.tools.calls.session.read()).who?.name).toBe('Ida')
  await meet(home.owner, ida)
  expect(seenBy(home.owner)).toContain('Ida: member')
})

test('A3: a registration that never reached the server has not happened, and the link is good for another try', async () => {
  const { link } = valueOf(await home.owner.office.invite(once))
  const browser = await home.open()
  const invited = await browser.follow(link)
  browser.meddle(({ path }, forward) =>
    path === registrationFinishPath ? Promise.resolve(undefined) : forward(),
  )
  const wish = { name: 'Jon', password: passwordOf('Jon') }
  expect(await register(browser.tools, invited, wish)).toEqual({
    ok: false,
    problem: { type: 'unreachable' },
  })
  browser.meddle(undefined)
  valueOf(await register(browser.tools, await browser.follow(link), wish))
  expect(await register((await home.open()).tools, invited, wish)).toMatchObject({
    ok: false,
    problem: { type: 'invitationUsed' },
  })
})

test('what a form can get wrong is told before anything is sent', async () => {
  const { link } = valueOf(await home.owner.office.invite(once))
  const browser = await home.open()
  const invited = await browser.follow(link)
  const before = browser.sent.length
  const wish = { name: 'Kim', password: 'short' }
  expect(await register(browser.tools, invited, wish)).toMatchObject({
    problem: { type: 'passwordTooShort' },
  })
  expect(await register(browser.tools, invited, { ...wish, name: ' ' })).toMatchObject({
    problem: { type: 'nameEmpty' },
  })
  expect(await register(browser.tools, invited, { ...wish, password: 'x'.repeat(257) })).toMatchObject({
    problem: { type: 'passwordTooLong' },
  })
  expect(browser.sent.length).toBe(before)
  const taken = { name: 'ANNA', password: passwordOf('Kim') }
  expect(await register(browser.tools, invited, taken)).toMatchObject({ problem: { type: 'nameTaken' } })
})
