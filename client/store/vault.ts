import type { IDBPTransaction } from 'idb'
import type { StoreProblem, Vault, VaultContents, VaultProblem } from '../core/ports.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { HearthDatabase, HearthSchema } from './database.ts'
import { toStoreProblem } from './store-problem.ts'
import { transact } from './transact.ts'
import { openField, sealField, type SealedField } from './vault-seal.ts'

type Field = keyof VaultContents
type VaultTransaction = IDBPTransaction<HearthSchema, ['vault'], 'readwrite'>

const fields = ['deviceSeed', 'familySecret'] as const satisfies Field[]

const sealAll = async (key: CryptoKey, contents: VaultContents): Promise<[Field, SealedField][]> => {
  const sealed: [Field, SealedField][] = []
  for (const field of fields) {
    const plaintext = contents[field]
    if (plaintext) sealed.push([field, await sealField(key, field, plaintext)])
  }
  return sealed
}

const putAll = async (tx: VaultTransaction, sealed: [Field, SealedField][]): Promise<void> => {
  await Promise.all(sealed.map(([field, row]) => tx.store.put(row, field)))
}

/**
 * The device's seed and the family's secret, each sealed by an AES-GCM key that IndexedDB keeps and no script can read
 * out (I5). WebCrypto cannot be awaited within a transaction: seal first, then let one transaction decide.
 */
export const createVault = (database: HearthDatabase): Vault => {
  const { idb } = database
  const change = <Answer>(
    work: (tx: VaultTransaction) => Promise<Answer>,
  ): Promise<Result<Answer, StoreProblem>> => transact(database, ['vault'], 'strict', work)

  /** The key of this browser, made now if the vault is empty. Of two tabs the first transaction wins for both. */
  const ensureKey = async (): Promise<Result<CryptoKey, VaultProblem>> => {
    const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ])
    const outcome = await change(async ({ store }): Promise<unknown> => {
      const [known, rowCount] = await Promise.all([store.get('key'), store.count()])
      if (rowCount > 0) return known
      await store.put(fresh, 'key')
      return fresh
    })
    if (!outcome.ok) return outcome
    return outcome.value instanceof CryptoKey ? ok(outcome.value) : fail({ type: 'keyMissing' })
  }

  const read = async (): Promise<Result<VaultContents | undefined, VaultProblem>> => {
    let rows: [unknown, unknown, unknown]
    try {
      const { store } = idb.transaction('vault')
      rows = await Promise.all([store.get('key'), store.get('deviceSeed'), store.get('familySecret')])
    } catch (error) {
      return fail(toStoreProblem(error))
    }
    const [key, seed, secret] = rows
    // A key alone is a vault whose making was cut short: nothing was ever signed with it.
    if (seed === undefined && secret === undefined) return ok(undefined)
    // Safari gives null for a key it cannot bring back.
    if (!(key instanceof CryptoKey)) return fail({ type: 'keyMissing' })
    const deviceSeed = await openField(key, 'deviceSeed', seed)
    if (!deviceSeed) return fail({ type: 'sealBroken', field: 'deviceSeed' })
    if (secret === undefined) return ok({ deviceSeed })
    const familySecret = await openField(key, 'familySecret', secret)
    return familySecret
      ? ok({ deviceSeed, familySecret })
      : fail({ type: 'sealBroken', field: 'familySecret' })
  }

  return {
    read,

    async readOrCreate(fresh) {
      const key = await ensureKey()
      if (!key.ok) return key
      const sealed = await sealAll(key.value, fresh)
      const outcome = await change(async (tx) => {
        if ((await tx.store.count()) === 1) await putAll(tx, sealed)
      })
      if (!outcome.ok) return outcome
      const contents = await read()
      if (!contents.ok) return contents
      return contents.value ? ok(contents.value) : fail({ type: 'keyMissing' })
    },

    async write(contents) {
      const key = await ensureKey()
      if (!key.ok) return key
      const sealed = await sealAll(key.value, contents)
      return change(async (tx) => {
        if (!contents.familySecret) await tx.store.delete('familySecret')
        await putAll(tx, sealed)
      })
    },
  }
}
