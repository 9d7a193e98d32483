import { createResult, type BenchResult } from '../bench-result.ts'

export type Contestant = 'ours' | 'peer' | 'limit'
export const contestants = ['ours', 'peer', 'limit'] as const

/** Milliseconds, by contestant. */
export type Times = Record<Contestant, number[]>

export const noTimes = (): Times => ({ ours: [], peer: [], limit: [] })

/** The least of the values that `share` of all are not above. NaN of none. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** A row for each share of what was measured, all against the same time. */
export const resultsOf = (
  name: string,
  times: Times,
  { shares, atMostMs }: { shares: readonly number[]; atMostMs: number },
): BenchResult[] =>
  shares.map((share) => {
    const [ours, peer, limit] = contestants.map((who) => percentile(times[who], share)) as [
      number,
      number,
      number,
    ]
    const measures = { unit: 'ms', ours, peer, limit, better: 'lower' } as const
    const result = createResult({ name: `${name}, p${share * 100}`, ...measures }, { toLimit: Infinity })
    return { ...result, aim: { text: `at most ${atMostMs} ms`, isMet: ours <= atMostMs } }
  })
