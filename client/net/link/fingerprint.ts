import type { Bytes } from '../../../shared/crypto/bytes.ts'

const form = /^sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/i

/**
 * The 32 bytes of a DTLS certificate's fingerprint as an SDP gives it (RFC 8122), or undefined for another hash or form.
 * Bytes, so that two browsers that write it in different letters still sign the same (L2).
 */
export const parseFingerprint = (text: string): Bytes | undefined => {
  const pairs = form.exec(text.trim())?.[1]?.split(':')
  return pairs && Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
}
