import { searchLimits } from '../../../shared/limits.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { LogId, PagePosition } from '../ports.ts'
import { buildSegment } from './build-segment.ts'
import { findInSegment, type Filters, type WantedWord } from './find-in-segment.ts'
import { mistakesIn } from './find-similar.ts'
import { createFreshPage, type FreshPage, type SaidEdit } from './fresh-page.ts'
import { encodePageTexts } from './page-texts.ts'
import { asksSomething, noHits, termsOf, type Hit, type Hits, type SearchQuery } from './query.ts'
import { nameOfPlace, type Covers, type PagePlace, type Saying } from './saying.ts'
import { parseSegment, type Segment } from './segment.ts'

/** What a page says, as it is handed over: in parts, and some of it twice. */
export interface PagePart {
  sayings: readonly Saying[]
  edits: readonly SaidEdit[]
}

/** A page's index and its texts, as they are kept on the disk. */
export interface PackedPage {
  index: Bytes
  texts: Bytes
}

/** Everything that can be found, page by page. Lives off the main thread. */
export interface SearchIndex {
  /** Takes the kept index of a page, and says how far it goes; undefined where it is none. */
  put(place: PagePlace, index: Uint8Array): Covers | undefined
  /** What has come since the page's index was made. */
  add(place: PagePlace, part: PagePart): void
  /** A part of the whole page, the first of which begins it anew: it is found once it is packed, and what was known stays until then. */
  gather(place: PagePlace, part: PagePart, isFirst: boolean): void
  /** Makes the index of what was gathered, which takes the place of all that was known of the page. */
  pack(place: PagePlace, covers: Covers): PackedPage
  /** This message is not what it was: it is not found until its page is made anew. */
  hide(place: PagePlace, position: PagePosition): void
  drop(place: PagePlace): void
  find(query: SearchQuery, rooms: ReadonlySet<LogId>): Hits
}

interface IndexedPage extends PagePlace {
  segment: Segment | undefined
  hidden: Set<number>
  fresh: FreshPage
  gathered: FreshPage | undefined
}

interface Part {
  page: IndexedPage
  segment: Segment
  newestMs: number
  isHidden: (message: number) => boolean
}

const nothingHidden = () => false

