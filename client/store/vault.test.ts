import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { VaultContents } from '../core/ports.ts'
import { storeLimits } from '../../shared/limits.ts'
import { mustOpen } from './testing/open-store.ts'
import { createVault } from './vault.ts'
import type { SealedField } from './vault-seal.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const secret = (fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(fill)
const contents: VaultContents = {
  deviceSeed: secret(1),
  membership: new Uint8Array(3_000).fill(2),
  notes: new Uint8Array(0),
}
const fields = ['deviceSeed', 'membership', 'notes'] as const

test('I5: a new vault is empty, and gives back what it was given', { timeout: 60_000 }, async () => {
  const bytes = (minLength: number, maxLength: number) =>
    fc.uint8Array({ minLength, maxLength, size: 'max' }).map((value) => new Uint8Array(value))
  const given = fc.record(
    { deviceSeed: bytes(32, 32), membership: bytes(0, 4_000), notes: bytes(0, 4_000) },
    { requiredKeys: ['deviceSeed'] },
  )
  await fc.assert(
    fc.asyncProperty(given, given, async (first, second) => {
      globalThis.indexedDB = new IDBFactory()
      const vault = createVault(await mustOpen())
      expect(await vault.read()).toEqual({ ok: true, value: undefined })
      for (const now of [first, second]) {
        expect(await vault.write(now)).toEqual({ ok: true, value: undefined })
        expect(await createVault(await mustOpen()).read()).toEqual({ ok: true, value: now })
      }
    }),
    { numRuns: 20 },
  )
})

test('I5: a field holds 64 KiB and no more', async () => {
  const vault = createVault(await mustOpen())
  const full = { ...contents, notes: new Uint8Array(storeLimits.maxVaultFieldBytes).fill(5) }
  expect(await vault.write(full)).toMatchObject({ ok: true })
  expect(await vault.read()).toEqual({ ok: true, value: full })
  const more = { ...contents, notes: new Uint8Array(storeLimits.maxVaultFieldBytes + 1) }
  expect(await vault.write(more)).toEqual({ ok: false, problem: { type: 'tooLarge' } })
  expect(await vault.read()).toEqual({ ok: true, value: full })
})

test('I5: a browser of the time before accounts keeps its device, and lets go of the family secret', async () => {
  const database = await mustOpen()
  const vault = createVault(database)
  await vault.write({ deviceSeed: secret(1) })
  const seed = (await database.idb.get('vault', 'deviceSeed')) as SealedField
  await database.idb.put('vault', seed, 'familySecret')
  expect(await vault.read()).toEqual({ ok: true, value: { deviceSeed: secret(1) } })
  expect(await vault.readOrCreate(contents)).toEqual({ ok: true, value: { deviceSeed: secret(1) } })
  await vault.write(contents)
  expect(await database.idb.get('vault', 'familySecret')).toBeUndefined()
  expect(await vault.read()).toEqual({ ok: true, value: contents })
})

test('I5: of several tabs that open a new vault at once, all get one identity', async () => {
  const tabs = await Promise.all([1, 2, 3, 4].map(async () => createVault(await mustOpen())))
  const identities = await Promise.all(
    tabs.map((vault, index) => vault.readOrCreate({ deviceSeed: secret(index) })),
  )
  expect(identities[0]).toMatchObject({ ok: true })
  for (const identity of identities) expect(identity).toEqual(identities[0])
  expect(await tabs[0]?.readOrCreate({ deviceSeed: secret(9) })).toEqual(identities[0])
})

test('I5: the key cannot be read out, and no secret lies in the clear', async () => {
  const database = await mustOpen()
  await createVault(database).write(contents)
  const key = (await database.idb.get('vault', 'key')) as CryptoKey
  expect(key.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  const { sealed } = (await database.idb.get('vault', 'deviceSeed')) as SealedField
  expect(sealed.subarray(0, 32)).not.toEqual(contents.deviceSeed)
})

test('I5: every write has a nonce of its own', async () => {
  const database = await mustOpen()
  const vault = createVault(database)
  const nonces = new Set<string>()
  for (let round = 0; round < 5; round++) {
    await vault.write(contents)
    for (const field of fields) {
      nonces.add(((await database.idb.get('vault', field)) as SealedField).nonce.join())
    }
  }
  expect(nonces.size).toBe(15)
})

test('I5: one secret in the place of another, or with a bit turned, is a broken seal', async () => {
  const database = await mustOpen()
  const vault = createVault(database)
  await vault.write(contents)
  const seed = (await database.idb.get('vault', 'deviceSeed')) as SealedField
  await database.idb.put('vault', seed, 'membership')
  expect(await vault.read()).toEqual({ ok: false, problem: { type: 'sealBroken', field: 'membership' } })
  seed.sealed[3]! ^= 1
  for (const broken of [seed, null, 'text', {}, { nonce: seed.nonce, sealed: new Uint8Array(3) }]) {
    await database.idb.put('vault', broken, 'deviceSeed')
    const outcome = { ok: false, problem: { type: 'sealBroken', field: 'deviceSeed' } }
    expect(await vault.read()).toEqual(outcome)
    expect(await vault.readOrCreate(contents)).toEqual(outcome)
  }
})

test('I5: a vault whose key is gone says so and makes no new identity', async () => {
  const database = await mustOpen()
  const vault = createVault(database)
  await vault.write(contents)
  for (const lose of [
    () => database.idb.put('vault', null, 'key'),
    () => database.idb.delete('vault', 'key'),
  ]) {
    await lose()
    const outcome = { ok: false, problem: { type: 'keyMissing' } }
    expect(await vault.read()).toEqual(outcome)
    expect(await vault.readOrCreate(contents)).toEqual(outcome)
    expect(await vault.write(contents)).toEqual(outcome)
  }
})

test('I5: a first opening that ended after its key was made is still a new one', async () => {
  const database = await mustOpen()
  const vault = createVault(database)
  await vault.write(contents)
  for (const field of fields) await database.idb.delete('vault', field)
  expect(await vault.read()).toEqual({ ok: true, value: undefined })
  expect(await vault.readOrCreate(contents)).toEqual({ ok: true, value: contents })
})

test('I5: a closed database is told as such', async () => {
  const database = await mustOpen()
  const vault = createVault(database)
  database.close()
  const outcome = { ok: false, problem: { type: 'storeClosed' } }
  expect(await vault.read()).toEqual(outcome)
  expect(await vault.write(contents)).toEqual(outcome)
})
