/** What became of lines, by their names. In the order of the alphabet names are in the order in which the lines were said. */
export interface Verdict {
  /** They had to be there, and were not. */
  lost: readonly string[]
  twice: readonly string[]
  /** They stood below one that was said later. */
  misplaced: readonly string[]
}

export interface LineJudge {
  /** `shown` is all that a log shows, from `awaited`'s first on, from top to bottom. */
  look(shown: readonly string[], awaited: Iterable<string>): void
  verdict(): Verdict
}

export const createLineJudge = (): LineJudge => {
  const lost = new Set<string>()
  const twice = new Set<string>()
  const misplaced = new Set<string>()
  return {
    look(shown, awaited) {
      const there = new Set(shown)
      for (const line of awaited) if (!there.has(line)) lost.add(line)
      for (const [at, line] of shown.entries()) {
        if (shown.indexOf(line) !== at) twice.add(line)
        else if (line < (shown[at - 1] ?? '')) misplaced.add(line)
      }
    },
    verdict: () => ({ lost: [...lost], twice: [...twice], misplaced: [...misplaced] }),
  }
}
