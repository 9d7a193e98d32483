import { createSearchIndex } from '../search/search-index.ts'
import type { SearchWorker, SegmentStore } from '../search/ports.ts'
import { nameOfPlace, type PagePlace } from '../search/saying.ts'
import type { PackedPage } from '../search/search-index.ts'

/** The index on this thread: what passes is cloned, and answered later, as a browser does it. */
export const createSameThreadWorker = (): SearchWorker => {
  const index = createSearchIndex()
  const later = async <Value>(answer: () => Value): Promise<Value> => {
    await Promise.resolve()
    return structuredClone(answer())
  }
  return {
    put: (place, bytes) => later(() => index.put(place, structuredClone(bytes))),
    add: (place, part) => index.add(place, structuredClone(part)),
    gather: (place, part, isFirst) => index.gather(place, structuredClone(part), isFirst),
    pack: (place, covers) => {
      const packed = index.pack(place, covers)
      return later(() => packed)
    },
    hide: index.hide,
    drop: index.drop,
    find: (query, rooms) => {
      const hits = index.find(query, rooms)
      return later(() => hits)
    },
    close: () => undefined,
  }
}

export interface MemorySegments extends SegmentStore {
  /** How often an index was read and kept. */
  readonly counts: { read: number; kept: number }
  /** Nothing can be kept from now on. */
  fill(): void
}

/** Kept indexes for tests. */
export const createMemorySegments = (): MemorySegments => {
  const kept = new Map<string, PackedPage & { place: PagePlace }>()
  const counts = { read: 0, kept: 0 }
  let isFull = false
  return {
    counts,
    fill: () => void (isFull = true),
    places: () => Promise.resolve([...kept.values()].map(({ place }) => place)),
    readIndex(place) {
      counts.read++
      return Promise.resolve(kept.get(nameOfPlace(place))?.index)
    },
    readTexts: (place) => Promise.resolve(kept.get(nameOfPlace(place))?.texts),
    begin: (place) =>
      Promise.resolve((packed) => {
        if (!isFull) kept.set(nameOfPlace(place), { ...packed, place })
        counts.kept++
        return Promise.resolve(!isFull)
      }),
    remove(places) {
      for (const place of places) kept.delete(nameOfPlace(place))
      return Promise.resolve()
    },
  }
}