export const createSearchIndex = (): SearchIndex => {
  const pages = new Map<string, IndexedPage>()

  const pageOf = (place: PagePlace): IndexedPage => {
    const name = nameOfPlace(place)
    const page = pages.get(name) ?? {
      ...place,
      segment: undefined,
      hidden: new Set<number>(),
      fresh: createFreshPage(),
      gathered: undefined,
    }
    pages.set(name, page)
    return page
  }
  const replace = (page: IndexedPage, segment: Segment) => {
    page.segment = segment
    page.hidden = new Set()
  }

  const partsOf = (query: SearchQuery, rooms: ReadonlySet<LogId>): Part[] => {
    const parts: Part[] = []
    for (const page of pages.values()) {
      if (!rooms.has(page.log) || (query.room !== undefined && query.room !== page.log)) continue
      const { segment, hidden } = page
      const fresh = page.fresh.segment()
      const add = (of: Segment | undefined, isHidden: Part['isHidden']) => {
        const newestMs = of?.ms.at(-1)
        if (of && newestMs !== undefined) parts.push({ page, segment: of, newestMs, isHidden })
      }
      add(segment, hidden.size > 0 ? (message) => hidden.has(message) : nothingHidden)
      add(fresh, nothingHidden)
    }
    return parts.sort((left, right) => right.newestMs - left.newestMs)
  }

  /** The newest first; goes on into the past until there are enough and none of the rest can be newer. */
  const collect = (
    parts: readonly Part[],
    words: readonly WantedWord[],
    filters: Filters,
    isNew: (hit: Hit) => boolean,
  ): Hit[] => {
    const hits: Hit[] = []
    for (const { page, segment, newestMs, isHidden } of parts) {
      if (hits.length >= searchLimits.maxHits) {
        hits.sort(newestFirst).splice(searchLimits.maxHits)
        if ((hits.at(-1)?.key.ms ?? 0) >= newestMs) break
      }
      for (const message of findInSegment(segment, words, filters, isHidden).slice(0, searchLimits.maxHits)) {
        const hit = hitOf(page, segment, message)
        if (isNew(hit)) hits.push(hit)
      }
    }
    return hits.sort(newestFirst).slice(0, searchLimits.maxHits)
  }

  const withText = (hit: Hit): Hit => {
    const { page, feed, seq } = hit.key
    const text = pages.get(nameOfPlace({ log: hit.log, page }))?.fresh.textAt({ feed, seq })
    return text === undefined ? hit : { ...hit, text }
  }

  return {
    put(place, bytes) {
      const segment = parseSegment(bytes)
      if (segment) replace(pageOf(place), segment)
      return segment?.covers
    },
    add: (place, part) => pageOf(place).fresh.add(part),
    gather(place, part, isFirst) {
      const page = pageOf(place)
      if (isFirst || !page.gathered) page.gathered = createFreshPage()
      page.gathered.add(part)
    },
    pack(place, covers) {
      const page = pageOf(place)
      const said = page.gathered?.sayings() ?? []
      page.gathered = undefined
      page.fresh.clear()
      const index = buildSegment(said, covers)
      const segment = parseSegment(index)
      if (segment) replace(page, segment)
      return { index, texts: encodePageTexts(said) }
    },
    hide(place, { feed, seq }) {
      const page = pages.get(nameOfPlace(place))
      const { segment } = page ?? {}
      if (!page || !segment) return
      const feedPlace = segment.feeds.indexOf(feed)
      for (let message = 0; message < segment.count; message++)
        if (segment.seqs[message] === seq && segment.feedOf[message] === feedPlace) page.hidden.add(message)
    },
    drop(place) {
      const page = pages.get(nameOfPlace(place))
      if (!page) return
      page.fresh.clear()
      pages.delete(nameOfPlace(place))
    },
    find(query, rooms) {
      if (!asksSomething(query)) return noHits
      const { from, afterMs = -Infinity, beforeMs = Infinity, hasLink = false } = query
      const filters = { from, afterMs, beforeMs, hasLink }
      const terms = termsOf(query.words)
      const parts = partsOf(query, rooms)
      const last = terms.length - 1
      const exact = terms.map((term, index): WantedWord => ({
        term,
        isBeginning: index === last,
        mistakes: 0,
      }))
      const hits = collect(parts, exact, filters, () => true)
      const meant = exact.map((word) => ({ ...word, mistakes: mistakesIn(word.term) }))
      const isEnough = hits.length >= searchLimits.enoughHits || meant.every(({ mistakes }) => mistakes === 0)
      const known = new Set(hits.map(nameOfHit))
      const more = isEnough ? [] : collect(parts, meant, filters, (hit) => !known.has(nameOfHit(hit)))
      const all = [...hits, ...more.map((hit) => ({ ...hit, isSimilar: true }))].slice(
        0,
        searchLimits.maxHits,
      )
      return { hits: all.slice(0, query.limit).map(withText), count: all.length }
    },
  }
}

const nameOfHit = ({ log, key }: Hit): string => `${log} ${key.page} ${key.feed} ${key.seq}`

const newestFirst = ({ key: left }: Hit, { key: right }: Hit): number =>
  right.ms - left.ms || right.counter - left.counter || right.feed - left.feed || right.seq - left.seq

const hitOf = (
  { log, page }: PagePlace,
  { feeds, feedOf, seqs, ms, counters, authors, authorOf }: Segment,
  message: number,
): Hit => ({
  log,
  key: {
    ms: ms[message] ?? 0,
    counter: counters[message] ?? 0,
    feed: feeds[feedOf[message] ?? 0] ?? 0,
    page,
    seq: seqs[message] ?? 0,
  },
  author: authors[authorOf[message] ?? 0] ?? ('' as Hit['author']),
  isSimilar: false,
})
