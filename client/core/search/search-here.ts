import type { SearchWorker } from './ports.ts'
import { createSearchIndex } from './search-index.ts'

/** The index on this thread, where the browser gives no other. A mistake in it is a rejection, as from elsewhere. */
export const createSearchHere = (): SearchWorker => {
  const index = createSearchIndex()
  const later = async <Value>(answer: () => Value): Promise<Value> => Promise.resolve().then(answer)
  return {
    put: (place, bytes) => later(() => index.put(place, bytes)),
    add: index.add,
    gather: index.gather,
    pack: (place, covers) => later(() => index.pack(place, covers)),
    hide: index.hide,
    drop: index.drop,
    find: (query, rooms) => later(() => index.find(query, rooms)),
    close: () => undefined,
  }
}
