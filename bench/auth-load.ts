import { bareOpaqueRate } from './auth-load/opaque-limit.ts'
import { people, startBcrypt, startHearth, type Contestant, type Hearth } from './auth-load/contestants.ts'
import { createResult, median, type BenchResult } from './bench-result.ts'

/**
 * How many people can sign in a second on one core: ours with its two requests, its store and its counting of tries, beside a server
 * that checks a bcrypt hash, and beside OPAQUE with nothing around it. Seconds are the server's processor time, as in signaling.ts.
 *
 * And whether a name nobody has is answered as fast as one somebody has (A4): medians of both, asked in turn.
 */
const rounds = 5
const loginsPerRound = { ours: 200, peer: 8, limit: 300 }
const triesOfEach = 2_000

const rateOf = async (contestant: Contestant, logins: number): Promise<number> => {
  const before = await contestant.cpuMs()
  const eachInTurn = async (who: number): Promise<void> => {
    for (let done = 0; done < logins / people; done++) await contestant.logIn(who)
  }
  await Promise.all(Array.from({ length: people }, (_, who) => eachInTurn(who)))
  return (logins / ((await contestant.cpuMs()) - before)) * 1000
}

const measureRates = async (hearth: Hearth, bcrypt: Contestant): Promise<BenchResult> => {
  const rates = { ours: [] as number[], peer: [] as number[], limit: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const ours = await rateOf(hearth, loginsPerRound.ours)
    const peer = await rateOf(bcrypt, loginsPerRound.peer)
    const limit = bareOpaqueRate(loginsPerRound.limit)
    // The first round only warms up.
    if (round === 0) continue
    rates.ours.push(ours)
    rates.peer.push(peer)
    rates.limit.push(limit)
  }
  const result = createResult(
    {
      name: 'auth-load',
      unit: 'logins/s of one core',
      ours: median(rates.ours),
      peer: median(rates.peer),
      limit: median(rates.limit),
      better: 'higher',
    },
    { toLimit: 0 },
  )
  return { ...result, aim: { text: 'at least 5 times the peer', isMet: result.toPeer >= 5 } }
}

const within = 0.05

const measureNames = async (hearth: Hearth): Promise<BenchResult> => {
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let count = 0; count < triesOfEach; count++) {
    times.known.push(await hearth.timeStart(hearth.knownName))
    times.unknown.push(await hearth.timeStart(`nobody ${count}`))
  }
  const known = median(times.known)
  const result = createResult(
    {
      name: 'auth-load-unknown-name (peer: a known name; limit: the same)',
      unit: 'ms',
      ours: median(times.unknown),
      peer: known,
      limit: known,
      better: 'lower',
    },
    { toLimit: 1 + within },
  )
  const isAlike = Math.abs(result.toPeer - 1) <= within
  return { ...result, aim: { text: 'within 5 % of a known name, either way', isMet: isAlike } }
}

export const run = async (): Promise<BenchResult[]> => {
  const [hearth, bcrypt] = [await startHearth(), await startBcrypt()]
  try {
    return [await measureRates(hearth, bcrypt), await measureNames(hearth)]
  } finally {
    hearth.stop()
    bcrypt.stop()
  }
}
