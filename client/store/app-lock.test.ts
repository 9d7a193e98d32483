import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import type { VaultContents } from '../core/ports.ts'
import { encodeUtf8 } from '../../shared/crypto/bytes.ts'
import { accountLimits } from '../../shared/limits.ts'
import { createAppLock } from './app-lock.ts'
import { createFakePasskeys } from './testing/fake-passkeys.ts'
import { forceClose, mustOpen } from './testing/open-store.ts'
import { createVault } from './vault.ts'
import { stretchPassphrase, type LockRow } from './vault-lock.ts'
import type { SealedField } from './vault-seal.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const done = { ok: true, value: undefined }
const contents: VaultContents = {
  deviceSeed: new Uint8Array(32).fill(1),
  membership: encodeUtf8('certificate, keys and family'),
}

/** As the real one, without its 600,000 rounds. */
const stretch: typeof stretchPassphrase = async (passphrase, salt) => {
  const bytes = await crypto.subtle.digest('SHA-256', Buffer.concat([salt, encodeUtf8(passphrase)]))
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** One start of the page in a browser whose person has these passkeys. */
const openPage = async (passkeys = createFakePasskeys()) => {
  const database = await mustOpen()
  const vault = createVault(database)
  return { database, vault, passkeys, ...createAppLock({ vault, passkeys, stretch }) }
}

test('I5: a passphrase closes the vault to the next page until it is given', async () => {
  const first = await openPage()
  await first.vault.write(contents)
  expect(await first.lock.setPassphrase('a warm hearth')).toEqual(done)
  expect(first.lock.state.get()).toEqual({ hasPassphrase: true, hasPasskey: false })
  expect(await first.vault.read(), 'the page that set it goes on').toEqual({ ok: true, value: contents })

  const next = await openPage()
  const locked = { type: 'locked', ways: { hasPassphrase: true, hasPasskey: false } }
  expect(await next.vault.read()).toEqual({ ok: false, problem: locked })
  expect(await next.vault.readOrCreate(contents)).toEqual({ ok: false, problem: locked })
  expect(await next.vault.write(contents)).toEqual({ ok: false, problem: locked })
  const onOpened = vi.fn()
  const door = next.door(onOpened)
  expect(door).toMatchObject({ hasPassphrase: true, hasPasskey: false })
  const before = await next.database.idb.getAll('vault')
  expect(await door.unlock('a cold hearth')).toEqual({ ok: false, problem: { type: 'wrongPassphrase' } })
  expect(await door.unlockByPasskey()).toEqual({ ok: false, problem: { type: 'passkeyFailed' } })
  expect(onOpened).not.toHaveBeenCalled()
  expect(await next.database.idb.getAll('vault'), 'nothing has changed').toEqual(before)
  expect(await door.unlock('a warm hearth')).toEqual(done)
  expect(onOpened).toHaveBeenCalledOnce()
  expect(await next.vault.read()).toEqual({ ok: true, value: contents })

  const more = { ...contents, notes: encodeUtf8('Grandma is verified') }
  expect(await next.vault.write(more)).toEqual(done)
  const third = await openPage()
  expect(await third.vault.read()).toMatchObject({ problem: locked })
  await third.door(onOpened).unlock('a warm hearth')
  expect(await third.vault.read()).toEqual({ ok: true, value: more })
})

test('I5: with a lock on, the key of the browser alone opens no field', async () => {
  const page = await openPage()
  await page.vault.write(contents)
  await page.lock.setPassphrase('a warm hearth')
  const key = (await page.database.idb.get('vault', 'key')) as CryptoKey
  const { nonce, sealed } = (await page.database.idb.get('vault', 'deviceSeed')) as SealedField
  for (const purpose of ['hearth/v1/vault/deviceSeed', 'hearth/v1/vault/locked/deviceSeed']) {
    const additionalData = encodeUtf8(purpose)
    const opened = await crypto.subtle
      .decrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, sealed)
      .catch(() => new ArrayBuffer(0))
    expect(Buffer.from(opened).includes(Buffer.from(contents.deviceSeed))).toBe(false)
  }
  await page.database.idb.delete('vault', 'lock')
  expect(await (await openPage()).vault.read(), 'nor does taking the lock away').toEqual({
    ok: false,
    problem: { type: 'sealBroken', field: 'deviceSeed' },
  })
})

