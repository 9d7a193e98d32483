import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { RunningHearth } from '../create-hearth.ts'
import type { Clock, LogId } from '../ports.ts'
import { nameOfKey } from '../room/timeline-order.ts'
import { createHitTexts } from './hit-texts.ts'
import { indexPages } from './index-pages.ts'
import { markWords } from './mark-words.ts'
import { createPageReader } from './page-reader.ts'
import type { SearchWorker, SegmentStore } from './ports.ts'
import type { Hit } from './query.ts'
import type { Found, FoundMessage, Search } from './search.ts'

export interface SearchOptions {
  hearth: Pick<RunningHearth, 'logs' | 'family' | 'rooms' | 'me'>
  worker: SearchWorker
  segments: SegmentStore
  clock: Clock
}

/** Found by what it says, but not given away. */
const spoilers = /\|\|.+?\|\|/gsu

/** A page may be made anew while something is looked for in it; more often than that in a row it is not. */
const attempts = 3

/** Begins to read what is not in the index yet, and goes on with what comes, until it is closed. */
export const createSearch = ({ hearth, worker, segments, clock }: SearchOptions): Search => {
  const { logs, family } = hearth
  let isClosed = false
  const accountOf = (device: DeviceId) => family.state.get().membership.accountOf(device)
  const rooms = (): ReadonlySet<LogId> =>
    new Set(hearth.rooms.get().flatMap(({ id, isJoined }) => (isJoined ? [id] : [])))
  const reader = createPageReader({ logs, accountOf, worker, segments, clock, isOver: () => isClosed })
  const onRooms = (listener: () => void) => hearth.rooms.subscribe(listener)
  const indexing = indexPages({ logs, rooms, onRooms, reader, segments, clock })
  const textsOf = createHitTexts({ segments, reader })

  const authorOf = (account: AccountId): FoundMessage['author'] => {
    const me = hearth.me.get()
    const profile = account === me.id ? me : family.state.get().profiles.get(account)
    return { id: account, name: profile?.name ?? '', picture: profile?.picture }
  }

  const show = (hit: Hit, text: string, words: string): FoundMessage => ({
    room: hit.log,
    key: nameOfKey(hit.key),
    ms: hit.key.ms,
    author: authorOf(hit.author),
    parts: markWords(text.replace(spoilers, '▒▒▒▒'), words, hit.isSimilar),
    isSimilar: hit.isSimilar,
  })

  return {
    async find(query, signal) {
      await indexing.catchUp()
      for (let attempt = 0; attempt < attempts && !signal.aborted; attempt++) {
        const hits = await worker.find(query, rooms())
        if (!hits) return { type: 'unavailable' }
        const found = await textsOf(hits.hits)
        if (!found) continue
        const messages = found.map(({ hit, text }) => show(hit, text, query.words))
        return { type: 'found', messages, count: hits.count, isWhole: indexing.isWhole() } satisfies Found
      }
      return { type: 'found', messages: [], count: 0, isWhole: false }
    },
    close() {
      isClosed = true
      indexing.close()
      worker.close()
    },
  }
}
