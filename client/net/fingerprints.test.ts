import { expect, test } from 'vitest'
import { readSdpFingerprint } from './fingerprints.ts'

const line = (digest: string, algorithm = 'sha-256') => `a=fingerprint:${algorithm} ${digest}\r\n`

test('L2: the fingerprint is found, however it is written, and also twice the same', () => {
  const sdp = `v=0\r\n${line('aa:bb:0c')}m=application\r\n${line('AA:BB:0C', 'SHA-256')}`
  expect(readSdpFingerprint(sdp)).toEqual({ ok: true, value: 'sha-256 AA:BB:0C' })
})

test('L2: none, two different ones, or one we cannot read are refused', () => {
  const problem = (sdp: string) => {
    const parsed = readSdpFingerprint(sdp)
    return parsed.ok ? undefined : parsed.problem.type
  }
  expect(problem('v=0\r\n')).toBe('noFingerprint')
  expect(problem(line('AA:BB') + line('AA:BC'))).toBe('severalFingerprints')
  expect(problem(line('AA:BB') + line('AA:BB', 'sha-512'))).toBe('severalFingerprints')
  expect(problem(line('AA:BB') + line('AA:BB', 'md5'))).toBe('malformedFingerprint')
  expect(problem(`${line('AA:BB')} a = fingerprint:sha-256 CC:DD\r\n`)).toBe('malformedFingerprint')
  expect(problem(line('nothing'))).toBe('malformedFingerprint')
})
