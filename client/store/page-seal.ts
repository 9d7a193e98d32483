import { fromBase64Url, toBase64Url } from '../../shared/crypto/base64url.ts'
import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import type { LogId } from '../core/ports.ts'
import type { PageKey, PageKeys } from './page-keys.ts'

const idBytes = 8
const nonceBytes = 12

/** The page is bound to it, so that no row passes for another page's. */
const bindTo = (log: LogId, page: number): Bytes => encodeUtf8(`hearth/v1/page ${log} ${page}`)

/** A row of a page as it lies on the disk: the key's id, a nonce, and the update under AES-256-GCM. */
export const sealRow = async (
  { id, key }: PageKey,
  { log, page }: { log: LogId; page: number },
  update: Bytes,
): Promise<Bytes> => {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const sealed = await key.seal(update, { nonce, additionalData: bindTo(log, page) })
  return concatBytes(fromBase64Url(id) ?? new Uint8Array(idBytes), nonce, sealed)
}

/** The update; undefined where the row is none, its key is gone or its seal does not hold. */
export const openRow = async (
  keys: Pick<PageKeys, 'find'>,
  { log, page }: { log: LogId; page: number },
  row: unknown,
): Promise<Bytes | undefined> => {
  if (!(row instanceof Uint8Array) || row.length < idBytes + nonceBytes) return undefined
  const found = await keys.find(toBase64Url(row.slice(0, idBytes)))
  const nonce = copyBytes(row.subarray(idBytes, idBytes + nonceBytes))
  return found?.key.open(copyBytes(row.subarray(idBytes + nonceBytes)), {
    nonce,
    additionalData: bindTo(log, page),
  })
}
