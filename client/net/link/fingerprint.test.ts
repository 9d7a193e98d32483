import { expect, test } from 'vitest'
import { parseFingerprint } from './fingerprint.ts'

const hex = Array.from({ length: 32 }, (_, i) => (i * 8).toString(16).padStart(2, '0')).join(':')

test('L2: a fingerprint is its bytes, however the browser writes it', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => i * 8)
  expect(parseFingerprint(`sha-256 ${hex}`)).toEqual(bytes)
  expect(parseFingerprint(`SHA-256 ${hex.toUpperCase()}\r\n`)).toEqual(bytes)
})

test('L2: another hash, a shorter or longer one, or other words are none', () => {
  for (const text of [
    '',
    hex,
    `sha-1 ${hex}`,
    `sha-256 ${hex}:00`,
    `sha-256 ${hex.slice(3)}`,
    `sha-256 zz${hex.slice(2)}`,
  ])
    expect(parseFingerprint(text)).toBeUndefined()
})
