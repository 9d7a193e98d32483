import fc from 'fast-check'
import { expect, test } from 'vitest'
import { familyLinkPrefix, readFamilyLink } from './family-link.ts'
import { readRestartReason, restartReason } from './restart-reason.ts'

test('a family link’s secret comes back from its fragment', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const secret = Buffer.from(bytes).toString('base64url')
      expect(readFamilyLink(familyLinkPrefix + secret)).toBe(secret)
    }),
  )
})

test('a fragment that is not a whole family link is none', () => {
  const secret = 'A'.repeat(43)
  for (const fragment of [
    '',
    '#',
    '#join/',
    secret,
    `#join/${secret}A`,
    `#join/${secret.slice(1)}`,
    `#/join/${secret}`,
  ]) {
    expect(readFamilyLink(fragment)).toBeUndefined()
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readFamilyLink(text)).toBeUndefined()
    }),
  )
})

test('S7: the wait a leaving server tells is read again, and nothing else is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), (waitMs) => {
      expect(readRestartReason(restartReason(waitMs))).toBe(waitMs)
    }),
  )
  expect(readRestartReason('')).toBeUndefined()
  expect(readRestartReason('come back in 99999999 ms')).toBeUndefined()
})
