import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logLimits, profileLimits } from '../../../shared/limits.ts'
import { pad, paddedLength, unpad } from './padding.ts'

const length = fc.oneof(fc.nat(2_000), fc.nat(logLimits.maxEntryBytes))

test('E3: what was padded comes back as it was, whatever its last bytes are', () => {
  const tail = fc.uint8Array({ maxLength: 5 }).map((bytes) => bytes.map((byte) => byte & 0x80))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), tail, (bytes, end) => {
      const text = new Uint8Array([...bytes, ...end])
      const padded = pad(text)
      expect(padded.length).toBe(paddedLength(text.length))
      expect(unpad(padded)).toEqual(text)
    }),
  )
})

test('E3: padding costs at most 64 bytes up to 1 KiB, and at most 12 % beyond', () => {
  fc.assert(
    fc.property(length, (bytes) => {
      const cost = paddedLength(bytes) - bytes
      expect(cost).toBeGreaterThanOrEqual(1)
      if (bytes < 1_024) expect(cost).toBeLessThanOrEqual(64)
      else expect(cost / bytes).toBeLessThanOrEqual(0.12)
    }),
  )
})

test('E3: a longer body is never shorter when padded, and all lengths within a step look alike', () => {
  fc.assert(
    fc.property(length, (bytes) => {
      const padded = paddedLength(bytes)
      expect(paddedLength(bytes + 1)).toBeGreaterThanOrEqual(padded)
      // The longest that fits into this length looks the same, and one more does not.
      expect(paddedLength(padded - 1)).toBe(padded)
      expect(paddedLength(padded)).toBeGreaterThan(padded)
    }),
  )
})

test('E3: so few lengths there are that they tell little: 16 up to 1 KiB, and 96 more up to 64 KiB', () => {
  const lengths = new Set<number>()
  const small = new Set<number>()
  for (let bytes = 0; bytes < logLimits.maxEntryBytes; bytes++) {
    const padded = paddedLength(bytes)
    lengths.add(padded)
    if (padded <= 1_024) small.add(padded)
  }
  expect(small.size).toBe(16)
  expect(lengths.size).toBe(16 + 96)
})

test('E3: bytes without padding are nothing, and garbage is no exception', () => {
  for (const bytes of [[], [0], [0, 0, 0], [1], [0x80, 1], [0x7f, 0]])
    expect(unpad(new Uint8Array(bytes))).toBeUndefined()
  expect(unpad(Uint8Array.of(0x80))).toEqual(new Uint8Array(0))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = unpad(new Uint8Array(bytes))
      if (text) expect(bytes.subarray(0, text.length)).toEqual(text)
    }),
  )
})

test('E6: the longest text and the largest profile fit into an entry when padded', () => {
  const overhead = 200 // header, key, tag
  for (const bytes of [logLimits.maxTextBytes, profileLimits.maxPictureBytes + 4_000])
    expect(paddedLength(bytes) + overhead).toBeLessThan(logLimits.maxEntryBytes)
})
