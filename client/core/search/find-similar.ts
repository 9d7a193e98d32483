import { searchLimits } from '../../../shared/limits.ts'
import type { TermList } from './term-list.ts'

/** Nobody means another word by two letters; and in a long one there is room for two mistakes. */
export const mistakesIn = (word: string): number => {
  // Two numbers that differ are never the same by mistake.
  if (/\p{N}/u.test(word)) return 0
  const { oneTypoFrom, twoTyposFrom } = searchLimits
  return word.length >= twoTyposFrom ? 2 : word.length >= oneTypoFrom ? 1 : 0
}

/**
 * The terms that are `word` but for at most `most` mistakes: a letter left out, added or exchanged, or two neighbours swapped. Row by row down
 * the list: words that begin alike share the rows of what they have in common, and what has gone too far already takes all that begin so
 * with it. Only the cells near the diagonal can stay within `most`. A wrong first letter counts twice: it is seldom mistaken, and most of the
 * list need not be looked at then.
 */
export const findSimilar = (
  { count, shared, added, letters }: TermList,
  word: string,
  most: number,
): number[] => {
  const { length } = word
  const width = length + 1
  const wanted = Uint16Array.from(word, (_, at) => word.charCodeAt(at))
  const far = most + 1
  const rows = new Uint8Array((searchLimits.maxWordChars + 1) * width).fill(far)
  rows[0] = 0
  for (let column = 1; column <= Math.min(length, most - 1); column++) rows[column] = column + 1
  const here = new Uint16Array(searchLimits.maxWordChars)
  const found: number[] = []
  /** Up to here the rows hold for the term before; where one has gone too far, it is the last. */
  let good = 0
  let isLost = false
  let at = 0

  /** Whether anything in the row of the first `depth` letters is near enough. */
  const fillRow = (depth: number): boolean => {
    const letter = here[depth - 1] ?? 0
    const row = depth * width
    const above = row - width
    let isNear = depth < most
    rows[row] = Math.min(depth + 1, far)
    const first = Math.max(1, depth - most)
    const last = Math.min(length, depth + most)
    if (first > 1) rows[row + first - 1] = far
    for (let column = first; column <= last; column++) {
      const wrong = depth === 1 && column === 1 ? 2 : 1
      const same = wanted[column - 1] === letter ? 0 : wrong
      let distance = (rows[above + column - 1] ?? far) + same
      // The cell beyond the band is of an older row.
      const up = column === depth + most ? far : (rows[above + column] ?? far)
      distance = Math.min(distance, up + 1, (rows[row + column - 1] ?? far) + 1, far)
      const isSwap =
        depth > 1 && column > 1 && wanted[column - 2] === letter && wanted[column - 1] === here[depth - 2]
      if (isSwap) distance = Math.min(distance, (rows[above - width + column - 2] ?? far) + 1)
      rows[row + column] = distance
      // The next letter may make it a swap, which begins two rows above.
      const maySwap = column > 1 && same === 0 && (rows[above + column - 2] ?? far) < most
      isNear ||= distance <= most || maySwap
    }
    return isNear
  }

  for (let term = 0; term < count; term++) {
    const kept = shared[term] ?? 0
    const more = added[term] ?? 0
    const start = at
    at += more
    if (isLost && kept >= good) continue
    // Letters of a term that was passed over were never written, and are not shared by what follows.
    for (let letter = 0; letter < more; letter++) here[kept + letter] = letters[start + letter] ?? 0
    good = Math.min(good, kept)
    isLost = false
    const end = kept + more
    while (good < end && !isLost) {
      good++
      isLost = !fillRow(good)
    }
    const isWithin = !isLost && Math.abs(end - length) <= most
    if (isWithin && (rows[end * width + length] ?? far) <= most) found.push(term)
  }
  return found
}
