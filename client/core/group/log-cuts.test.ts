import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'
import { createLogCuts } from './log-cuts.ts'
import type { LogCut } from './statements.ts'

const device = 'a device' as DeviceId
const logs = ['one room', 'another'] as LogId[]
const pages = [0, 1, 2]

const cut: fc.Arbitrary<LogCut[]> = fc.array(
  fc.record({
    log: fc.constantFrom(...logs),
    pages: fc.array(fc.record({ page: fc.constantFrom(...pages), length: fc.nat(5) }), { maxLength: 3 }),
  }),
  { maxLength: 3 },
)
const told = (cuts: readonly (readonly LogCut[])[]) => {
  const known = createLogCuts()
  for (const one of cuts) known.add(device, one)
  return logs.flatMap((log) => pages.map((page) => known.lengthOf(device, log, page)))
}

test('G6: of several cuts the shortest counts, page by page, in whatever order and however often they come', () => {
  fc.assert(
    fc.property(
      fc
        .array(cut, { minLength: 1, maxLength: 4 })
        .chain((cuts) =>
          fc.tuple(
            fc.constant(cuts),
            fc.shuffledSubarray([...cuts, ...cuts], { minLength: cuts.length * 2 }),
          ),
        ),
      ([cuts, again]) => {
        const each = cuts.map((one) => told([one]))
        const shortest = each[0]!.map((_length, place) => Math.min(...each.map((lengths) => lengths[place]!)))
        expect(told(cuts)).toEqual(shortest)
        expect(told(again)).toEqual(shortest)
      },
    ),
  )
})

test('G6: of whom nobody has said anything all counts, and of a page that is not named nothing does', () => {
  const known = createLogCuts()
  expect(known.has(device)).toBe(false)
  expect(known.lengthOf(device, logs[0]!, 0)).toBe(Infinity)
  known.add(device, [{ log: logs[0]!, pages: [{ page: 1, length: 3 }] }])
  expect(known.has(device)).toBe(true)
  expect([0, 1].map((page) => known.lengthOf(device, logs[0]!, page))).toEqual([0, 3])
  expect(known.lengthOf(device, logs[1]!, 1)).toBe(0)
})

test('G6: as many cuts as a feed has entries are no trouble', () => {
  const known = createLogCuts()
  for (let count = 0; count < 3 * logLimits.maxEntriesPerFeed; count++)
    known.add(device, [{ log: logs[0]!, pages: [{ page: 0, length: 7 }] }])
  expect(known.lengthOf(device, logs[0]!, 0)).toBe(7)
})
