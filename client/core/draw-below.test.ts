import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawBelow } from './draw-below.ts'
import type { Random } from './ports.ts'
import { createSeededRandom } from './testing/seeded-random.ts'

/** Gives the numbers it was told, as four bytes each. */
const scripted = (...draws: number[]): Random => ({
  bytes: (count) => {
    const bytes = new Uint8Array(count)
    new DataView(bytes.buffer).setUint32(0, draws.shift()!)
    return bytes
  },
})

test('a draw past the last whole multiple of the limit is drawn again, so that no number is likelier', () => {
  // 2^32 is 6 below a multiple of 10: the last six draws would favour 0 to 5.
  expect(drawBelow(scripted(4_294_967_290, 4_294_967_295, 17), 10)).toBe(7)
  expect(drawBelow(scripted(4_294_967_289), 10)).toBe(9)
})

test('where the limit divides the range nothing is thrown away', () => {
  expect(drawBelow(scripted(0xffff_ffff), 2_048)).toBe(2_047)
  expect(drawBelow(scripted(0xffff_ffff), 2 ** 32)).toBe(0xffff_ffff)
})

test('what is drawn is below the limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.integer(), (limit, seed) => {
      const drawn = drawBelow(createSeededRandom(seed), limit)
      expect(Number.isInteger(drawn) && drawn >= 0 && drawn < limit).toBe(true)
    }),
  )
})

test.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('a limit of %s is refused', (limit) => {
  expect(() => drawBelow(createSeededRandom(1), limit)).toThrow(RangeError)
})
