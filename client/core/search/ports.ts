import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { LogId } from '../ports.ts'
import type { Hits, SearchQuery } from './query.ts'
import type { Covers, PagePlace } from './saying.ts'
import type { PackedPage, SearchIndex } from './search-index.ts'

/**
 * The index on another thread: what `SearchIndex` says, later. It hears everything in the order in which it was told. What does not come back,
 * since that thread has ended, is undefined.
 */
export interface SearchWorker extends Pick<SearchIndex, 'add' | 'gather' | 'hide' | 'drop'> {
  put(place: PagePlace, index: Bytes): Promise<Covers | undefined>
  pack(place: PagePlace, covers: Covers): Promise<PackedPage | undefined>
  find(query: SearchQuery, rooms: ReadonlySet<LogId>): Promise<Hits | undefined>
  close(): void
}

/** The indexes of pages on this disk, each sealed with its page's key (P4). What cannot be read is not there. */
export interface SegmentStore {
  places(): Promise<PagePlace[]>
  readIndex(place: PagePlace): Promise<Bytes | undefined>
  readTexts(place: PagePlace): Promise<Bytes | undefined>
  /**
   * Call it before the page is read: what is kept in the end is sealed with the page's key of now, and so is noise where something in the page
   * was erased meanwhile. Undefined where nothing can be kept; the way to keep it answers whether it was.
   */
  begin(place: PagePlace): Promise<((packed: PackedPage) => Promise<boolean>) | undefined>
  remove(places: readonly PagePlace[]): Promise<void>
}
