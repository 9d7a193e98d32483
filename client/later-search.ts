import type { RunningHearth } from './core/create-hearth.ts'
import type { Found, Search } from './core/search/search.ts'
import type { SearchPlace } from './start-search.ts'
import type { HearthDatabase } from './store/database.ts'
import { loadPart } from './ui/load-part.ts'

/**
 * Searches from the first question on: until then nothing is read. Its code comes before, once the screen is there, since the server may be
 * away by the time somebody asks. A search that ended begins anew; where its worker has never answered, on the page itself: Firefox at times does not
 * give a page without a network the script of a worker that lies on the device.
 */
export const createLaterSearch = (
  hearth: Pick<RunningHearth, 'logs' | 'family' | 'rooms' | 'me' | 'whenShown'>,
  database: HearthDatabase,
  load = () =>
    loadPart(
      () => import('./start-search.ts'),
      () => undefined,
    ),
): Search => {
  let code: ReturnType<typeof load> | undefined
  let started: Promise<Search> | undefined
  let place: SearchPlace = 'worker'
  let hasAnswered = false
  const loadOnce = () => (code ??= load())
  const start = () => (started ??= loadOnce().then(({ startSearch }) => startSearch(hearth, database, place)))
  void hearth.whenShown().then(loadOnce)

  const ask: Search['find'] = async (query, signal): Promise<Found> => {
    const running = start()
    const search = await running
    const found = await search.find(query, signal)
    if (found.type === 'found') hasAnswered = true
    else if (started === running) {
      if (!hasAnswered) place = 'page'
      started = undefined
      search.close()
    }
    return found
  }
  return {
    async find(query, signal) {
      const found = await ask(query, signal)
      return found.type === 'unavailable' && !signal.aborted ? ask(query, signal) : found
    },
    close() {
      void started?.then((search) => search.close())
    },
  }
}
