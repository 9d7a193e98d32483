import type { AccountId } from '../../../shared/identifiers.ts'
import type { TimelineKey } from '../ports.ts'
import type { CallSummary } from './call-summary.ts'
import { compareKeys } from './timeline-order.ts'

/** A summary as it stands in the room. */
export interface PlacedSummary {
  key: TimelineKey
  /** Whose device wrote it; undefined where that is not known. */
  writer: AccountId | undefined
  summary: CallSummary
}

/**
 * One line for each call (C6). Several devices may have written of one, as where its last two lost each other: the lowest key counts, that
 * is the earliest, then the lower feed. Calls that became one are known by the ids they share. That somebody called in vain is only theirs
 * to say, so nobody can put a missed call into another's mouth. The lines come in the order of their keys.
 */
export const foldCallLines = <Placed extends PlacedSummary>(placed: readonly Placed[]): Placed[] => {
  const believed = placed.filter(
    ({ writer, summary }) => summary.outcome === 'answered' || writer === summary.by,
  )
  const sorted = believed.toSorted((left, right) => compareKeys(left.key, right.key))
  const groups = groupByIds(sorted.map(({ summary }) => [summary.id, ...summary.aliases]))
  const seen = new Set<number>()
  return sorted.filter((_line, index) => {
    const group = groups[index] ?? index
    if (seen.has(group)) return false
    seen.add(group)
    return true
  })
}

/** For each list of ids the place of the first that it is one with, by ids they share. */
const groupByIds = (lists: readonly (readonly string[])[]): number[] => {
  const parents = lists.map((_ids, index) => index)
  const rootOf = (index: number): number => {
    const parent = parents[index] ?? index
    return parent === index ? index : rootOf(parent)
  }
  const firstWith = new Map<string, number>()
  for (const [index, ids] of lists.entries())
    for (const id of ids) {
      const [one, other] = [rootOf(firstWith.get(id) ?? index), rootOf(index)]
      parents[Math.max(one, other)] = Math.min(one, other)
      firstWith.set(id, Math.min(one, other))
    }
  return parents.map((_parent, index) => rootOf(index))
}
