import { fail, ok, type Result } from '../../../../shared/result.ts'
import type { LogStore, StoreProblem } from '../../ports.ts'
import type { Dice } from './dice.ts'
import type { Change, DeviceDisk } from './disk.ts'
import type { Events } from './events.ts'

/** One core's LogStore over a device's disk: as the real one, it commits in groups, one transaction after the other (write-queue.ts). */
export interface SimulatedStore extends LogStore {
  /** The end of the core: the transaction under way may still come to the disk, and nobody will hear of it. */
  kill(): void
}

export interface StoreOptions {
  disk: DeviceDisk
  events: Events
  dice: Dice
  faults: { isHasty?: boolean; doublesRows?: boolean }
}

interface Waiting {
  change: Change
  settle: (outcome: Result<void, StoreProblem>) => void
}

const isStrict = ({ change }: Waiting): boolean =>
  change.type === 'page' && change.write.durability === 'strict'

export const createSimulatedStore = ({ disk, events, dice, faults }: StoreOptions): SimulatedStore => {
  let waiting: Waiting[] = []
  let running: Waiting[] | undefined
  let isClosed = false
  let isDead = false
  let onIdle: (() => void)[] = []

  const durationOf = (isSynced: boolean): number =>
    dice.percent(5) ? dice.between(50, 400) : isSynced ? dice.between(3, 25) : dice.between(1, 6)

  const commit = (batch: readonly Waiting[]): void =>
    disk.commit(
      batch.map(({ change }) => change),
      batch.some(isStrict),
    )

  const begin = (): void => {
    const batch = waiting
    waiting = []
    running = batch
    events.after(durationOf(batch.some(isStrict)), () => {
      if (isDead) return
      running = undefined
      if (disk.isFull) {
        // What waits may build on what failed.
        const failed = [...batch, ...waiting]
        waiting = []
        for (const { settle } of failed) settle(fail({ type: 'quotaExceeded' }))
      } else {
        commit(batch)
        for (const { settle } of batch) settle(ok(undefined))
      }
      if (waiting.length > 0) begin()
      else for (const idle of onIdle.splice(0)) idle()
    })
  }

  const enqueue = (change: Change): Promise<Result<void, StoreProblem>> => {
    if (isClosed)
      return isDead ? new Promise(() => undefined) : Promise.resolve(fail({ type: 'storeClosed' }))
    return new Promise((settle) => {
      waiting.push({ change, settle })
      if (faults.isHasty) settle(ok(undefined))
      if (waiting.length > 1 || running) return
      // Writes of the same turn share a transaction.
      queueMicrotask(() => {
        if (!isDead && !running && waiting.length > 0) begin()
      })
    })
  }

  /** Mostly at once; sometimes other things come in between. What a dead core asked is never answered. */
  const read = <Value>(look: () => Value): Promise<Value> =>
    new Promise((resolve, reject) => {
      if (isClosed && !isDead) return reject(new Error('the store is closed'))
      const answer = (): void => {
        if (!isDead) resolve(look())
      }
      if (dice.percent(85)) answer()
      else events.after(dice.between(1, 8), answer)
    })

  return {
    write: (write) => enqueue({ type: 'page', write }),
    saveHolder: (holding) => enqueue({ type: 'holder', holding }),
    dropPage: (log, page, digests) => enqueue({ type: 'drop', log, page, digests }),
    loadPage: (log, page) => read(() => disk.view.loadPage(log, page)),
    summaries: () => read(() => disk.view.summaries()),
    readTimeline: (log, options) =>
      read(() => {
        const rows = disk.view.readTimeline(log, options)
        return faults.doublesRows ? [...rows.slice(0, 1), ...rows] : rows
      }),
    readHolders: (log) => read(() => disk.view.readHolders(log)),
    close() {
      isClosed = true
      if (!running && waiting.length === 0) return Promise.resolve()
      return new Promise((resolve) => void (onIdle = [...onIdle, resolve]))
    },
    kill() {
      if (isDead) return
      const batch = running
      ;[isClosed, isDead, running, waiting] = [true, true, undefined, []]
      if (batch && !disk.isFull && dice.percent(50)) commit(batch)
    },
  }
}
