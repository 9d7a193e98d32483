import { setTimeout as wait } from 'node:timers/promises'
import type { Net } from '../test/lab/net.ts'
import { createResult, median, type BenchResult } from './bench-result.ts'
import type { Way } from './calls/call-end.ts'
import { inTwoHomes, withCallsPage, type Place } from './calls/places.ts'

/**
 * From the end of a blackout until both hear each other again (L6, C5), between two homes of the network lab. Ours: our network with its
 * Links and lines, which must find out by itself. Beside it a simple-peer connection left to itself. The limit: a bare connection that
 * looks for new ways the moment the blackout ends, introduced through no network at all. All three go through the same blackouts.
 */
const blackouts = [
  { ms: 10_000, rounds: 7 },
  // Longer than a browser keeps a connection.
  { ms: 25_000, rounds: 3 },
] as const
/** What has not come back by then counts as this. */
const patienceMs = 20_000
const ways = ['ours', 'peer', 'limit'] as const
const aim = { toLimit: 1.2 }

type Places = Record<Way, Place>

const pagesOf = ({ caller, callee }: Place) => [caller, callee]

const hear = (place: Place): Promise<number> => {
  const heard = Promise.all(pagesOf(place).map((page) => page.evaluate(() => window.calls!.hear())))
  return heard.then((both) => Math.max(...both))
}

const begin = async (place: Place, way: Way, name: string): Promise<void> => {
  const speak = (role: 'caller' | 'callee') =>
    place[role].evaluate(([speaking, options]) => window.calls!.speak(speaking, options), [
      way,
      { ...place.told, role, name },
    ] as const)
  // The plain way begins when the caller hears of the other; the bare one needs both at once.
  const calling = speak('caller')
  if (way !== 'limit') await calling
  await Promise.all([calling, speak('callee')])
  await hear(place)
}

const goThrough = async (places: Places, net: Net['net'], ms: number): Promise<Record<Way, number>> => {
  await net('cut', 'a')
  await wait(ms)
  const heard = ways.map((way) => hear(places[way]))
  for (const one of heard) one.catch(() => undefined) // some are still waited for when their pages go
  const endedAt = Date.now()
  await net('join', 'a')
  await Promise.all(pagesOf(places.limit).map((page) => page.evaluate(() => window.calls!.blackoutEnded())))
  const late = wait(patienceMs, endedAt + patienceMs)
  const [ours = 0, peer = 0, limit = 0] = await Promise.all(heard.map((one) => Promise.race([one, late])))
  return { ours: ours - endedAt, peer: peer - endedAt, limit: limit - endedAt }
}

export const run = async (): Promise<BenchResult[]> => {
  const results: BenchResult[] = []
  let problem: string | undefined
  const measure = async (openPlace: () => Promise<Place>, net: Net['net']): Promise<void> => {
    const places: Places = { ours: await openPlace(), peer: await openPlace(), limit: await openPlace() }
    for (const { ms, rounds } of blackouts) {
      const times: Record<Way, number[]> = { ours: [], peer: [], limit: [] }
      for (let round = 0; round < rounds; round++) {
        for (const way of ways) await begin(places[way], way, `${way} ${ms} ${round}`)
        const took = await goThrough(places, net, ms)
        for (const way of ways) {
          times[way].push(took[way])
          for (const page of pagesOf(places[way])) await page.evaluate(() => window.calls!.hangUp())
        }
        console.error(
          `after ${ms / 1000} s: ours ${took.ours} ms, peer ${took.peer} ms, limit ${took.limit} ms`,
        )
      }
      const [ours, peer, limit] = [median(times.ours), median(times.peer), median(times.limit)]
      const name = `recover: end of a blackout of ${ms / 1000} s to sound both ways`
      results.push(createResult({ name, unit: 'ms', ours, peer, limit, better: 'lower' }, aim))
    }
  }
  await withCallsPage(async (folder) => {
    problem = await inTwoHomes(folder, () => Promise.resolve(), measure)
  })
  if (problem !== undefined) throw new Error(`cannot be measured here: ${problem}`)
  return results
}
