import type { AppState } from './features/app-state.ts'

/** Where there is no chat to be seen. */
export const troubleStates: Record<string, () => AppState> = {
  elsewhere: () => ({ status: 'elsewhere', takeOver: () => undefined }),
  taken: () => ({ status: 'taken' }),
  broken: () => ({
    status: 'broken',
    problem: { type: 'storeFailed', detail: 'UnknownError: Internal error opening backing store' },
  }),
  emptied: () => ({ status: 'broken', problem: { type: 'storageTaken' } }),
  lost: () => ({ status: 'broken', problem: { type: 'sealBroken', field: 'membership' } }),
  tooOld: () => ({ status: 'broken', problem: { type: 'browserTooOld' } }),
}