test('I5: a passphrase is stretched by 600,000 rounds, and is one in every way of writing it', async () => {
  const salt = new Uint8Array(16).fill(3)
  const given = encodeUtf8('Grüße vom Ofen')
  const base = await crypto.subtle.importKey('raw', given, 'PBKDF2', false, ['deriveBits'])
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 600_000 }
  const bits = await crypto.subtle.deriveBits(parameters, base, 256)
  const expected = await crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['decrypt'])
  const iv = new Uint8Array(12)
  const key = await stretchPassphrase('Grüße vom Ofen'.normalize('NFD'), salt)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, given)
  expect(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, expected, sealed))).toEqual(
    given,
  )
})

test('I5: passphrase and passkey open the same lock, each by itself', async () => {
  const page = await openPage()
  await page.vault.write(contents)
  expect(await page.lock.canUsePasskey()).toBe(true)
  expect(await page.lock.addPasskey()).toEqual(done)
  expect(await page.lock.setPassphrase('a warm hearth')).toEqual(done)
  expect(page.lock.state.get()).toEqual({ hasPassphrase: true, hasPasskey: true })
  for (const open of ['passphrase', 'passkey'] as const) {
    const next = await openPage(page.passkeys)
    await next.vault.read()
    const door = next.door(() => undefined)
    expect(await (open === 'passkey' ? door.unlockByPasskey() : door.unlock('a warm hearth'))).toEqual(done)
    expect(await next.vault.read()).toEqual({ ok: true, value: contents })
  }
  const refused = await openPage(page.passkeys)
  await refused.vault.read()
  page.passkeys.refuseNext()
  expect(await refused.door(() => undefined).unlockByPasskey()).toEqual({
    ok: false,
    problem: { type: 'passkeyFailed' },
  })
})

test('I5: a new passphrase takes the place of the old one, and leaves the passkey as it was', async () => {
  const page = await openPage()
  await page.vault.write(contents)
  await page.lock.setPassphrase('a warm hearth')
  await page.lock.addPasskey()
  expect(await page.lock.setPassphrase('a warmer hearth')).toEqual(done)
  const next = await openPage(page.passkeys)
  await next.vault.read()
  const door = next.door(() => undefined)
  expect(await door.unlock('a warm hearth')).toMatchObject({ problem: { type: 'wrongPassphrase' } })
  expect(await door.unlock('a warmer hearth')).toEqual(done)
  expect(await door.unlockByPasskey()).toEqual(done)
})

test('I5: removing the lock asks for the passphrase, or for the passkey where it is the only way', async () => {
  const page = await openPage()
  await page.vault.write(contents)
  expect(await page.lock.remove(undefined), 'none is there').toEqual(done)
  await page.lock.setPassphrase('a warm hearth')
  for (const wrong of ['a cold hearth', '', undefined]) {
    expect(await page.lock.remove(wrong)).toEqual({ ok: false, problem: { type: 'wrongPassphrase' } })
    expect(page.lock.state.get()).toEqual({ hasPassphrase: true, hasPasskey: false })
  }
  expect(await page.lock.remove('a warm hearth')).toEqual(done)
  expect(page.lock.state.get()).toEqual({ hasPassphrase: false, hasPasskey: false })
  expect(await (await openPage()).vault.read()).toEqual({ ok: true, value: contents })

  await page.lock.addPasskey()
  page.passkeys.refuseNext()
  expect(await page.lock.remove(undefined)).toEqual({ ok: false, problem: { type: 'passkeyFailed' } })
  expect(await page.lock.remove(undefined)).toEqual(done)
  expect(await (await openPage()).vault.read()).toEqual({ ok: true, value: contents })
})

test('I5: a passkey that was not made, and a passphrase of no length, change nothing', async () => {
  const page = await openPage()
  await page.vault.write(contents)
  page.passkeys.refuseNext()
  expect(await page.lock.addPasskey()).toEqual({ ok: false, problem: { type: 'passkeyFailed' } })
  const { minPasswordChars, maxPasswordChars } = accountLimits
  expect(await page.lock.setPassphrase('x'.repeat(minPasswordChars - 1))).toEqual({
    ok: false,
    problem: { type: 'passwordTooShort', limit: minPasswordChars },
  })
  expect(await page.lock.setPassphrase('x'.repeat(maxPasswordChars + 1))).toEqual({
    ok: false,
    problem: { type: 'passwordTooLong', limit: maxPasswordChars },
  })
  expect(await page.database.idb.get('vault', 'lock')).toBeUndefined()
})

