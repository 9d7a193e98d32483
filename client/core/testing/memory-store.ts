import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Holding, LogId, LogStore, PageWrite, StoredPage, StoreProblem } from '../ports.ts'
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts'

/** A LogStore for tests: what the real one promises, with hands on its failures. */
export interface MemoryStore extends LogStore {
  readonly disk: MemoryDisk
  /** The next write (or saved holder) fails so, and leaves no trace. */
  failNextWrite(problem: StoreProblem): void
  /** Writes wait, unresolved and not on the disk, until the returned function is called. */
  holdWrites(): () => void
  /**
   * The end of this browser: what was not yet resolved is lost, and this store answers nothing but `storeClosed`.
   * Returns the store as the next start finds it.
   */
  crash(): MemoryStore
}

export const createMemoryStore = (disk: MemoryDisk = createMemoryDisk()): MemoryStore => {
  let isClosed = false
  let hasCrashed = false
  let injected: StoreProblem | undefined
  let held = Promise.resolve()
  /** One write after the other, as transactions over the same rows go. */
  let queue = Promise.resolve()
  let queued = 0
  /** What was queued behind a failure fails with it, so that no write is ahead of one that it builds on. */
  let failure: { problem: StoreProblem; upTo: number } | undefined

  const enqueue = (apply: () => void): Promise<Result<void, StoreProblem>> => {
    if (isClosed) return Promise.resolve(fail({ type: 'storeClosed' }))
    const position = ++queued
    const gate = held
    const problem = injected
    injected = undefined
    const outcome = Promise.all([queue, gate]).then((): Result<void, StoreProblem> => {
      if (hasCrashed) return fail({ type: 'storeClosed' })
      if (problem) failure = { problem, upTo: queued }
      if (failure && position <= failure.upTo) return fail(failure.problem)
      apply()
      return ok(undefined)
    })
    queue = outcome.then(() => undefined)
    return outcome
  }

  /** Reads see what was resolved before them, and never wait for held writes. */
  const read = async <T>(look: () => T): Promise<T> => {
    await Promise.resolve()
    if (isClosed) throw new Error('the store is closed')
    return look()
  }

  return {
    disk,
    write: (write: PageWrite) => enqueue(() => disk.write(write)),
    dropPage: (log, page, digests) => enqueue(() => disk.dropPage(log, page, digests)),
    loadPage: (log: LogId, page: number): Promise<StoredPage | undefined> =>
      read(() => disk.loadPage(log, page)),
    summaries: () => read(() => disk.summaries()),
    readTimeline: (log, options) => read(() => disk.readTimeline(log, options)),
    saveHolder: (holding: Holding) => enqueue(() => disk.saveHolder(holding)),
    readHolders: (log) => read(() => disk.readHolders(log)),
    async close() {
      isClosed = true
      await queue
    },
    failNextWrite(problem) {
      injected = problem
    },
    holdWrites() {
      let letGo = (): void => undefined
      const previous = held
      const gate = new Promise<void>((resolve) => (letGo = resolve))
      held = previous.then(() => gate)
      return () => letGo()
    },
    crash() {
      isClosed = true
      hasCrashed = true
      return createMemoryStore(disk)
    },
  }
}
