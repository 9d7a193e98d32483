import * as Y from 'yjs'
import type { ApiRequest, Send } from '../../../shared/api-call.ts'
import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { invitationLinkPrefix, readInvitationLink } from '../../../shared/invitation-link.ts'
import { ok } from '../../../shared/result.ts'
import type { TestClient } from '../../../signaling/testing/test-server.ts'
import { createCalls, type AccountTools } from '../account/account-tools.ts'
import { createFamilyOffice } from '../account/create-family-office.ts'
import { createMyAccount } from '../account/create-my-account.ts'
import type { Entrance } from '../account/entrance.ts'
import type { FamilyOffice } from '../account/family-office.ts'
import { deriveInvitation } from '../account/invitation-secret.ts'
import type { AddressHiding, AppLock, MyAccount } from '../account/my-account.ts'
import type { Opaque } from '../account/opaque.ts'
import type { Invited } from '../account/register.ts'
import { createVaultKeeper, type VaultKeeper } from '../account/vault-keeper.ts'
import { openWelcome } from '../account/welcome.ts'
import { createHearth, type RunningHearth } from '../create-hearth.ts'
import { readGenesis } from '../group/genesis.ts'
import { openDevice } from '../identity/device.ts'
import { entryKinds } from '../log/entry.ts'
import type { VaultContents } from '../ports.ts'
import { createValue } from '../value.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'
import { createMemoryStore } from './memory-store.ts'
import { createSeededRandom } from './seeded-random.ts'

type Answer = Awaited<ReturnType<Send>>
/** Stands between a browser and the server: a network that loses answers, a server that lies. */
export type Meddle = (request: ApiRequest, forward: () => Promise<Answer>) => Promise<Answer>

/** A browser without a screen, in this process, that talks to a real server: a device, a cookie jar, a vault. */
export interface TestBrowser {
  readonly tools: AccountTools
  readonly clock: FakeClock
  readonly deviceSeed: Bytes
  /** Everything that was written to its disk. */
  readonly vaultWrites: VaultContents[]
  /** Every request it made, as JSON. */
  readonly sent: string[]
  /** What lies between it and the server from now on. */
  meddle(how: Meddle | undefined): void
  /** Follows an invitation link, up to the form. */
  follow(link: string): Promise<Invited>
  /** Lets time pass and requests be answered, until nothing is under way any more. */
  pass(ms: number): Promise<void>
}

let browsers = 0

export const createTestBrowser = async (server: TestClient, opaque: Opaque): Promise<TestBrowser> => {
  browsers += 1
  const random = createSeededRandom(browsers)
  const deviceSeed = random.bytes(32)
  const clock = createFakeClock(Date.now())
  const sent: string[] = []
  const underWay = new Set<Promise<unknown>>()
  let cookie: string | undefined
  let meddle: Meddle | undefined

  const forward = async ({ method, path, body }: ApiRequest): Promise<Answer> => {
    sent.push(JSON.stringify({ path, body }))
    const answer = await server.send(method, path, body, cookie)
    const set = answer.headers['set-cookie']?.[0]?.split(';')[0]
    if (set !== undefined) cookie = set
    return { status: answer.status, body: answer.body }
  }
  const send: Send = (request) => {
    const straight = () => forward(request)
    const answered = meddle ? meddle(request, straight) : straight()
    underWay.add(answered)
    const done = () => void underWay.delete(answered)
    answered.then(done, done)
    return answered
  }
  const tools: AccountTools = {
    calls: createCalls(send),
    opaque,
    device: await openDevice(deviceSeed),
    deviceName: `browser ${browsers}`,
    clock,
    random,
  }
  return {
    tools,
    clock,
    deviceSeed,
    vaultWrites: [],
    sent,
    meddle(how) {
      meddle = how
    },
    async follow(link) {
      const fragment = link.slice(link.indexOf(invitationLinkPrefix))
      const secret = fromBase64Url(readInvitationLink(fragment) ?? '')
      if (!secret) throw new Error(`no invitation link: ${link}`)
      const secrets = await deriveInvitation(secret)
      const looked = await tools.calls.invitations.look({ code: secrets.code })
      if (!looked.ok || looked.value.state !== 'open') throw new Error(`not open: ${JSON.stringify(looked)}`)
      if (looked.value.role === 'owner') return { type: 'found', secrets }
      if (looked.value.welcome === undefined) return { type: 'ask', secrets }
      const welcome = await openWelcome(looked.value.welcome, secrets)
      if (!welcome) throw new Error('the welcome does not open')
      return { type: 'join', secrets, welcome }
    },
    async pass(ms) {
      await clock.advance(ms)
      while (underWay.size > 0) {
        await Promise.all(underWay)
        await clock.settle()
      }
    },
  }
}

