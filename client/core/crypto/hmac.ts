import type { Bytes } from '../../../shared/crypto/bytes.ts'

/** HMAC-SHA-256 (RFC 2104): 32 bytes. Compare with `equalBytes`. */
export const hmacSha256 = async (key: Bytes, message: Bytes): Promise<Bytes> => {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message))
}

export { equalBytes } from '../../../shared/crypto/bytes.ts'
