/** What a bench answers: our figure beside a peer's and the physical limit's, measured in turn in one run. */
export interface BenchResult {
  name: string
  unit: string
  ours: number
  peer: number
  limit: number
  /** ours ÷ peer. */
  toPeer: number
  /** ours ÷ limit. */
  toLimit: number
  better: 'higher' | 'lower'
  aim: BenchAim
  /** Why the peer has no figure. */
  peerFailed?: string
}

/** A figure with an aim and nobody beside it: a budget. */
export type BenchFigure = Pick<BenchResult, 'name' | 'unit' | 'ours' | 'better' | 'aim'>

/** What we mean to reach, in words and as a check. */
export interface BenchAim {
  text: string
  isMet: boolean
}

export type BenchMeasures = Pick<BenchResult, 'name' | 'unit' | 'ours' | 'peer' | 'limit' | 'better'>

/** Puts the ratios in; `toLimit` is the ratio to the limit that is aimed at: at least so for 'higher', at most for 'lower'. */
export const createResult = (measures: BenchMeasures, aim: { toLimit: number }): BenchResult => {
  const toLimit = measures.ours / measures.limit
  const isHigher = measures.better === 'higher'
  return {
    ...measures,
    toPeer: measures.ours / measures.peer,
    toLimit,
    aim: {
      text: `${isHigher ? 'at least' : 'at most'} ${aim.toLimit} of the limit`,
      isMet: isHigher ? toLimit >= aim.toLimit : toLimit <= aim.toLimit,
    },
  }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
