import { logLimits } from '../shared/limits.ts'
import { buildSegment } from '../client/core/search/build-segment.ts'
import { encodePageTexts } from '../client/core/search/page-texts.ts'
import { createSearchIndex } from '../client/core/search/search-index.ts'
import type { LogId } from '../client/core/ports.ts'
import type { Saying } from '../client/core/search/saying.ts'
import { createResult, median, type BenchFigure, type BenchResult } from './bench-result.ts'
import { askAbout, type Question } from './search/questions.ts'
import { createPostingLookup, scanTexts } from './search/contestants.ts'
import { createSayings } from './search/family-talk.ts'

/**
 * Questions to the index of a room's history, as they are asked while somebody types: words that are said all the time and once, several
 * words, beginnings, misspelt ones, by author, by time, with links. Beside ours a linear scan of the texts, decoded already; the limit is a
 * look into a map that has the one list of messages ready, whatever that would cost. All in Node, on one thread: the worker's own work.
 */
const sizes = [50_000, 1_000_000] as const
const questions = 200
/** The scan takes its time. */
const scannedQuestions = 12
const aims = { p95Ms: 100, bytesPerMessage: 64, messagesPerSecond: 5_000, loadMs: 5_000 }

const room = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const nothingCovered = new Map<number, number>()

const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length * part)] ?? Number.NaN

const timed = (work: () => unknown): number => {
  const startMs = performance.now()
  work()
  return performance.now() - startMs
}

interface Built {
  sayings: Saying[]
  indexes: Uint8Array[]
  indexBytes: number
  textBytes: number
  buildMs: number
}

const build = (count: number): Built => {
  const next = createSayings(count)
  const built: Built = { sayings: [], indexes: [], indexBytes: 0, textBytes: 0, buildMs: 0 }
  while (built.sayings.length < count) {
    const size = Math.min(logLimits.messagesPerPage, count - built.sayings.length)
    const page = Array.from({ length: size }, next)
    built.buildMs += timed(() => {
      const index = buildSegment(page, nothingCovered)
      built.indexes.push(index)
      built.indexBytes += index.length
      built.textBytes += encodePageTexts(page).length
    })
    for (const saying of page) built.sayings.push(saying)
  }
  return built
}

const measure = (count: number): (BenchResult | BenchFigure)[] => {
  const { sayings, indexes, indexBytes, textBytes, buildMs } = build(count)
  const index = createSearchIndex()
  const loadMs = timed(() => {
    for (const [page, bytes] of indexes.entries()) index.put({ log: room, page }, bytes)
  })
  const rooms = new Set([room])
  const asked = askAbout(sayings, questions)
  const ask = ({ query }: Question) => timed(() => index.find(query, rooms))
  for (const question of asked.slice(0, 20)) ask(question) // what the engine has not met it has not made fast
  const ours = asked.map(ask)
  const scanned = asked.slice(0, scannedQuestions)
  const peer = scanned.map((question) => timed(() => scanTexts(sayings, question)))
  const lookUp = createPostingLookup(sayings, asked)
  const limit = asked.map((question) => lookUp(question))
  const name = `search: ${count.toLocaleString('en')} messages`
  const result = (which: string, of: (times: readonly number[]) => number): BenchResult => ({
    ...createResult(
      {
        name: `${name}, ${which}`,
        unit: 'ms',
        ours: of(ours),
        peer: of(peer),
        limit: of(limit),
        better: 'lower',
      },
      { toLimit: 1 },
    ),
    aim: { text: `at most ${aims.p95Ms} ms`, isMet: of(ours) <= aims.p95Ms },
  })
  const figure = (of: Omit<BenchFigure, 'name'>, what: string): BenchFigure => ({
    name: `${name}, ${what}`,
    ...of,
  })
  const bytesPerMessage = indexBytes / count
  const messagesPerSecond = (1_000 * count) / buildMs
  return [
    result('p95 of a question', (times) => percentile(times, 0.95)),
    result('p50 of a question', median),
    figure(
      {
        unit: 'bytes',
        ours: bytesPerMessage,
        better: 'lower',
        aim: { text: `at most ${aims.bytesPerMessage}`, isMet: bytesPerMessage <= aims.bytesPerMessage },
      },
      `index of a message (its text beside it: ${(textBytes / count).toFixed(1)})`,
    ),
    figure(
      {
        unit: 'messages a second',
        ours: messagesPerSecond,
        better: 'higher',
        aim: {
          text: `at least ${aims.messagesPerSecond}`,
          isMet: messagesPerSecond >= aims.messagesPerSecond,
        },
      },
      'index made anew',
    ),
    figure(
      {
        unit: 'ms',
        ours: loadMs,
        better: 'lower',
        aim: { text: `at most ${aims.loadMs}`, isMet: loadMs <= aims.loadMs },
      },
      'kept index taken in',
    ),
  ]
}

export const run = (): Promise<(BenchResult | BenchFigure)[]> => Promise.resolve(sizes.flatMap(measure))
