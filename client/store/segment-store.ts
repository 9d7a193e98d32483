import { unwrap } from 'idb'
import { fromBase64Url, toBase64Url } from '../../shared/crypto/base64url.ts'
import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import type { LogId } from '../core/ports.ts'
import type { SegmentStore } from '../core/search/ports.ts'
import type { PagePlace } from '../core/search/saying.ts'
import type { HearthDatabase } from './database.ts'
import type { PageKey } from './page-keys.ts'
import { isPageRow, startingWith } from './rows.ts'
import { transact } from './transact.ts'

type Part = 'index' | 'texts'

const idBytes = 8
const nonceBytes = 12

/** Bound to its page and part, so that no row passes for another. */
const bindTo = ({ log, page }: PagePlace, part: Part): Bytes =>
  encodeUtf8(`hearth/v1/search ${part} ${log} ${page}`)

/**
 * What pages can be found by lies beside them, sealed with their keys: once something in a page is erased and its key is gone, what was to be
 * found of it is noise too (P4), and whatever is over with the page is over with this.
 */
export const createSegmentStore = (database: HearthDatabase): SegmentStore => {
  const { idb } = database

  const keyOf = async ({ log, page }: PagePlace): Promise<PageKey | undefined> => {
    const row: unknown = await idb.get('heads', [log, page])
    const id = isPageRow(row) ? row.key : undefined
    return id === undefined ? undefined : (await database.pageKeys()).find(id)
  }

  const seal = async ({ id, key }: PageKey, place: PagePlace, part: Part, bytes: Bytes): Promise<Bytes> => {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
    const sealed = await key.seal(bytes, { nonce, additionalData: bindTo(place, part) })
    return concatBytes(fromBase64Url(id) ?? new Uint8Array(idBytes), nonce, sealed)
  }

  /** Undefined where it is none, its key is not the page's any more, or its seal does not hold. */
  const read = async (place: PagePlace, part: Part): Promise<Bytes | undefined> => {
    const key = await keyOf(place)
    const row: unknown = await idb.get('segments', [place.log, place.page, part])
    if (!key || !(row instanceof Uint8Array) || row.length < idBytes + nonceBytes) return undefined
    if (toBase64Url(row.slice(0, idBytes)) !== key.id) return undefined
    const nonce = copyBytes(row.subarray(idBytes, idBytes + nonceBytes))
    const additionalData = bindTo(place, part)
    return key.key.open(copyBytes(row.subarray(idBytes + nonceBytes)), { nonce, additionalData })
  }
  /** A disk that is let go of has nothing. */
  const readOrNothing = (place: PagePlace, part: Part) => read(place, part).catch(() => undefined)

  return {
    async places() {
      const keys = await idb.getAllKeys('segments')
      return keys.flatMap(([log, page, part]) => (part === 'index' ? [{ log: log as LogId, page }] : []))
    },
    readIndex: (place) => readOrNothing(place, 'index'),
    readTexts: (place) => readOrNothing(place, 'texts'),

    async begin(place) {
      const key = await keyOf(place).catch(() => undefined)
      if (!key) return undefined
      return async ({ index, texts }) => {
        const [sealedIndex, sealedTexts] = await Promise.all([
          seal(key, place, 'index', index),
          seal(key, place, 'texts', texts),
        ])
        const written = await transact(database, ['segments'], 'relaxed', (tx) => {
          const store = unwrap(tx.objectStore('segments'))
          store.put(sealedIndex, [place.log, place.page, 'index'])
          store.put(sealedTexts, [place.log, place.page, 'texts'])
          return Promise.resolve()
        })
        return written.ok
      }
    },

    async remove(places) {
      if (places.length === 0) return
      await transact(database, ['segments'], 'relaxed', (tx) => {
        const store = unwrap(tx.objectStore('segments'))
        for (const { log, page } of places) store.delete(startingWith([log, page]))
        return Promise.resolve()
      })
    },
  }
}
