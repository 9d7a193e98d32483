import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { checkSafetyCode, safetyCodeOf, safetyNumberOf } from './safety-number.ts'

const accountOf = (fill: number) => toBase64Url(new Uint8Array(32).fill(fill)) as AccountId
const accounts = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => toBase64Url(bytes) as AccountId)

test('I7: sixty digits, frozen', async () => {
  expect(await safetyNumberOf(accountOf(1), accountOf(2))).toMatchInlineSnapshot(
    `"41264 66859 30814 56183 24829 58083 75040 40970 04715 70527 71852 48205"`,
  )
  expect(await safetyNumberOf(accountOf(1), accountOf(1))).toMatchInlineSnapshot(
    `"89972 95713 83174 80466 22797 01690 36276 78167 11503 89309 75005 54197"`,
  )
})

test('I7: the same on both sides, in twelve groups of five, and another for every other pair', async () => {
  await fc.assert(
    fc.asyncProperty(accounts, accounts, accounts, async (one, two, three) => {
      const number = await safetyNumberOf(one, two)
      expect(number).toMatch(/^\d{5}( \d{5}){11}$/)
      expect(await safetyNumberOf(two, one)).toBe(number)
      if (three !== two) expect(await safetyNumberOf(one, three)).not.toBe(number)
    }),
  )
})

test('I7: a code scanned from the other’s screen is theirs, for me, or it is not', () => {
  const [mine, theirs, stranger] = [accountOf(1), accountOf(2), accountOf(3)]
  const pair = { mine, theirs }
  expect(checkSafetyCode(safetyCodeOf(theirs, mine), pair)).toBe('match')
  expect(checkSafetyCode(safetyCodeOf(mine, theirs), pair)).toBe('mismatch') // my own screen
  expect(checkSafetyCode(safetyCodeOf(stranger, mine), pair)).toBe('mismatch')
  expect(checkSafetyCode(safetyCodeOf(theirs, stranger), pair)).toBe('mismatch')
  expect(checkSafetyCode(`${safetyCodeOf(theirs, mine)} `, pair)).toBe('mismatch')
  for (const other of ['', 'https://example.org', theirs])
    expect(checkSafetyCode(other, pair)).toBe('notACode')
  expect(safetyCodeOf(mine, theirs)).toMatchInlineSnapshot(
    `"hearth-safety-1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI"`,
  )
})
