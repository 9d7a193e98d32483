import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeCredential } from '../group/credential.ts'
import { hasNewIdentity } from '../group/family-state.ts'
import { foldMembership } from '../group/membership.ts'
import { certificateStatement } from '../group/statements.ts'
import { createRelative, readSaid } from '../testing/relatives.ts'
import { meet, seenBy, type AtHome } from '../testing/test-browser.ts'
import { createTestHome, valueOf, type Resident, type TestHome } from '../testing/test-home.ts'
import { comeBackByKey, signIn } from './entrance.ts'
import { joinFamily } from './register.ts'

let home: TestHome
let owner: Resident
beforeAll(async () => {
  home = await createTestHome()
  owner = home.owner
})
afterAll(() => home.close())

const who = async ({ browser }: AtHome) => {
  const read = await browser.tools.calls.session.read()
  return read.ok ? read.value.who : undefined
}
const checks = ({ hearth }: AtHome, other: AtHome) =>
  hearth.family.checkCredential(other.browser.tools.device.id, other.hearth.family.credential())
const names = (seen: string[], ...wanted: string[]) =>
  seen.filter((one) => wanted.some((name) => one.startsWith(`${name}:`)))

test('A7, L3: who is removed is out: at the server, and in the family', async () => {
  const bert = await home.invite('Bert')
  const second = await home.signInAs(bert)
  await meet(owner, bert, second)
  valueOf(await owner.office.remove(bert.id))
  for (const gone of [bert, second]) {
    expect(await who(gone)).toBeUndefined()
    expect((await comeBackByKey(gone.browser.tools)).ok).toBe(false)
    expect(await checks(owner, gone)).toBe('notOfThisFamily')
  }
  const { tools } = await home.open()
  expect(await signIn(tools, 'Bert', bert.password)).toMatchObject({ problem: { type: 'wrongLogin' } })
  await meet(owner, bert)
  expect(names(seenBy(owner), 'Bert')).toEqual(['Bert: removed'])
  expect(names(seenBy(bert), 'Bert')).toEqual(['Bert: removed'])
})

test('G2: nobody acts on owner or equals, nor on themselves', async () => {
  const cilla = await home.invite('Cilla', 'admin')
  const dora = await home.invite('Dora', 'admin')
  const eva = await home.invite('Eva')
  await meet(owner, cilla, dora, eva)
  const tooLow = { ok: false, problem: { type: 'roleTooLow' } }
  const invitation = { lifetimeMs: 60_000, uses: 1 }
  for (const [actor, target] of [
    [cilla, owner],
    [cilla, dora],
    [cilla, cilla],
    [eva, cilla],
    [owner, owner],
  ] as const) {
    expect(await actor.office.remove(target.id)).toEqual(tooLow)
    expect(await actor.office.setRole(target.id, 'member')).toEqual(tooLow)
    expect(await actor.office.inviteAgain(target.id)).toEqual(tooLow)
  }
  expect(await cilla.office.invite({ ...invitation, role: 'admin' })).toEqual(tooLow)
  expect(await cilla.office.setRole(eva.id, 'admin')).toEqual(tooLow)
  expect(await eva.office.invite({ ...invitation, role: 'member' })).toEqual(tooLow)
  // The server holds to it as well.
  const { accounts } = cilla.browser.tools.calls
  expect(await accounts.remove(owner.id)).toMatchObject({ problem: { type: 'notAllowed' } })
  expect(await accounts.remove(dora.id)).toMatchObject({ problem: { type: 'notAllowed' } })
  expect(await accounts.change(eva.id, { role: 'admin' })).toMatchObject({ problem: { type: 'notAllowed' } })
})

test('G2: a role that is given and taken holds at the server and in the family', async () => {
  const finn = await home.invite('Finn')
  valueOf(await owner.office.setRole(finn.id, 'admin'))
  await meet(owner, finn)
  expect(finn.office.myRole.get()).toBe('admin')
  expect((await who(finn))?.role).toBe('admin')
  const gerda = await home.register(
    valueOf(await finn.office.invite({ role: 'member', lifetimeMs: 60_000, uses: 1 })).link,
    'Gerda',
  )
  await meet(owner, finn, gerda)
  valueOf(await owner.office.setRole(finn.id, 'member'))
  await meet(owner, finn, gerda)
  expect((await who(finn))?.role).toBe('member')
  // What he did as an admin stays, and he can do no more of it.
  expect(names(seenBy(gerda), 'Finn', 'Gerda')).toEqual(['Finn: member', 'Gerda: member'])
  expect(await finn.office.remove(gerda.id)).toMatchObject({ problem: { type: 'roleTooLow' } })
})

