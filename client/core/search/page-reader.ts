import { searchLimits } from '../../../shared/limits.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { PlacedPosition } from '../log/keeping.ts'
import type { Clock, FeedId } from '../ports.ts'
import type { SearchWorker, SegmentStore } from './ports.ts'
import { readPart, type ReadPart, type ReadPartOptions } from './read-page-part.ts'
import { nameOfPlace, type Covers, type PagePlace } from './saying.ts'

/** Brings single pages into the index: from the disk, else from what they hold. */
export interface PageReader {
  /** `again`: something that was indexed is not what it was, and the page has to be read anew. */
  bringUp(place: PagePlace, lengths: Covers): Promise<'done' | 'again'>
  /** Nothing of it is found or kept any more; `isLost`: nor is anything of it on the disk that is worth looking at. */
  forget(place: PagePlace, isLost: boolean): Promise<void>
  known(): readonly PagePlace[]
  /** It can be found, but perhaps for what has just come. */
  isIndexed(place: PagePlace): boolean
  /** Something in it could not be read yet. */
  isClosed(place: PagePlace): boolean
  /** Counts how often a page was forgotten or made anew: what was found before is to be looked for again. */
  generationOf(place: PagePlace): number
  /** Where the disk was full. */
  unkeptTexts(place: PagePlace): Bytes | undefined
}

export interface PageReaderOptions extends ReadPartOptions {
  worker: SearchWorker
  segments: SegmentStore
  clock: Clock
  isOver(): boolean
}

interface KnownPage {
  place: PagePlace
  wasLookedFor: boolean
  /** How far each feed was handed over. */
  covers: Covers
  /** How far the packed index goes; nothing where there is none. */
  packed: Covers | undefined
  isStale: boolean
  isClosed: boolean
  unkept: Bytes | undefined
}

const nothing: Covers = new Map()

