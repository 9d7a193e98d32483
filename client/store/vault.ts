import type { LockWays, StoreProblem, Vault, VaultContents, VaultProblem } from '../core/ports.ts'
import { createSerial } from '../core/log/serial.ts'
import { createValue, type Value } from '../core/value.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import { storeLimits } from '../../shared/limits.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { HearthDatabase } from './database.ts'
import { toStoreProblem } from './store-problem.ts'
import { transact } from './transact.ts'
import { createLockKey, openLockKey, parseLockRow, waysOf, type LockKey, type LockRow } from './vault-lock.ts'
import {
  areSame,
  openAll,
  putAll,
  readRows,
  sealAll,
  stampOf,
  type VaultKeys,
  type VaultRows,
  type VaultTransaction,
} from './vault-rows.ts'
import { fields } from './vault-seal.ts'

/** What the app lock does to the vault; its passphrase and passkey are app-lock.ts' matter. */
export interface LockableVault extends Vault {
  /** As of the last time the vault was read or changed. */
  readonly lockWays: Value<LockWays>
  readLock(): Promise<Result<LockRow | undefined, VaultProblem>>
  /** Opens the lock for as long as the page lives. `sealBroken` where `secret` is not what the fields are sealed by. */
  unlock(secret: Bytes): Promise<Result<void, VaultProblem>>
  /** Adds or replaces one way to open the lock. With the first, every field is sealed anew, in the same transaction. */
  setWay(wrap: (lock: LockKey) => Promise<Omit<LockRow, 'stamp'>>): Promise<Result<void, VaultProblem>>
  removeLock(): Promise<Result<void, VaultProblem>>
}

/**
 * What this browser is, each field sealed by an AES-GCM key that IndexedDB keeps and no script can read out, and before that by
 * the app lock where there is one (I5). WebCrypto cannot be awaited within a transaction: seal first, then let one transaction
 * decide, and begin again if the lock, or what was to be sealed anew, has changed meanwhile.
 */
