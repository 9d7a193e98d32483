import { createResult, median, type BenchResult } from './bench-result.ts'
import { startForwarder, startHearth, startPeer, type Contestant, type End } from './signaling/contestants.ts'

/**
 * How many signals the server carries, and what a socket costs it. Beside ours: y-webrtc's own server, and bare `ws` that
 * hands frames on unread. Each runs in a process of its own, measured in turn in several rounds; medians are told.
 *
 * The rate is signals a second of the server's processor time, not of the clock: this way neither the load, which shares the
 * machine, nor whatever else runs on it flatters or hurts anybody.
 */
const pairCount = 16
const inFlight = 8
const signalsPerRound = 20_000
const rounds = 5
const socketCount = 2_000
const memoryRounds = 3

/** Each frame that arrives is answered with one to the other end, until `signalsPerRound` have arrived. */
const exchange = (pairs: readonly [End, End][], frameBytes: number): Promise<void> =>
  new Promise((resolve) => {
    let arrived = 0
    let sent = 0
    const send = (end: End): void => {
      if (sent >= signalsPerRound) return
      sent += 1
      end.socket.write(end.toOther)
    }
    for (const end of pairs.flat()) {
      let bytes = 0
      end.socket.onBytes((count) => {
        const before = Math.floor(bytes / frameBytes)
        bytes += count
        for (let frame = before; frame < Math.floor(bytes / frameBytes); frame++) {
          arrived += 1
          send(end)
        }
        if (arrived >= signalsPerRound) resolve()
      })
    }
    for (let count = 0; count < inFlight; count++) for (const end of pairs.flat()) send(end)
  })

/** How long one frame is as this server sends it: counting bytes needs to know. */
const frameBytesOf = ([first, second]: [End, End]): Promise<number> =>
  new Promise((resolve) => {
    second.socket.onBytes(resolve)
    first.socket.write(first.toOther)
  })

const openPairs = async (contestant: Contestant, count: number): Promise<[End, End][]> => {
  const pairs: [End, End][] = []
  for (let opened = 0; opened < count; opened++) pairs.push(await contestant.openPair())
  return pairs
}

const measureRates = async (contestants: readonly Contestant[]): Promise<number[]> => {
  const tracks = []
  for (const contestant of contestants) {
    const pairs = await openPairs(contestant, pairCount)
    tracks.push({ contestant, pairs, frameBytes: await frameBytesOf(pairs[0]!), rates: [] as number[] })
  }
  for (let round = 0; round <= rounds; round++) {
    for (const { contestant, pairs, frameBytes, rates } of tracks) {
      const before = await contestant.cpuMs()
      await exchange(pairs, frameBytes)
      const cpuMs = (await contestant.cpuMs()) - before
      // The first round only warms up.
      if (round > 0) rates.push((signalsPerRound / cpuMs) * 1000)
    }
  }
  return tracks.map(({ rates }) => median(rates))
}

const measureMemory = async (start: () => Promise<Contestant>): Promise<number> => {
  const contestant = await start()
  // What a first socket costs once, code that is compiled say, is not what a socket costs.
  for (const end of (await openPairs(contestant, 50)).flat()) end.socket.close()
  const before = await contestant.rssBytes()
  await openPairs(contestant, socketCount / 2)
  const after = await contestant.rssBytes()
  contestant.stop()
  return (after - before) / socketCount / 1024
}

const medianMemory = async (starts: readonly (() => Promise<Contestant>)[]): Promise<number[]> => {
  const measured = starts.map((): number[] => [])
  for (let round = 0; round < memoryRounds; round++) {
    for (const [index, start] of starts.entries()) measured[index]!.push(await measureMemory(start))
  }
  return measured.map(median)
}

export const run = async (): Promise<BenchResult[]> => {
  const contestants = [await startHearth(pairCount * 2), await startPeer(), await startForwarder()]
  const [ours = 0, peer = 0, limit = 0] = await measureRates(contestants)
  for (const contestant of contestants) contestant.stop()
  const [oursKiB = 0, peerKiB = 0, limitKiB = 0] = await medianMemory([
    () => startHearth(socketCount + 100),
    startPeer,
    startForwarder,
  ])
  return [
    createResult(
      { name: 'signaling', unit: 'frames/s', ours, peer, limit, better: 'higher' },
      { toLimit: 0.85 },
    ),
    createResult(
      {
        name: 'signaling-memory',
        unit: 'KiB/socket',
        ours: oursKiB,
        peer: peerKiB,
        limit: limitKiB,
        better: 'lower',
      },
      { toLimit: 1.2 },
    ),
  ]
}
