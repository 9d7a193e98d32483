import { accountLimits, httpLimits, socketLimits, tryLimits } from '../shared/limits.ts'

type Widened<Limits> = { [Name in keyof Limits]: number }

/** shared/limits.ts, as numbers that a test or a bench may turn. */
export type ServerLimits = Widened<typeof socketLimits> &
  Widened<typeof httpLimits> &
  Widened<typeof accountLimits> &
  Widened<typeof tryLimits>

export const defaultLimits: ServerLimits = { ...socketLimits, ...httpLimits, ...accountLimits, ...tryLimits }
