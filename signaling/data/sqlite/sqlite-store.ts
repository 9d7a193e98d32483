import type { AccountsStore } from '../accounts-store.ts'
import { createAccountStore } from './accounts.ts'
import { queriesOf, type SqliteFile } from './database.ts'
import { createDeviceStore } from './devices.ts'
import { createEventStore } from './events.ts'
import { createInvitationStore } from './invitations.ts'
import { createLimitStore } from './limits.ts'
import { createSessionStore } from './sessions.ts'
import { createSettingsStore } from './settings.ts'
import { createTicketStore } from './tickets.ts'

/**
 * The store over one SQLite file. Each transaction begins with a write, which takes the file's lock at once: one that began by reading
 * could find at its first write that another process had been quicker, and fail.
 */
export const createSqliteStore = (database: SqliteFile): AccountsStore => {
  const queries = queriesOf(database)
  return {
    settings: createSettingsStore(queries),
    accounts: createAccountStore(queries),
    devices: createDeviceStore(queries),
    sessions: createSessionStore(queries),
    tickets: createTicketStore(queries),
    invitations: createInvitationStore(queries),
    events: createEventStore(queries),
    limits: createLimitStore(queries),
    close: async () => {
      // The file itself is whole then. Closing does the same, but libsql closes when it has collected the last statement, if ever.
      if (database.open) database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      await queries.destroy()
      if (database.open) database.close()
    },
  }
}
