import type { Clock } from '../core/ports.ts'
import { createValue, type Value } from '../core/value.ts'
import { storeLimits } from '../../shared/limits.ts'

/** Whether this tab is the one that writes (P7). */
export type WriterState =
  | { status: 'acquiring' }
  | { status: 'writing' }
  /** Another tab writes. This one may ask for it. */
  | { status: 'elsewhere' }
  /** Another tab has taken over from this one; what it had open is released. */
  | { status: 'taken' }

export interface WriterLockOptions {
  locks: LockManager
  /** Between the tabs of this browser, for nothing else. */
  channel: BroadcastChannel
  clock: Clock
  /**
   * Closes what is open: when `asked`, after the writes under way. When the lock was taken by `force`, another tab writes
   * already, and whatever is still waiting here must not reach the disk: it would use a seq twice (P6).
   */
  release: (how: 'asked' | 'force') => Promise<void>
  name?: string
}

export interface WriterLock {
  readonly state: Value<WriterState>
  /** Takes the lock if nobody holds it: at the start, and when the person comes back to this tab. */
  takeIfFree(): Promise<void>
  /** Asks the writing tab to let go, and takes the lock by force if it does not in time. The person's own click. */
  takeOver(): Promise<void>
  close(): void
}

const releaseRequest = 'release'

export const createWriterLock = (options: WriterLockOptions): WriterLock => {
  const { locks, channel, clock, release, name = 'hearth/writer' } = options
  const state = createValue<WriterState>({ status: 'acquiring' })
  let letGo: (() => void) | undefined
  let isAsking = false
  let isClosed = false

  /** Asks for the lock and, once it is given, holds it until let go. Resolves as soon as that is decided. */
  const request = (lockOptions: LockOptions): Promise<'held' | 'refused'> =>
    new Promise((decide) => {
      const hold = (lock: Lock | null): Promise<void> => {
        if (!lock || isClosed) {
          decide('refused')
          return Promise.resolve()
        }
        state.set({ status: 'writing' })
        decide('held')
        return new Promise((resolve) => (letGo = resolve))
      }
      locks.request(name, lockOptions, hold).catch(async () => {
        decide('refused')
        // Held until now: it was stolen.
        if (letGo) await giveUp('force')
      })
    })

  /** One at a time: a second click, or a return to the tab meanwhile, changes nothing. */
  const acquire = async (ask: () => Promise<'held' | 'refused'>): Promise<void> => {
    if (letGo || isAsking || isClosed) return
    isAsking = true
    state.set({ status: 'acquiring' })
    if ((await ask()) === 'refused') state.set({ status: 'elsewhere' })
    isAsking = false
  }

  const giveUp = async (how: 'asked' | 'force'): Promise<void> => {
    const done = letGo
    letGo = undefined
    if (!done) return
    state.set({ status: 'taken' })
    try {
      await release(how)
    } finally {
      done()
    }
  }
  const onMessage = ({ data }: MessageEvent<unknown>): void => {
    if (data === releaseRequest) void giveUp('asked')
  }
  channel.addEventListener('message', onMessage)

  return {
    state,
    takeIfFree: () => acquire(() => request({ ifAvailable: true })),
    takeOver: () =>
      acquire(async () => {
        const patience = new AbortController()
        const timer = clock.setTimer(() => patience.abort(), storeLimits.takeOverWaitMs)
        channel.postMessage(releaseRequest)
        const outcome = await request({ signal: patience.signal })
        clock.clearTimer(timer)
        return outcome === 'held' ? outcome : request({ steal: true })
      }),
    close() {
      isClosed = true
      channel.removeEventListener('message', onMessage)
      letGo?.()
      letGo = undefined
    },
  }
}
