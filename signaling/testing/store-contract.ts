import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountId, DeviceId } from '../../shared/identifiers.ts'
import { foldName } from '../../shared/names.ts'
import type { AccountsStore, NewDevice, RegistrationWish } from '../data/accounts-store.ts'
import type { ServerEvent, SessionKey } from '../data/stored.ts'

const id = (): string => randomBytes(32).toString('base64url')
const newDevice = (account: AccountId, now = 1_000, device = id() as DeviceId): NewDevice => ({
  account,
  device,
  certificate: 'certificate',
  name: 'Firefox',
  now,
  maxDevices: 4,
})

/** What every accounts store must do, whatever it is made of: each is run through these. */
export const storeContract = (open: () => Promise<AccountsStore>): void => {
  let store: AccountsStore
  beforeEach(async () => {
    store = await open()
  })
  afterEach(() => store.close())

  /** An invitation with a ticket to register by it. */
  const invite = async (
    wish: { role?: 'owner' | 'admin' | 'member'; uses?: number; again?: AccountId } = {},
  ) => {
    const codeHash = id()
    const added = {
      id: id(),
      codeHash,
      role: wish.role ?? 'member',
      createdBy: undefined,
      createdAt: 0,
      expiresAt: 10_000,
      uses: wish.uses ?? 1,
      welcome: 'welcome',
      again: wish.again,
    } as const
    expect(await store.invitations.add(added)).toBe(true)
    return added
  }
  const ticketFor = async (codeHash: string, name: string): Promise<string> => {
    const hash = id()
    const ticket = { hash, kind: 'registration', name, invitation: codeHash, data: id() } as const
    await store.tickets.add({ ...ticket, expiresAt: 10_000 })
    return hash
  }
  const wishFor = (ticket: string, changed: Partial<RegistrationWish['account']> = {}): RegistrationWish => ({
    ticket,
    account: {
      account: id() as AccountId,
      identityKey: id(),
      identityKem: id(),
      opaqueRecord: 'record',
      seedBox: 'seed',
      keyringBox: undefined,
      ...changed,
    },
    device: { device: id() as DeviceId, certificate: 'certificate', name: 'Firefox' },
    session: id() as SessionKey,
    maxAccounts: 10,
    now: 1_000,
  })
  const register = async (name: string, role?: 'owner' | 'admin' | 'member') => {
    const { codeHash } = await invite(role === undefined ? {} : { role })
    const wish = wishFor(await ticketFor(codeHash, name))
    const outcome = await store.accounts.register(wish)
    if (outcome.type === 'refused') throw new Error(outcome.why)
    return { ...outcome.account, device: wish.device.device, session: wish.session }
  }

  describe('registering', () => {
    test('A1: gives the account its first device and session, by the role of its invitation', async () => {
      const ada = await register('Ada', 'owner')
      expect(ada).toMatchObject({ name: 'Ada', role: 'owner', isDisabled: false, keyringBox: undefined })
      expect(await store.accounts.hasOwner()).toBe(true)
      expect(await store.accounts.byName(foldName('ADA'))).toMatchObject({ account: ada.account })
      expect(await store.sessions.find(ada.session)).toMatchObject({ device: ada.device, name: 'Ada' })
      expect(await store.accounts.counts()).toEqual({ accounts: 1, devices: 1, sessions: 1 })
      expect(await store.accounts.list()).toMatchObject([{ name: 'Ada', deviceCount: 1 }])
    })

    test('A1: of two by one invitation at the same instant exactly one is registered', async () => {
      const { codeHash } = await invite()
      const wishes = [wishFor(await ticketFor(codeHash, 'Ada')), wishFor(await ticketFor(codeHash, 'Ben'))]
      const outcomes = await Promise.all(wishes.map((wish) => store.accounts.register(wish)))
      expect(outcomes.map(({ type }) => type).sort()).toEqual(['refused', 'registered'])
      expect(outcomes).toContainEqual({ type: 'refused', why: 'invitationUsed' })
      expect((await store.accounts.counts()).accounts).toBe(1)
    })

    test('A1: of two by one ticket exactly one is registered', async () => {
      const { codeHash } = await invite({ uses: 2 })
      const ticket = await ticketFor(codeHash, 'Ada')
      const outcomes = await Promise.all([
        store.accounts.register(wishFor(ticket)),
        store.accounts.register(wishFor(ticket)),
      ])
      expect(outcomes).toContainEqual({ type: 'refused', why: 'ticketUnknown' })
      expect((await store.accounts.counts()).accounts).toBe(1)
    })

    test('A1: whatever is refused uses up no invitation and leaves nothing behind', async () => {
      const ada = await register('Ada')
      const { codeHash } = await invite({ uses: 2 })
      const tryWith = async (name: string, wish: (ticket: string) => RegistrationWish) =>
        store.accounts.register(wish(await ticketFor(codeHash, name)))
      expect(await tryWith('ＡＤＡ', wishFor)).toMatchObject({ why: 'nameTaken' })
      expect(await tryWith('Ben', (ticket) => wishFor(ticket, { account: ada.account }))).toMatchObject({
        why: 'identityTaken',
      })
      const sameDevice = { device: ada.device, certificate: 'certificate', name: 'Firefox' }
      expect(await tryWith('Ben', (ticket) => ({ ...wishFor(ticket), device: sameDevice }))).toMatchObject({
        why: 'identityTaken',
      })
      expect(await tryWith('Ben', (ticket) => ({ ...wishFor(ticket), maxAccounts: 1 }))).toMatchObject({
        why: 'full',
      })
      expect(await tryWith('Ben', (ticket) => ({ ...wishFor(ticket), now: 10_000 }))).toMatchObject({
        why: 'ticketUnknown',
      })
      expect(await store.accounts.counts()).toEqual({ accounts: 1, devices: 1, sessions: 1 })
      expect((await store.invitations.byCode(codeHash))?.used).toBe(0)
    })

    test('G2: there is one owner, by whichever invitation', async () => {
      const [first, second] = [await invite({ role: 'owner' }), await invite({ role: 'owner' })]
      await store.accounts.register(wishFor(await ticketFor(first.codeHash, 'Ada')))
      const late = await store.accounts.register(wishFor(await ticketFor(second.codeHash, 'Eve')))
      expect(late).toEqual({ type: 'refused', why: 'invitationUsed' })
    })

    test('an invitation for somebody to come in again takes their place, name included', async () => {
      const ada = await register('Ada')
      const { codeHash } = await invite({ again: ada.account })
      const outcome = await store.accounts.register(wishFor(await ticketFor(codeHash, 'Ada')))
      expect(outcome).toMatchObject({ type: 'registered', ended: [ada.session] })
      expect(await store.accounts.byId(ada.account)).toBeUndefined()
      expect(await store.devices.byId(ada.device)).toBeUndefined()
      expect((await store.accounts.counts()).accounts).toBe(1)
    })
  })

  describe('accounts', () => {
    test('a name that another has, in whatever spelling, cannot be taken; one’s own can be respelled', async () => {
      const [ada, ben] = [await register('Ada'), await register('Ben')]
      expect(await store.accounts.rename(ben.account, 'aDA', foldName('aDA'))).toBe(false)
      expect(await store.accounts.rename(ada.account, 'ADA', foldName('ADA'))).toBe(true)
      expect((await store.accounts.byId(ada.account))?.name).toBe('ADA')
    })

    test('A5: a new password uses its ticket, and every other ticket of the account is void', async () => {
      const { account } = await register('Ada')
      const [earned, login] = [id(), id()]
      await store.tickets.add({ hash: earned, kind: 'earned', account, expiresAt: 10_000 })
      await store.tickets.add({ hash: login, kind: 'login', account, expiresAt: 10_000 })
      const wish = { ticket: earned, opaqueRecord: 'new record', seedBox: 'new seed', now: 1_000 }
      expect(await store.accounts.setPassword(wish)).toMatchObject({ opaqueRecord: 'new record' })
      expect(await store.accounts.setPassword(wish)).toBeUndefined()
      expect(await store.tickets.find(login, ['login'], 1_000)).toBeUndefined()
      expect(await store.tickets.find(earned, ['session'], 1_000)).toMatchObject({ account })
    })

    test('A7: disabling ends sessions and lets none be found; enabling brings none back', async () => {
      const ada = await register('Ada')
      const before = await store.sessions.endings()
      expect(await store.accounts.setDisabled(ada.account, true, 2_000)).toEqual([ada.session])
      expect(await store.sessions.find(ada.session)).toBeUndefined()
      expect(await store.sessions.endings()).toBeGreaterThan(before)
      expect(await store.accounts.setDisabled(ada.account, false, 2_000)).toEqual([])
      expect(await store.accounts.byId(ada.account)).toMatchObject({ isDisabled: false })
    })

    test('A7: removing takes devices, sessions and tickets along', async () => {
      const ada = await register('Ada')
      const hash = id()
      await store.tickets.add({ hash, kind: 'earned', account: ada.account, expiresAt: 10_000 })
      expect(await store.accounts.remove(ada.account, 2_000)).toEqual([ada.session])
      expect(await store.devices.of(ada.account)).toEqual([])
      expect(await store.tickets.find(hash, ['earned'], 1_000)).toBeUndefined()
      expect(await store.accounts.counts()).toEqual({ accounts: 0, devices: 0, sessions: 0 })
    })

    test('G2: whoever may not invite any more leaves no open invitation', async () => {
      const ada = await register('Ada', 'admin')
      const made = { id: id(), codeHash: id(), role: 'member', createdBy: ada.account } as const
      const times = { createdAt: 0, expiresAt: 10_000, uses: 1, welcome: undefined, again: undefined }
      await store.invitations.add({ ...made, ...times })
      await store.accounts.setRole(ada.account, 'member', 2_000)
      expect(await store.invitations.byId(made.id)).toMatchObject({ revokedAt: 2_000 })
    })

    test('boxes are given back as they were left', async () => {
      const { account } = await register('Ada')
      await store.accounts.setKeyring(account, 'keyring')
      await store.accounts.setAdmission(account, 'admission')
      expect(await store.accounts.byId(account)).toMatchObject({
        keyringBox: 'keyring',
        admissionBox: 'admission',
      })
    })
  })

  describe('sessions and devices', () => {
    test('A3: a second session of a device replaces the first', async () => {
      const ada = await register('Ada')
      const second = id() as SessionKey
      const ended = await store.sessions.open({
        session: second,
        device: newDevice(ada.account, 2_000, ada.device),
      })
      expect(ended).toEqual([ada.session])
      expect(await store.sessions.find(second)).toMatchObject({ usedAt: 2_000 })
      const third = id() as SessionKey
      expect(await store.sessions.reopen({ session: third, device: ada.device, now: 3_000 })).toEqual([
        second,
      ])
    })

    test('A3: nobody signs in with a device of somebody else, and theirs stays', async () => {
      const [ada, eve] = [await register('Ada'), await register('Eve')]
      const device = newDevice(eve.account, 2_000, ada.device)
      expect(await store.sessions.open({ session: id() as SessionKey, device })).toBeUndefined()
      expect(await store.devices.offer({ device, box: 'box', expiresAt: 9_000 })).toBe(false)
      expect(await store.sessions.find(ada.session)).toMatchObject({ account: ada.account })
    })

    test('A3: ending a session signs its device out; its key alone brings it back no more', async () => {
      const ada = await register('Ada')
      expect(await store.sessions.end(ada.session)).toEqual([ada.session])
      expect(await store.sessions.end(ada.session)).toEqual([])
      expect(await store.devices.byId(ada.device)).toMatchObject({ isSignedIn: false })
      const session = id() as SessionKey
      expect(await store.sessions.reopen({ session, device: ada.device, now: 2_000 })).toBeUndefined()
    })

    test('I3: a revoked device never comes back, and only its own account revokes it', async () => {
      const [ada, eve] = [await register('Ada'), await register('Eve')]
      expect(await store.devices.revoke(eve.account, ada.device, 2_000)).toBeUndefined()
      expect(await store.sessions.find(ada.session)).toBeDefined()
      expect(await store.devices.revoke(ada.account, ada.device, 2_000)).toEqual([ada.session])
      const device = newDevice(ada.account, 3_000, ada.device)
      expect(await store.sessions.open({ session: id() as SessionKey, device })).toBeUndefined()
    })

    test('beyond the most devices the one seen longest ago makes room', async () => {
      const ada = await register('Ada')
      for (let count = 0; count < 4; count++)
        await store.sessions.open({
          session: id() as SessionKey,
          device: newDevice(ada.account, 2_000 + count),
        })
      const devices = await store.devices.of(ada.account)
      expect(devices).toHaveLength(4)
      expect(devices.map(({ device }) => device)).not.toContain(ada.device)
      expect(await store.sessions.find(ada.session)).toBeUndefined()
    })

    test('I8: a box waits for its device for its time', async () => {
      const ada = await register('Ada')
      const device = newDevice(ada.account)
      expect(await store.devices.offer({ device, box: 'box', expiresAt: 5_000 })).toBe(true)
      expect(await store.devices.boxFor(device.device, 4_999)).toBe('box')
      expect(await store.devices.boxFor(device.device, 5_000)).toBeUndefined()
      expect(await store.devices.byId(device.device)).toMatchObject({ isSignedIn: true })
    })

    test('A3: what is used is kept, what is not ends', async () => {
      const [ada, ben] = [await register('Ada'), await register('Ben')]
      await store.sessions.renew(ada.session, 5_000)
      await store.sessions.prune(2_000)
      expect(await store.sessions.among([ada.session, ben.session])).toEqual(new Set([ada.session]))
      expect(await store.devices.byId(ada.device)).toMatchObject({ lastSeenAt: 5_000 })
      expect(await store.accounts.byId(ada.account)).toMatchObject({ lastSeenAt: 5_000 })
      await store.devices.seen([ada.device, ben.device], 6_000)
      expect(await store.devices.byId(ben.device)).toMatchObject({ lastSeenAt: 6_000 })
      expect((await store.sessions.list()).map(({ name }) => name)).toEqual(['Ada'])
    })
  })

  describe('the rest', () => {
    test('a ticket is taken once, by its kind, in its time', async () => {
      const ticket = { hash: id(), kind: 'challenge', device: id() as DeviceId, expiresAt: 5_000 } as const
      await store.tickets.add(ticket)
      expect(await store.tickets.take(ticket.hash, ['login'], 1_000)).toBeUndefined()
      expect(await store.tickets.take(ticket.hash, ['challenge'], 5_000)).toBeUndefined()
      const taken = await Promise.all(
        [1, 2, 3].map(() => store.tickets.take(ticket.hash, ['challenge'], 1_000)),
      )
      expect(taken.filter((one) => one !== undefined)).toEqual([expect.objectContaining(ticket)])
      await store.tickets.add(ticket)
      await store.tickets.prune(5_000)
      expect(await store.tickets.find(ticket.hash, ['challenge'], 1_000)).toBeUndefined()
    })

    test('invitations: one a code; revoked and forgotten', async () => {
      const made = await invite({ role: 'owner' })
      expect(await store.invitations.add({ ...made, id: id() })).toBe(false)
      const other = await invite()
      await store.invitations.revokeForOwner(2_000)
      expect((await store.invitations.byId(made.id))?.revokedAt).toBe(2_000)
      await store.invitations.revoke(other.id, 3_000)
      expect((await store.invitations.byCode(other.codeHash))?.revokedAt).toBe(3_000)
      expect(await store.invitations.list()).toHaveLength(2)
      await store.invitations.prune(2_500)
      expect((await store.invitations.list()).map((row) => row.id)).toEqual([other.id])
    })

    test('the newest 1,000 events are kept', async () => {
      const events = Array.from({ length: 1_500 }, (_, at): ServerEvent => ({ at, kind: 'signedIn' }))
      await store.events.add(events.slice(0, 700))
      await store.events.add(events.slice(700))
      const newest = await store.events.newest(2_000)
      expect(newest).toHaveLength(1_000)
      expect(newest[0]).toMatchObject({ at: 1_499 })
      expect(await store.events.countSince(['signedIn'], 1_400)).toBe(100)
      expect(await store.events.countSince(['registered'], 0)).toBe(0)
    })

    test('A6: limits count up and down, never below none, and begin anew when they end', async () => {
      expect(await store.limits.add('a', 2, 5_000, 1_000)).toEqual({ points: 2, expiresAt: 5_000 })
      expect(await store.limits.add('a', 1, 9_000, 1_000)).toEqual({ points: 3, expiresAt: 5_000 })
      expect(await store.limits.add('a', -9, 9_000, 1_000)).toEqual({ points: 0, expiresAt: 5_000 })
      expect(await store.limits.find('a', 5_000)).toBeUndefined()
      expect(await store.limits.add('a', 1, 9_000, 6_000)).toEqual({ points: 1, expiresAt: 9_000 })
      await store.limits.set('b', { points: 7, expiresAt: undefined })
      await store.limits.prune(99_000)
      expect(await store.limits.find('b', 99_000)).toEqual({ points: 7, expiresAt: undefined })
      expect([await store.limits.remove('b'), await store.limits.remove('b')]).toEqual([true, false])
    })

    test('a setting is made once', async () => {
      expect(await store.settings.keepFirst('key', 'first')).toBe('first')
      expect(await store.settings.keepFirst('key', 'second')).toBe('first')
      expect(await store.settings.read('key')).toBe('first')
      expect(await store.settings.read('other')).toBeUndefined()
    })
  })
}
