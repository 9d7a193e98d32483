import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { CallId } from '../call/words.ts'
import { foldCallLines, type PlacedSummary } from './call-lines.ts'
import type { CallOutcome } from './call-summary.ts'

const [anna, bob] = ['anna', 'bob'] as AccountId[]
const placed = (
  ms: number,
  ids: string[],
  more: { writer?: AccountId | undefined; outcome?: CallOutcome; feed?: number } = {},
): PlacedSummary => {
  const { writer = anna, outcome = 'answered', feed = 1 } = more
  const [id, ...aliases] = ids as CallId[]
  return {
    key: { ms, counter: 0, feed, page: 0, seq: ms },
    writer,
    summary: {
      id: id!,
      aliases,
      by: anna!,
      startedAtMs: 0,
      durationMs: 0,
      outcome,
      hadVideo: false,
      tookPart: [],
      called: [],
    },
  }
}
const times = (lines: readonly PlacedSummary[]) => lines.map(({ key }) => key.ms)

test('C6: of several summaries of one call the lowest (time, feed) is shown', () => {
  expect(times(foldCallLines([placed(3, ['x']), placed(2, ['x']), placed(4, ['y'])]))).toEqual([2, 4])
  const [line] = foldCallLines([placed(2, ['x'], { feed: 7 }), placed(2, ['x'], { feed: 3 })])
  expect(line?.key.feed).toBe(3)
})

test('C6: calls that became one are one line', () => {
  const lines = [placed(1, ['x']), placed(2, ['y']), placed(3, ['w', 'x', 'y']), placed(4, ['z'])]
  expect(times(foldCallLines(lines))).toEqual([1, 4])
})

test('C6: nobody can say that another called in vain', () => {
  for (const outcome of ['missed', 'declined', 'busy', 'empty'] as const) {
    expect(foldCallLines([placed(1, ['x'], { writer: bob, outcome })])).toEqual([])
    expect(foldCallLines([placed(1, ['x'], { writer: anna, outcome })])).toHaveLength(1)
  }
})

test('C6: whatever the order of arrival, all show the same lines, each call once', () => {
  const lines = fc.array(
    fc
      .tuple(
        fc.nat(20),
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 3 }),
        fc.nat(3),
      )
      .map(([ms, ids, feed]) => placed(ms, ids, { feed })),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(lines, fc.nat(), (all, turn) => {
      const unique = [...new Map(all.map((one) => [`${one.key.ms} ${one.key.feed}`, one])).values()]
      const at = unique.length === 0 ? 0 : turn % unique.length
      const turned = [...unique.slice(at), ...unique.slice(0, at)].reverse()
      const shown = foldCallLines(unique)
      expect(foldCallLines(turned)).toEqual(shown)
      const ids = shown.flatMap(({ summary }) => [summary.id, ...summary.aliases])
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
})
