import type { Attempts } from '../attempts.ts'
import type { AccountsStore } from '../data/accounts-store.ts'
import type { Journal } from '../journal.ts'
import type { ServerLimits } from '../server-limits.ts'
import type { Sessions } from '../sessions.ts'
import type { OpaqueServer } from './opaque-server.ts'
import type { TicketMeter } from './ticket-meter.ts'

/** What the routes of accounts, sessions and invitations are made over. */
export interface AuthServices {
  store: AccountsStore
  opaque: OpaqueServer
  sessions: Sessions
  attempts: Attempts
  ticketMeter: TicketMeter
  journal: Journal
  limits: ServerLimits
  /** For names nobody has, and for the limits' keys (A4, A6). */
  nameKey: Buffer
  /** Who has a socket open. */
  connected: Connected
  now: () => number
}

export interface Connected {
  devices(): ReadonlySet<string>
  accounts(): ReadonlySet<string>
}
