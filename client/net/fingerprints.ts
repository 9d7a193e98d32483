import { fail, ok, type Result } from '../../shared/result.ts'

export interface FingerprintProblem {
  type: 'noFingerprint' | 'malformedFingerprint' | 'severalFingerprints'
}

const fingerprintLine = /^a=fingerprint:(sha-256|sha-384|sha-512) ([0-9A-F]{2}(?::[0-9A-F]{2})+)$/i

/**
 * The one DTLS fingerprint of a session description, as `sha-256 AA:BB:…`. With more than one (RFC 8122 allows it) it
 * would be open which of them the handshake has proved (L2), so they are refused; and so is a line that we read
 * otherwise than the browser might.
 */
export const readSdpFingerprint = (sdp: string): Result<string, FingerprintProblem> => {
  const found = new Set<string>()
  for (const line of sdp.split(/[\r\n]+/)) {
    if (!/^\s*a\s*=\s*fingerprint/i.test(line)) continue
    const [, algorithm, digest] = fingerprintLine.exec(line) ?? []
    if (algorithm === undefined || digest === undefined) return fail({ type: 'malformedFingerprint' })
    found.add(`${algorithm.toLowerCase()} ${digest.toUpperCase()}`)
  }
  const [only] = found
  if (only === undefined) return fail({ type: 'noFingerprint' })
  return found.size === 1 ? ok(only) : fail({ type: 'severalFingerprints' })
}