/** Somebody inside, in one browser. */
export interface AtHome {
  browser: TestBrowser
  id: AccountId
  hearth: RunningHearth
  keeper: VaultKeeper
  account: MyAccount
  office: FamilyOffice
}

const noAddressHiding: AddressHiding = {
  isHidden: createValue(false),
  hasRelay: createValue<boolean | undefined>(undefined),
  lookForRelay: () => undefined,
  setHidden: () => undefined,
}

const noLock: AppLock = {
  state: createValue({ hasPassphrase: false, hasPasskey: false }),
  canUsePasskey: () => Promise.resolve(false),
  setPassphrase: () => Promise.resolve(ok(undefined)),
  addPasskey: () => Promise.resolve(ok(undefined)),
  remove: () => Promise.resolve(ok(undefined)),
}

/** Does what the app does after every way in: keeps what is needed, opens the family, tells it who has come. */
export const goInside = async (browser: TestBrowser, entrance: Entrance): Promise<AtHome> => {
  const { tools, clock, deviceSeed, vaultWrites } = browser
  const { device, random } = tools
  const { record, account, snapshot } = entrance
  const family = record.family
  const genesis = family && (await readGenesis(family.genesis))
  if (!family || !genesis) throw new Error('not in a family yet')
  const vault = {
    write(contents: VaultContents) {
      vaultWrites.push(contents)
      return Promise.resolve(ok(undefined))
    },
  }
  const keeper = createVaultKeeper(vault, { deviceSeed }, record)
  await keeper.changeRecord({})
  const created = await createHearth({
    genesis,
    account,
    loginName: record.loginName,
    device,
    certificate: record.certificate,
    known: family.statements,
    epochs: family.epochs,
    trust: createValue(keeper.notes.get().trust),
    store: createMemoryStore(),
    documentStore: { load: () => Promise.resolve(ok(undefined)), close: () => Promise.resolve() },
    clock,
    random,
  })
  if (!created.ok) throw new Error(created.problem.type)
  const hearth = created.value
  if (snapshot && snapshot.length > 0) await hearth.family.take(snapshot)
  await hearth.family.announce()
  if (record.needsProfile) {
    const profile = { kind: entryKinds.profile, name: record.loginName, status: '' } as const
    await hearth.family.write({ ...profile, picture: new Uint8Array(0) })
    await keeper.changeRecord({ needsProfile: false })
  }
  const shared = { tools, family: hearth.family, keeper, snapshot: () => documentOf(hearth) }
  return {
    browser,
    id: account,
    hearth,
    keeper,
    account: createMyAccount({
      ...shared,
      account,
      lock: noLock,
      addressHiding: noAddressHiding,
      signOut: () => Promise.resolve(),
    }),
    office: createFamilyOffice({ ...shared, me: hearth.me, origin: 'https://hearth.local' }),
  }
}

export const documentOf = ({ family }: RunningHearth): Bytes => copyBytes(Y.encodeStateAsUpdate(family.doc))

/** Everybody meets everybody, and takes what the others have written. */
export const meet = async (...people: AtHome[]): Promise<void> => {
  for (const { hearth } of people)
    for (const other of people)
      if (other.hearth !== hearth) await hearth.family.take(documentOf(other.hearth))
}

/** Name, role and standing of everybody, as somebody sees them. */
export const seenBy = ({ hearth }: AtHome): string[] => {
  const { membership, profiles } = hearth.family.state.get()
  return [...membership.members]
    .map(([account, { role, isRemoved }]) => {
      const name = profiles.get(account)?.givenName ?? 'Somebody'
      return `${name}: ${isRemoved ? 'removed' : role}`
    })
    .sort()
}