test('I5: a damaged lock says so, and one damaged way leaves the other', async () => {
  const page = await openPage()
  await page.vault.write(contents)
  await page.lock.setPassphrase('a warm hearth')
  await page.lock.addPasskey()
  const row = (await page.database.idb.get('vault', 'lock')) as LockRow
  const half = { ...row, passphrase: { salt: 'text' } }
  await page.database.idb.put('vault', half, 'lock')
  const next = await openPage(page.passkeys)
  expect(await next.vault.read()).toMatchObject({
    problem: { type: 'locked', ways: { hasPassphrase: false, hasPasskey: true } },
  })
  expect(await next.door(() => undefined).unlockByPasskey()).toEqual(done)
  for (const broken of [null, 5, {}, { stamp: 5 }, { stamp: row.stamp }, { ...half, passkey: null }]) {
    await page.database.idb.put('vault', broken, 'lock')
    const outcome = { ok: false, problem: { type: 'sealBroken', field: 'lock' } }
    expect(await next.vault.read()).toEqual(outcome)
    expect(await next.vault.write(contents)).toEqual(outcome)
    expect(await next.lock.remove('a warm hearth')).toEqual(outcome)
  }
})

test(
  'I5: what is written while a lock comes or goes is neither lost nor left open',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.nat(3), { maxLength: 6 }), async (scheduler, steps) => {
        globalThis.indexedDB = new IDBFactory()
        const page = await openPage()
        await page.vault.write(contents)
        let last = contents
        const works = steps.map((step, index) => () => {
          if (step === 0) return page.lock.setPassphrase('a warm hearth')
          if (step === 1) return page.lock.addPasskey()
          if (step === 2) return page.lock.remove('a warm hearth')
          last = { ...contents, notes: new Uint8Array([index]) }
          return page.vault.write(last)
        })
        const running = works.map((work) => scheduler.schedule(Promise.resolve()).then(work))
        await scheduler.waitFor(Promise.all(running))
        const outcome = await page.vault.read()
        expect(outcome).toMatchObject({ ok: true, value: { deviceSeed: contents.deviceSeed } })
        const notes = outcome.ok ? outcome.value?.notes?.[0] : undefined
        expect(notes === undefined).toBe(!steps.includes(3))
      }),
      { numRuns: 25 },
    )
  },
)

test(
  'I5: a browser killed while a lock comes, changes or goes has the old or the new state',
  { timeout: 90_000 },
  async () => {
    const passphrases = ['a warm hearth', 'a warmer hearth']
    const kinds = fc.constantFrom('set', 'change', 'passkey', 'remove', 'write')
    await fc.assert(
      fc.asyncProperty(
        fc.array(kinds, { minLength: 1, maxLength: 5 }),
        fc.nat(25),
        async (steps, killAfter) => {
          globalThis.indexedDB = new IDBFactory()
          const passkeys = createFakePasskeys()
          const page = await openPage(passkeys)
          await page.vault.write(contents)
          const later = { ...contents, notes: encodeUtf8('later') }
          const run = async () => {
            for (const step of steps) {
              if (step === 'set') await page.lock.setPassphrase(passphrases[0]!)
              else if (step === 'change') await page.lock.setPassphrase(passphrases[1]!)
              else if (step === 'passkey') await page.lock.addPasskey()
              else if (step === 'write') await page.vault.write(later)
              else {
                await page.lock.remove(passphrases[0])
                await page.lock.remove(passphrases[1])
              }
            }
          }
          const running = run()
          for (let round = 0; round < killAfter; round++)
            await new Promise((resolve) => setImmediate(resolve))
          forceClose(page.database)
          await running

          const next = await openPage(passkeys)
          const read = await next.vault.read()
          if (!read.ok) {
            expect(read.problem.type).toBe('locked')
            const door = next.door(() => undefined)
            const outcomes = [await door.unlock(passphrases[0]!), await door.unlock(passphrases[1]!)]
            if (door.hasPasskey) outcomes.push(await door.unlockByPasskey())
            expect(outcomes.filter(({ ok }) => ok)).toHaveLength(
              Number(door.hasPassphrase) + Number(door.hasPasskey),
            )
          }
          const opened = await next.vault.read()
          expect([contents, later]).toContainEqual(opened.ok ? opened.value : opened.problem)
        },
      ),
      { numRuns: 150 },
    )
  },
)
