import { searchLimits } from '../../../shared/limits.ts'
import type { Logs } from '../log/logs.ts'
import type { Clock, LogId, Timer } from '../ports.ts'
import type { SegmentStore } from './ports.ts'
import type { PageReader } from './page-reader.ts'
import { nameOfPlace, type PagePlace } from './saying.ts'

/** Keeps the index up with what the rooms hold: what is there first, then what comes, changes and goes. */
export interface PageIndexing {
  /** Whether all that is here can be found, but perhaps for what has just come. */
  isWhole(): boolean
  /** Resolves when what has just come can be found too; at once where much is still to be read. */
  catchUp(): Promise<void>
  close(): void
}

export interface PageIndexingOptions {
  logs: Pick<Logs, 'lengths' | 'onArrival' | 'onErased' | 'onShortened'>
  /** Whose messages this person may find now. */
  rooms(): ReadonlySet<LogId>
  onRooms(listener: () => void): () => void
  reader: PageReader
  segments: SegmentStore
  clock: Clock
}

export const indexPages = (options: PageIndexingOptions): PageIndexing => {
  const { logs, rooms, reader, segments, clock } = options
  const waiting = new Map<string, PagePlace>()
  let running: Promise<void> | undefined
  let timer: Timer | undefined
  let isClosed = false

  const lengthsOf = ({ log, page }: PagePlace) =>
    rooms().has(log) ? logs.lengths().get(log)?.get(page) : undefined

  const bringUp = async (place: PagePlace): Promise<void> => {
    const lengths = lengthsOf(place)
    // They change while the page is read.
    const outcome = lengths ? await reader.bringUp(place, new Map(lengths)) : reader.forget(place, false)
    if (outcome === 'again') mark(place)
  }
  const run = async (): Promise<void> => {
    for (;;) {
      const [next] = waiting
      if (!next || isClosed) return
      const [name, place] = next
      // The disk may be let go of at any time: the next start makes up for it.
      await bringUp(place).catch(() => undefined)
      if (waiting.get(name) === place) waiting.delete(name)
    }
  }
  const runNow = () => {
    if (timer !== undefined) clock.clearTimer(timer)
    timer = undefined
    running ??= run().finally(() => {
      running = undefined
    })
  }
  const mark = (place: PagePlace) => {
    // Another one each time, so that whoever is at work on the page sees that there is more.
    waiting.set(nameOfPlace(place), { ...place })
    if (timer !== undefined) clock.clearTimer(timer)
    timer = clock.setTimer(runNow, searchLimits.settleMs)
  }

  const onTaken = (log: LogId, page: number) => {
    void reader.forget({ log, page }, true).catch(() => undefined)
    if (rooms().has(log)) mark({ log, page })
  }

  const lookAtRooms = () => {
    const here = rooms()
    for (const place of reader.known()) {
      if (!here.has(place.log)) void reader.forget(place, false).catch(() => undefined)
      else if (reader.isClosed(place)) mark(place)
    }
    const places = [...here].flatMap((log) =>
      [...(logs.lengths().get(log)?.keys() ?? [])].map((page): PagePlace => ({ log, page })),
    )
    // What was said lately is what people look for.
    for (const place of places.sort((left, right) => right.page - left.page))
      if (!reader.isIndexed(place) && !waiting.has(nameOfPlace(place))) mark(place)
  }

  /** Of rooms that were left while nobody searched, and of pages that are no more. */
  const tidyDisk = async () => {
    const places = await segments.places()
    await segments.remove(places.filter((place) => lengthsOf(place) === undefined))
  }

  const leave = [
    logs.onArrival(({ log, page }) => {
      if (rooms().has(log)) mark({ log, page })
    }),
    logs.onErased(onTaken),
    logs.onShortened(onTaken),
    options.onRooms(lookAtRooms),
  ]
  lookAtRooms()
  runNow()
  void tidyDisk().catch(() => undefined)

  const isWhole = () => [...waiting.values()].every((place) => reader.isIndexed(place))
  return {
    isWhole,
    async catchUp() {
      if (!isWhole()) return
      runNow()
      await running
    },
    close() {
      isClosed = true
      if (timer !== undefined) clock.clearTimer(timer)
      for (const off of leave) off()
    },
  }
}
