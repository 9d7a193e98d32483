import { createSearch } from './core/search/create-search.ts'
import type { RunningHearth } from './core/create-hearth.ts'
import type { Search } from './core/search/search.ts'
import { createSearchHere } from './core/search/search-here.ts'
import { browserClock } from './net/browser-clock.ts'
import { openSearchWorker } from './net/search/open-search-worker.ts'
import { createSearchClient } from './net/search/search-client.ts'
import type { HearthDatabase } from './store/database.ts'
import { createSegmentStore } from './store/segment-store.ts'

/** Where the index is: where it keeps the screen waiting for nothing, or on the page itself. */
export type SearchPlace = 'worker' | 'page'

/** Begins to read what is not in the index yet. None of this is needed before somebody searches. */
export const startSearch = (
  hearth: Pick<RunningHearth, 'logs' | 'family' | 'rooms' | 'me'>,
  database: HearthDatabase,
  place: SearchPlace,
): Search =>
  createSearch({
    hearth,
    worker:
      place === 'page'
        ? createSearchHere()
        : createSearchClient({ openWorker: openSearchWorker, clock: browserClock }),
    segments: createSegmentStore(database),
    clock: browserClock,
  })