export const createPageReader = (options: PageReaderOptions): PageReader => {
  const { worker, segments, clock, isOver } = options
  const pages = new Map<string, KnownPage>()
  const generations = new Map<string, number>()

  const generationOf = (place: PagePlace) => generations.get(nameOfPlace(place)) ?? 0
  const nextGeneration = (place: PagePlace): number => {
    const next = generationOf(place) + 1
    generations.set(nameOfPlace(place), next)
    return next
  }
  const pageOf = (place: PagePlace, wasLookedFor = false): KnownPage => {
    const page = pages.get(nameOfPlace(place)) ?? {
      place,
      wasLookedFor,
      covers: nothing,
      packed: undefined,
      isStale: false,
      isClosed: false,
      unkept: undefined,
    }
    pages.set(nameOfPlace(place), page)
    return page
  }

  /** Of use as far as it goes; not where less counts by now than it covers. */
  const lookOnDisk = async (page: KnownPage, lengths: Covers): Promise<void> => {
    const { place } = page
    page.wasLookedFor = true
    const generation = generationOf(place)
    const kept = await segments.readIndex(place)
    if (!kept || generationOf(place) !== generation) return
    const covers = await worker.put(place, kept)
    if (!covers || generationOf(place) !== generation) return
    const isGood = [...covers].every(([feed, length]) => length <= (lengths.get(feed) ?? 0))
    if (!isGood) return worker.drop(place)
    page.covers = covers
    page.packed = covers
  }

  /** Part by part, with a breath in between. Undefined where the page is not the same any more. */
  const readBeyond = async (
    { place }: KnownPage,
    covers: Covers,
    lengths: Covers,
    take: (part: ReadPart) => void,
  ): Promise<PlacedPosition[] | undefined> => {
    const positions = positionsBetween(place.page, covers, lengths)
    const generation = generationOf(place)
    const isSame = () => !isOver() && generationOf(place) === generation
    const closed: PlacedPosition[] = []
    let sinceMs = clock.now()
    for (let at = 0; at < positions.length; at += searchLimits.entriesAtOnce) {
      const part = await readPart(options, place.log, positions.slice(at, at + searchLimits.entriesAtOnce))
      if (!isSame()) return undefined
      closed.push(...part.closed)
      take(part)
      if (clock.now() - sinceMs < searchLimits.sliceMs) continue
      await new Promise<void>((resolve) => void clock.setTimer(resolve, 0))
      sinceMs = clock.now()
    }
    return isSame() ? closed : undefined
  }

  const readWhole = async (page: KnownPage, lengths: Covers): Promise<void> => {
    const { place } = page
    // Before anything is read: see `SegmentStore`.
    const keep = await segments.begin(place)
    page.isStale = false
    const early: PlacedPosition[] = []
    worker.gather(place, { sayings: [], edits: [] }, true)
    const closed = await readBeyond(page, nothing, lengths, (part) => {
      worker.gather(place, part, false)
      // What they change has still to come: they are read again then.
      for (const { target, place: at } of part.edits)
        if (target.seq >= (lengths.get(target.feed) ?? 0)) early.push({ page: place.page, ...at })
    })
    if (!closed) return
    const covers = upTo(lengths, [...closed, ...early])
    const before = generationOf(place)
    const packed = await worker.pack(place, covers)
    if (!packed || generationOf(place) !== before) return
    const generation = nextGeneration(place)
    Object.assign(page, { covers, packed: covers, isClosed: closed.length > 0, unkept: packed.texts })
    const isKept = keep ? await keep(packed) : false
    if (generationOf(place) !== generation) await segments.remove([place])
    else if (isKept) page.unkept = undefined
  }

  const readRest = async (page: KnownPage, lengths: Covers): Promise<void> => {
    const { place } = page
    const closed = await readBeyond(page, page.covers, lengths, (part) => {
      worker.add(place, part)
      for (const { target } of part.edits) {
        if (target.seq >= (page.packed?.get(target.feed) ?? 0)) continue
        worker.hide(place, target)
        page.isStale = true
      }
    })
    if (!closed) return
    page.covers = upTo(lengths, closed)
    page.isClosed = closed.length > 0
  }

  return {
    async bringUp(place, lengths) {
      const page = pageOf(place)
      if (!page.wasLookedFor) await lookOnDisk(page, lengths)
      const lacking = positionCount(page.covers, lengths)
      if (page.isStale || !page.packed || lacking > searchLimits.maxFresh) await readWhole(page, lengths)
      else if (lacking > 0) await readRest(page, lengths)
      return page.isStale ? 'again' : 'done'
    },
    forget(place, isLost) {
      nextGeneration(place)
      pages.delete(nameOfPlace(place))
      worker.drop(place)
      if (isLost) pageOf(place, true)
      return segments.remove([place])
    },
    known: () => [...pages.values()].map(({ place }) => place),
    isIndexed: (place) => pages.get(nameOfPlace(place))?.packed !== undefined,
    isClosed: (place) => pages.get(nameOfPlace(place))?.isClosed ?? false,
    generationOf,
    unkeptTexts: (place) => pages.get(nameOfPlace(place))?.unkept,
  }
}

const positionCount = (covers: Covers, lengths: Covers): number =>
  [...lengths].reduce((sum, [feed, length]) => sum + Math.max(0, length - (covers.get(feed) ?? 0)), 0)

const positionsBetween = (page: number, covers: Covers, lengths: Covers): PlacedPosition[] =>
  [...lengths].flatMap(([feed, length]) => {
    const from = covers.get(feed) ?? 0
    return Array.from({ length: Math.max(0, length - from) }, (_, index) => ({
      page,
      feed,
      seq: from + index,
    }))
  })

/** A feed counts as read only up to what could not be, so that it is read again from there. */
const upTo = (lengths: Covers, unread: readonly PlacedPosition[]): Covers => {
  const covers = new Map<FeedId, number>(lengths)
  for (const { feed, seq } of unread) covers.set(feed, Math.min(covers.get(feed) ?? 0, seq))
  return covers
}
