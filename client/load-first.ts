import { loadPart } from './ui/load-part.ts'

const wasReloaded = () =>
  performance.getEntriesByType('navigation').some((entry) => 'type' in entry && entry.type === 'reload')

/**
 * What nothing begins without. It lies beside this file; where it does not come, the page is of another release than the server, and is asked
 * for once more.
 * `onMissed`: it did not come at once.
 */
export const loadFirst = <Part>(load: () => Promise<Part>, onMissed?: () => void): Promise<Part> =>
  load().catch(() => {
    onMissed?.()
    return loadPart(load, () => !wasReloaded() && location.reload())
  })
