import { accounts0001 } from './migrations/0001-accounts.ts'

/** Number n of the list makes version n of version n - 1. A released one is never changed: a new one is added. */
export const migrations: readonly (readonly string[])[] = [accounts0001]
