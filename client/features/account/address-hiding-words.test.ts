import { expect, test } from 'vitest'
import { describeAddressHiding } from './address-hiding-words.ts'

test.each([
  [false, true, 'go through your server', false, true],
  [true, true, 'go through your server', false, true],
  [false, undefined, 'go through your server', false, false],
  [true, undefined, 'go through your server', false, true],
  [false, false, 'this server has none', false, false],
  [true, false, 'nobody can be reached', true, true],
] as const)('S8: hidden %s, with a relay %s: %s', (isHidden, hasRelay, words, isAlarming, canChange) => {
  const described = describeAddressHiding({ isHidden, hasRelay })
  expect(described).toMatchObject({ isAlarming, canChange })
  expect(described.text).toContain(words)
})
