import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'

/** HKDF-SHA-256 (RFC 5869). Throws for more than 8,160 bytes, which it cannot give. */
export const hkdfSha256 = async (
  secret: Bytes,
  { salt, info }: { salt: Bytes; info: Bytes },
  byteCount: number,
): Promise<Bytes> => {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, byteCount * 8))
}

/** HKDF-SHA-256 with an empty salt and `label` as info. */
export const deriveBytes = (secret: Bytes, label: string, byteCount: number): Promise<Bytes> =>
  hkdfSha256(secret, { salt: new Uint8Array(0), info: encodeUtf8(label) }, byteCount)
