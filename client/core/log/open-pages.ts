import { logLimits } from '../../../shared/limits.ts'
import type { LogId, LogStore } from '../ports.ts'
import { createPage, type Page } from './page.ts'

/** The pages in memory: the ones used last, up to a limit, since a room may have hundreds. */
export interface OpenPages {
  open(log: LogId, number: number): Promise<Page>
  /** It is off the disk. */
  forget(log: LogId, number: number): void
}

/** @param mend looks at a page of which the disk has lost a part, before anybody else sees it. */
export const createOpenPages = (
  store: LogStore,
  mend: (log: LogId, number: number, page: Page) => Promise<void>,
): OpenPages => {
  const open = new Map<string, Promise<Page>>()
  const load = async (name: string, log: LogId, number: number): Promise<Page> => {
    try {
      const page = createPage(await store.loadPage(log, number))
      if (page.isDamaged) await mend(log, number, page)
      return page
    } catch (error) {
      open.delete(name) // the next one to ask tries again
      throw error
    }
  }
  return {
    open(log, number) {
      const name = `${log} ${number}`
      const page = open.get(name) ?? load(name, log, number)
      // Taken out and put back, so that the first in the map is always the one not used for longest.
      open.delete(name)
      open.set(name, page)
      for (const oldest of open.keys()) {
        if (open.size <= logLimits.maxOpenPages) break
        open.delete(oldest)
      }
      return page
    },
    forget: (log, number) => void open.delete(`${log} ${number}`),
  }
}
