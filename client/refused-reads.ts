import type { MutableValue } from './core/value.ts'
import type { AppState } from './features/app-state.ts'
import { StoreReadError } from './store/store-problem.ts'

type Rejected = Pick<PromiseRejectionEvent, 'reason' | 'preventDefault'>

/**
 * Most of what is read from the disk is read by what goes on by itself and has nobody to throw to: where the disk refuses, the person is
 * told, instead of looking at a room that is loaded for ever (ux 42).
 */
export const tellRefusedReads = (app: MutableValue<AppState>) => (event: Rejected) => {
  const reason: unknown = event.reason
  if (!(reason instanceof StoreReadError)) return
  event.preventDefault()
  // Of a disk that was let go nothing more is expected, and the screen says already why.
  if (reason.problem.type === 'storeClosed' || app.get().status !== 'ready') return
  app.set({ status: 'broken', problem: reason.problem })
}
