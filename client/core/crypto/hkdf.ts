import { encodeUtf8, type Bytes } from './bytes.ts'

/** HKDF-SHA-256 (RFC 5869) with an empty salt and `label` as info. */
export const deriveBytes = async (secret: Bytes, label: string, byteCount: number): Promise<Bytes> => {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: encodeUtf8(label) }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, byteCount * 8))
}
