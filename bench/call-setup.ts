import { createResult, median, type BenchResult } from './bench-result.ts'
import type { Way } from './calls/call-end.ts'
import { inTwoHomes, onOneMachine, withCallsPage, type Place } from './calls/places.ts'

/**
 * From "accept" until the caller's first picture is painted at who accepted, by that page's own clock. Ours: a Link that is open, with its
 * media lines agreed on while it rings (C3). Beside it a new simple-peer connection with tracks, signalled over a WebSocket. The limit: a
 * message over an open bare connection on whose arrival tracks are put in. Both have their camera and microphone on beforehand. Every
 * call has connections of its own; all take turns.
 */
const rounds = 24
const warmUp = 2
const ways = ['ours', 'peer', 'limit'] as const
const delayMs = 40
const aims = { machine: { toPeer: 0.6, toLimit: 1.2 }, homes: { toPeer: 0.4, toLimit: 1.2 } }

type Times = Record<Way, number[]>

const call = async ({ caller, callee, told }: Place, way: Way, name: string): Promise<number> => {
  const ring = (role: 'caller' | 'callee') =>
    (role === 'caller' ? caller : callee).evaluate(
      ([ringing, options]) => window.calls!.ring(ringing, options),
      [way, { ...told, role, name }] as const,
    )
  await Promise.all([ring('caller'), ring('callee')])
  const took = await callee.evaluate(() => window.calls!.accept())
  await Promise.all([caller, callee].map((page) => page.evaluate(() => window.calls!.hangUp())))
  return took
}

const takeTurns = async (place: Place, times: Times): Promise<void> => {
  for (let round = 0; round < warmUp + rounds; round++)
    for (const way of ways) {
      const took = await call(place, way, `${way} ${round}`)
      if (round >= warmUp) times[way].push(took)
    }
}

const resultOf = (name: string, times: Times, aim: { toPeer: number; toLimit: number }): BenchResult => {
  const [ours, peer, limit] = [median(times.ours), median(times.peer), median(times.limit)]
  const result = createResult({ name, unit: 'ms', ours, peer, limit, better: 'lower' }, aim)
  const isMet = result.aim.isMet && result.toPeer <= aim.toPeer
  return { ...result, aim: { text: `at most ${aim.toPeer} of the peer, and ${result.aim.text}`, isMet } }
}

const noTimes = (): Times => ({ ours: [], peer: [], limit: [] })

export const run = async (): Promise<BenchResult[]> => {
  const results: BenchResult[] = []
  await withCallsPage(async (folder) => {
    const machine = noTimes()
    await onOneMachine(folder, (place) => takeTurns(place, machine))
    results.push(resultOf('call-setup: accept to first picture, on one machine', machine, aims.machine))

    const homes = noTimes()
    const problem = await inTwoHomes(
      folder,
      (net) => net('delay', 'a', String(delayMs)),
      async (openPlace) => takeTurns(await openPlace(), homes),
    )
    const name = `call-setup: accept to first picture, between two homes ${delayMs} ms apart`
    if (problem === undefined) results.push(resultOf(name, homes, aims.homes))
    else console.error(`Skipped, ${name.slice('call-setup: '.length)}: ${problem}`)
  })
  return results
}
