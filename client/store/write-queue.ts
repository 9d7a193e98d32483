import type { StoreProblem } from '../core/ports.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { storeLimits } from '../../shared/limits.ts'
import { applyChanges, changedStores, takesAway, type Change } from './apply-changes.ts'
import type { HearthDatabase } from './database.ts'
import type { Preparing } from './prepare-changes.ts'
import type { PageRow } from './rows.ts'
import { toStoreProblem } from './store-problem.ts'
import { transact } from './transact.ts'

interface Waiting {
  change: Change
  settle: (outcome: Result<void, StoreProblem>) => void
}

const isStrict = ({ change }: Waiting): boolean =>
  // What goes must not come back after a power cut, when the key that opened it is gone.
  takesAway(change) || (change.type === 'page' && change.write.durability === 'strict')

const byteCount = ({ change }: Waiting): number => (change.type === 'page' ? change.write.update.length : 0)
const rowCount = ({ change }: Waiting): number =>
  change.type === 'page' ? 1 + change.write.timeline.length : 1

/** Takes the next transaction's share off the queue: at least one, within the limits. */
const takeBatch = (queue: Waiting[]): Waiting[] => {
  let bytes = 0
  let rows = 0
  const end = queue.findIndex((waiting, index) => {
    bytes += byteCount(waiting)
    rows += rowCount(waiting)
    return index > 0 && (rows > storeLimits.rowsPerTransaction || bytes > storeLimits.bytesPerTransaction)
  })
  return queue.splice(0, end === -1 ? queue.length : end)
}

export interface WriteQueueOptions {
  preparing(): Promise<Preparing>
  /** Runs after each transaction, before the next one: waiting for a quiet moment, a busy page would never be merged. */
  afterwards(rows: PageRow[], changes: readonly Change[]): Promise<void>
}

/**
 * Group commit: whatever is asked for while a transaction runs goes into the next one, together. A strict write makes
 * its whole transaction strict, and one that waits for a burst pays for the disk once.
 */
export const createWriteQueue = (database: HearthDatabase, { preparing, afterwards }: WriteQueueOptions) => {
  const queue: Waiting[] = []
  const tasks: (() => Promise<void>)[] = []
  let running: Promise<void> | undefined
  let isClosed = false

  const writeBatch = async (batch: readonly Waiting[]): Promise<Result<PageRow[], StoreProblem>> => {
    try {
      const ready = await preparing()
      const prepared = await ready.prepare(batch.map(({ change }) => change))
      if (!prepared.ok) return prepared
      const durability = batch.some(isStrict) ? 'strict' : 'relaxed'
      const written = await transact(database, changedStores, durability, (tx) =>
        applyChanges(tx, prepared.value),
      )
      if (!written.ok) ready.forget()
      return written
    } catch (error) {
      return fail(toStoreProblem(error))
    }
  }

  const run = async (): Promise<void> => {
    // Writes of the same turn share a transaction.
    await Promise.resolve()
    while (queue.length > 0 || tasks.length > 0) {
      await tasks.shift()?.()
      if (queue.length === 0) continue
      const batch = takeBatch(queue)
      const changes = batch.map(({ change }) => change)
      const outcome = await writeBatch(batch)
      // What waits may build on what failed.
      if (!outcome.ok) batch.push(...queue.splice(0))
      for (const { settle } of batch) settle(outcome.ok ? ok(undefined) : outcome)
      if (outcome.ok) await afterwards(outcome.value, changes)
    }
    running = undefined
  }

  return {
    write: (change: Change): Promise<Result<void, StoreProblem>> => {
      if (isClosed) return Promise.resolve(fail({ type: 'storeClosed' }))
      return new Promise((settle) => {
        queue.push({ change, settle })
        running ??= run()
      })
    },
    /** Runs a task while nothing is being written, in between what is. */
    inBetween: <Answer>(task: () => Promise<Result<Answer, StoreProblem>>) => {
      if (isClosed) return Promise.resolve(fail<StoreProblem>({ type: 'storeClosed' }))
      return new Promise<Result<Answer, StoreProblem>>((settle) => {
        tasks.push(() => task().then(settle, (error: unknown) => settle(fail(toStoreProblem(error)))))
        running ??= run()
      })
    },
    /** Finishes what was asked for; refuses the rest. */
    async close(): Promise<void> {
      isClosed = true
      await running
    },
  }
}
