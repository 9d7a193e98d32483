import type { StorageFacts, StoreSpace } from '../core/device-storage.ts'
import type { LogId, StoreProblem } from '../core/ports.ts'
import { createValue } from '../core/value.ts'
import type { Result } from '../../shared/result.ts'
import type { HearthDatabase } from './database.ts'
import { keepStorage } from './persistence.ts'
import { createUnsentMessages, readTextStorage } from './unsent-messages.ts'

export type CompactPage = (log: LogId, page: number) => Promise<Result<boolean, StoreProblem>>

/** How much room a store has and takes. Whatever measures it is loaded when somebody wants to know. */
export const createSpace = (database: HearthDatabase, compact: CompactPage) => {
  const isFull = createValue(false)
  const space: StoreSpace = {
    isFull,
    unsent: createUnsentMessages(readTextStorage()),
    estimate: estimateStorage,
    askToKeep: () => keepStorage(navigator.storage),
    look(tell) {
      const stopping = new AbortController()
      const { signal } = stopping
      const measure = async () =>
        (await import('./measure-storage.ts')).measureStorage(database, tell, signal)
      return { done: measure(), stop: () => stopping.abort() }
    },
    tidy: async () => (await import('./tidy-pages.ts')).tidyPages(database, compact),
  }
  /** Notes whether a write found room. */
  const watch = async (written: Promise<Result<void, StoreProblem>>): Promise<Result<void, StoreProblem>> => {
    const outcome = await written
    if (outcome.ok) isFull.set(false)
    else if (outcome.problem.type === 'quotaExceeded') isFull.set(true)
    return outcome
  }
  return { space, watch }
}

const estimateStorage = async (): Promise<StorageFacts['estimate']> => {
  try {
    const { usage, quota } = await navigator.storage.estimate()
    return usage === undefined || !quota ? 'unknown' : { usedBytes: usage, quotaBytes: quota }
  } catch {
    return 'unknown' // some windows have no storage that could last
  }
}