export const createVault = (database: HearthDatabase): LockableVault => {
  const { idb } = database
  const lockWays = createValue<LockWays>(waysOf(undefined))
  // Of this tab's changes one after the other, so that two never put two locks in.
  const changes = createSerial()
  let opened: LockKey | undefined

  const change = <Answer>(
    work: (tx: VaultTransaction) => Promise<Answer>,
  ): Promise<Result<Answer, StoreProblem>> => transact(database, ['vault'], 'strict', work)

  const showWays = (row: LockRow | undefined): void => {
    const ways = waysOf(row)
    const { hasPassphrase, hasPasskey } = lockWays.get()
    if (ways.hasPassphrase !== hasPassphrase || ways.hasPasskey !== hasPasskey) lockWays.set(ways)
  }

  const load = async (): Promise<Result<VaultRows, VaultProblem>> => {
    try {
      const { store } = idb.transaction('vault')
      return ok(await readRows((key) => store.get(key)))
    } catch (error) {
      return fail(toStoreProblem(error))
    }
  }

  /** The lock of these rows as it lies on the disk. */
  const lockOf = (rows: VaultRows): Result<LockRow | undefined, VaultProblem> => {
    const row = parseLockRow(rows.lock)
    if (row === 'broken') return fail({ type: 'sealBroken', field: 'lock' })
    showWays(row)
    return ok(row)
  }

  const keysOf = (rows: VaultRows): Result<VaultKeys, VaultProblem> => {
    // Safari gives null for a key it cannot bring back.
    if (!(rows.key instanceof CryptoKey)) return fail({ type: 'keyMissing' })
    const row = lockOf(rows)
    if (!row.ok) return row
    if (!row.value) return ok({ device: rows.key, lock: undefined })
    if (opened?.stamp !== row.value.stamp) return fail({ type: 'locked', ways: waysOf(row.value) })
    return ok({ device: rows.key, lock: opened })
  }

  /** With the key of this browser made now if the vault is empty. Of two tabs the first transaction wins for both. */
  const ensureKeys = async (): Promise<Result<VaultKeys, VaultProblem>> => {
    const usages: KeyUsage[] = ['encrypt', 'decrypt']
    const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages)
    const outcome = await change(async ({ store }) => {
      if ((await store.count()) === 0) await store.put(fresh, 'key')
      return readRows((key) => store.get(key))
    })
    return outcome.ok ? keysOf(outcome.value) : outcome
  }

  const read = async (): Promise<Result<VaultContents | undefined, VaultProblem>> => {
    const rows = await load()
    if (!rows.ok) return rows
    // A key alone is a vault whose making was cut short: nothing was ever signed with it.
    if (fields.every((field) => rows.value.sealed[field] === undefined)) return ok(undefined)
    const keys = keysOf(rows.value)
    return keys.ok ? openAll(keys.value, rows.value) : keys
  }

  const write = async (contents: VaultContents): Promise<Result<void, VaultProblem>> => {
    if (fields.some((field) => (contents[field]?.length ?? 0) > storeLimits.maxVaultFieldBytes))
      return fail({ type: 'tooLarge' })
    const keys = await ensureKeys()
    if (!keys.ok) return keys
    const sealed = await sealAll(keys.value, contents)
    const outcome = await change(async (tx) => {
      if (stampOf(await tx.store.get('lock')) !== keys.value.lock?.stamp) return 'lockChanged'
      const gone = fields.filter((field) => !contents[field])
      await Promise.all(gone.map((field) => tx.store.delete(field)))
      await putAll(tx, sealed)
      return 'written'
    })
    if (!outcome.ok) return outcome
    return outcome.value === 'written' ? ok(undefined) : write(contents)
  }

  /** Seals every field anew, and puts the lock's row in or takes it out, all in one transaction. */
  const reseal = async (
    rows: VaultRows,
    from: VaultKeys,
    to: LockKey | undefined,
    row: LockRow | undefined,
  ): Promise<Result<'done' | 'changed', VaultProblem>> => {
    const contents = await openAll(from, rows)
    if (!contents.ok) return contents
    const sealed = await sealAll({ device: from.device, lock: to }, contents.value)
    return change(async (tx) => {
      if (!areSame(rows, await readRows((key) => tx.store.get(key)))) return 'changed'
      await putAll(tx, sealed)
      await (row ? tx.store.put(row, 'lock') : tx.store.delete('lock'))
      return 'done'
    })
  }

  const loadKeys = async (): Promise<Result<{ rows: VaultRows; keys: VaultKeys }, VaultProblem>> => {
    const rows = await load()
    if (!rows.ok) return rows
    const keys = keysOf(rows.value)
    return keys.ok ? ok({ rows: rows.value, keys: keys.value }) : keys
  }

  const setWay: LockableVault['setWay'] = async (wrap) => {
    const loaded = await loadKeys()
    if (!loaded.ok) return loaded
    const { rows, keys } = loaded.value
    const lock = keys.lock ?? (await createLockKey())
    const way = await wrap(lock)
    // Before it is on the disk: a write right after must know it. Until then its stamp fits no row.
    opened = lock
    const addWay = async ({ store }: VaultTransaction): Promise<'done' | 'changed'> => {
      const row = parseLockRow(await store.get('lock'))
      if (!row || row === 'broken' || row.stamp !== lock.stamp) return 'changed'
      await store.put({ ...row, ...way }, 'lock')
      return 'done'
    }
    const outcome = keys.lock
      ? await change(addWay)
      : await reseal(rows, keys, lock, { stamp: lock.stamp, ...way })
    if (!outcome.ok) return outcome
    if (outcome.value === 'changed') return setWay(wrap)
    const now = await load()
    if (now.ok) lockOf(now.value)
    return ok(undefined)
  }

  const removeLock = async (): Promise<Result<void, VaultProblem>> => {
    const loaded = await loadKeys()
    if (!loaded.ok) return loaded
    const { rows, keys } = loaded.value
    if (!keys.lock) return ok(undefined)
    const outcome = await reseal(rows, keys, undefined, undefined)
    if (!outcome.ok) return outcome
    if (outcome.value === 'changed') return removeLock()
    if (opened === keys.lock) opened = undefined
    showWays(undefined)
    return ok(undefined)
  }

  return {
    lockWays,
    read,
    write: (contents) => changes.run(() => write(contents)),
    setWay: (wrap) => changes.run(() => setWay(wrap)),
    removeLock: () => changes.run(removeLock),

    async readOrCreate(fresh) {
      const keys = await ensureKeys()
      if (!keys.ok) return keys
      const sealed = await sealAll(keys.value, fresh)
      const outcome = await change(async (tx) => {
        if ((await tx.store.count()) === 1) await putAll(tx, sealed)
      })
      if (!outcome.ok) return outcome
      const contents = await read()
      if (!contents.ok) return contents
      return contents.value ? ok(contents.value) : fail({ type: 'keyMissing' })
    },

    async readLock() {
      const rows = await load()
      return rows.ok ? lockOf(rows.value) : rows
    },

    async unlock(secret) {
      const rows = await load()
      if (!rows.ok) return rows
      const { key } = rows.value
      if (!(key instanceof CryptoKey)) return fail({ type: 'keyMissing' })
      const row = lockOf(rows.value)
      if (!row.ok) return row
      if (!row.value) return ok(undefined)
      const lock = await openLockKey(row.value.stamp, secret)
      const contents = await openAll({ device: key, lock }, rows.value)
      if (!contents.ok) return contents
      opened = lock
      return ok(undefined)
    },
  }
}
