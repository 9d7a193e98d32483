import type { StoreProblem } from '../core/ports.ts'

/** What IndexedDB threw, as the value the rest of Hearth knows. */
export const toStoreProblem = (error: unknown): StoreProblem => {
  if (!(error instanceof Error)) return { type: 'storeFailed', detail: String(error) }
  if (error.name === 'QuotaExceededError') return { type: 'quotaExceeded' }
  // Thrown by transaction() once the connection is closed or closing.
  if (error.name === 'InvalidStateError') return { type: 'storeClosed' }
  return { type: 'storeFailed', detail: `${error.name}: ${error.message}` }
}

/** A read that the disk refused altogether. `problem` is what to tell the person. */
export class StoreReadError extends Error {
  override readonly name = 'StoreReadError'
  readonly problem: StoreProblem
  constructor(problem: StoreProblem, cause: unknown) {
    super(`the store cannot be read: ${problem.type}`, { cause })
    this.problem = problem
  }
}

export const orReadError = async <T>(read: () => Promise<T>): Promise<T> => {
  try {
    return await read()
  } catch (error) {
    throw new StoreReadError(toStoreProblem(error), error)
  }
}