test('I7: somebody invited again has a new identity, and all others are told loudly', async () => {
  const [hans, ida] = [await home.invite('Hans'), await home.invite('Ida')]
  await meet(owner, hans, ida)
  const { link } = valueOf(await owner.office.inviteAgain(hans.id))
  // Until it is used, everything stays as it is.
  expect((await who(hans))?.name).toBe('Hans')
  const anew = await home.register(link, 'Hans')
  expect(anew.id).not.toBe(hans.id)
  expect(await who(hans)).toBeUndefined()
  await meet(owner, ida, anew)
  for (const other of [owner, ida]) {
    const state = other.hearth.family.state.get()
    expect(state.membership.members.get(anew.id)?.replaces).toBe(hans.id)
    expect(state.membership.members.get(hans.id)?.isRemoved).toBe(true)
    expect(hasNewIdentity(state, anew.id)).toBe(true)
    expect(hasNewIdentity(state, ida.id)).toBe(false)
    expect(await checks(other, hans)).toBe('notOfThisFamily')
    expect(await checks(other, anew)).toBe('member')
  }
  expect(owner.hearth.people.get().find(({ id }) => id === anew.id)?.hasNewIdentity).toBe(true)
  // What the old one wrote before stays, and nothing after.
  hans.browser.meddle(() => Promise.resolve({ status: 200, body: { name: 'Hansi' } }))
  valueOf(await hans.account.changeProfile({ name: 'Hansi' }))
  await meet(owner, hans)
  expect(owner.hearth.family.state.get().profiles.get(hans.id)?.givenName).toBe('Hans')
})

test('A1: an invitation withdrawn after one of two uses keeps the one, and lets in no other', async () => {
  const { id, link } = valueOf(await owner.office.invite({ role: 'member', lifetimeMs: 60_000, uses: 2 }))
  const jon = await home.register(link, 'Jon')
  await meet(owner, jon)
  const late = await home.open()
  const invited = await late.follow(link)
  valueOf(await owner.office.revokeInvitation(id))
  const row = valueOf(await owner.office.invitations()).find((one) => one.id === id)
  expect(row).toMatchObject({ state: 'revoked', uses: 2, used: 1 })
  await expect(late.follow(link)).rejects.toThrow('revoked')

  // One who had the link open, and a server that lets them in all the same.
  if (invited.type !== 'join') throw new Error('no welcome')
  const kim = await createRelative(99)
  const { genesis } = owner.hearth.family
  const family = await joinFamily(invited.welcome, invited.secrets, kim.account, 1)
  await meet(owner, jon)
  expect(names(seenBy(owner), 'Jon')).toEqual(['Jon: member'])
  const shown = await Promise.all(
    [certificateStatement(kim.certificate), ...family.statements].map((bytes) => readSaid(genesis, bytes)),
  )
  // On his own word alone he would be in; for whoever has heard of the withdrawal he is not.
  const alone = foldMembership(
    genesis,
    shown.map((statement) => ({ statement })),
  )
  expect(alone.members.has(kim.account)).toBe(true)
  const credential = encodeCredential({ certificate: kim.certificate, proof: family.statements })
  expect(await owner.hearth.family.checkCredential(kim.device.id, credential)).toBe('notOfThisFamily')
})

test('disabling ends sessions and keeps out, and is undone', async () => {
  const lars = await home.invite('Lars')
  valueOf(await owner.office.setDisabled(lars.id, true))
  expect(await who(lars)).toBeUndefined()
  expect(await comeBackByKey(lars.browser.tools)).toMatchObject({ problem: { type: 'disabled' } })
  valueOf(await owner.office.setDisabled(lars.id, false))
  expect(await signIn((await home.open()).tools, 'Lars', lars.password)).toMatchObject({ ok: true })
})
