import { expect, test } from 'vitest'
import { describePrivacy, privacySwitches } from './privacy-words.ts'

test('ux 22: there is a switch for each, and the list of settings says how they stand', () => {
  expect(privacySwitches.map(({ name }) => name)).toEqual(['receipts', 'typing', 'lastSeen'])
  const all = { receipts: true, typing: true, lastSeen: true }
  expect(describePrivacy(all)).toBe('Others see when you have read, write and were here')
  expect(describePrivacy({ ...all, receipts: false })).toBe('Others see when you write and were here')
  expect(describePrivacy({ receipts: false, typing: false, lastSeen: false })).toBe(
    'Others do not see when you read, write or were here',
  )
})

test('ux 22: each way to choose is a sentence of its own', () => {
  const ways = [false, true].flatMap((receipts) =>
    [false, true].flatMap((typing) =>
      [false, true].map((lastSeen) => describePrivacy({ receipts, typing, lastSeen })),
    ),
  )
  expect(new Set(ways).size).toBe(8)
})
