import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import { screenLimits } from '../../shared/limits.ts'
import { importSealingKey } from '../core/crypto/aes-gcm.ts'
import { deriveBytes } from '../core/crypto/hkdf.ts'
import type { ScreenStore } from '../core/ports.ts'
import type { HearthDatabase } from './database.ts'
import { screenKeyId } from './page-keys.ts'

const nonceBytes = 12

/** Of `screens`: when it was written, and what is sealed. */
interface ScreenRow {
  at: number
  sealed: Bytes
}
const isScreenRow = (value: unknown): value is ScreenRow =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'number' &&
  'sealed' in value &&
  value.sealed instanceof Uint8Array

/**
 * What the screen showed last, sealed twice: by what only the vault opens, so that the app lock covers it (I5), and by a key that goes whenever
 * something is erased, since it may have been on the screen (P4).
 *
 * @param secret the device's seed.
 */
export const createScreenStore = (database: HearthDatabase, secret: Bytes): ScreenStore => {
  const { idb } = database
  const mine = deriveBytes(secret, 'hearth/v1/screen', 32).then(importSealingKey)
  const bind = (name: string, nonce: Bytes) => ({
    nonce,
    additionalData: encodeUtf8(`hearth/v1/screen ${name}`),
  })

  const openOne = async (name: string, row: unknown): Promise<Bytes | undefined> => {
    const disk = await (await database.pageKeys()).find(screenKeyId)
    if (!disk || !isScreenRow(row)) return undefined
    const context = bind(name, copyBytes(row.sealed.subarray(0, nonceBytes)))
    const inner = await disk.key.open(copyBytes(row.sealed.subarray(nonceBytes)), context)
    return inner && (await mine).open(inner, context)
  }

  /** Rooms that were not opened for long are read from their pages again. */
  const dropOldest = async (): Promise<void> => {
    const tx = idb.transaction('screens', 'readwrite')
    const [names, rows] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()])
    const byAge = names
      .map((name, index) => ({ name, at: isScreenRow(rows[index]) ? rows[index].at : 0 }))
      .filter(({ name }) => name !== screenLimits.homeName)
      .sort((left, right) => right.at - left.at)
    for (const { name } of byAge.slice(screenLimits.rooms)) void tx.store.delete(name)
    await tx.done
  }

  return {
    async load() {
      try {
        const tx = idb.transaction('screens')
        const [names, rows] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll(), tx.done])
        const opened = await Promise.all(
          names.map(async (name, index) => [name, await openOne(name, rows[index])] as const),
        )
        return new Map(opened.flatMap(([name, bytes]) => (bytes ? [[name, bytes] as const] : [])))
      } catch {
        return new Map() // then the pages are read first, as at a first start
      }
    },

    async save(name, encode) {
      try {
        const keys = await database.pageKeys()
        // Asked for anew each time: it may have gone since.
        const disk = (await keys.find(screenKeyId)) ?? (await keys.createScreenKey())
        if (!disk) return
        const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
        const context = bind(name, nonce)
        // With the key in hand: what is erased from now on takes this key with it.
        const sealed = await disk.key.seal(await (await mine).seal(encode(), context), context)
        await database.whenWritable
        await idb.put('screens', { at: Date.now(), sealed: concatBytes(nonce, sealed) }, name)
        await dropOldest()
      } catch {
        // A full disk, or one that was let go of. Nobody's words hang on it.
      }
    },
  }
}
