import { sql, type Selectable } from 'kysely'
import type { AccountStore } from '../accounts-store.ts'
import type { Account } from '../stored.ts'
import type { Queries } from './database.ts'
import { endSessionsOfAccount } from './devices.ts'
import { revokeInvitationsOf } from './invitations.ts'
import { registerAccount } from './registration.ts'
import type { Tables } from './tables.ts'
import { takeTicket } from './tickets.ts'

export const createAccountStore = (queries: Queries): AccountStore => ({
  byId: async (account) => {
    const row = await queries
      .selectFrom('accounts')
      .selectAll()
      .where('account', '=', account)
      .executeTakeFirst()
    return row && accountOf(row)
  },
  byName: async (foldedName) => {
    const row = await queries
      .selectFrom('accounts')
      .selectAll()
      .where('foldedName', '=', foldedName)
      .executeTakeFirst()
    return row && accountOf(row)
  },
  list: async () => {
    const rows = await queries
      .selectFrom('accounts')
      .selectAll()
      .select((select) =>
        select
          .selectFrom('devices')
          .select((count) => count.fn.countAll<number>().as('count'))
          .whereRef('devices.account', '=', 'accounts.account')
          .as('deviceCount'),
      )
      .orderBy('createdAt')
      .execute()
    return rows.map((row) => ({ ...accountOf(row), deviceCount: row.deviceCount ?? 0 }))
  },
  counts: async () => {
    const count = (table: string) => sql<number>`(SELECT count(*) FROM ${sql.table(table)})`
    return queries
      .selectNoFrom([
        count('accounts').as('accounts'),
        count('devices').as('devices'),
        count('sessions').as('sessions'),
      ])
      .executeTakeFirstOrThrow()
  },
  hasOwner: async () => {
    const owner = await queries
      .selectFrom('accounts')
      .select('account')
      .where('role', '=', 'owner')
      .executeTakeFirst()
    return owner !== undefined
  },
  register: (wish) =>
    queries.transaction().execute((transaction) => registerAccount(transaction, wish, accountOf)),
  rename: async (account, name, foldedName) => {
    const renamed = await queries
      .updateTable('accounts')
      .set({ name, foldedName })
      .where('account', '=', account)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('accounts as others')
              .select('others.account')
              .where('others.foldedName', '=', foldedName)
              .where('others.account', '!=', account),
          ),
        ),
      )
      .executeTakeFirst()
    return renamed.numUpdatedRows === 1n
  },
  setKeyring: async (account, keyringBox) => {
    await queries.updateTable('accounts').set({ keyringBox }).where('account', '=', account).execute()
  },
  setAdmission: async (account, admissionBox) => {
    await queries.updateTable('accounts').set({ admissionBox }).where('account', '=', account).execute()
  },
  setPassword: ({ ticket: hash, opaqueRecord, seedBox, now }) =>
    queries.transaction().execute(async (transaction) => {
      const ticket = await takeTicket(transaction, hash, ['earned'], now)
      if (ticket?.account === undefined) return undefined
      // Whoever had earned one by the old password may do nothing with it any more.
      await transaction.deleteFrom('tickets').where('account', '=', ticket.account).execute()
      await transaction
        .insertInto('tickets')
        .values({ hash, kind: 'session', account: ticket.account, expiresAt: ticket.expiresAt })
        .execute()
      const changed = await transaction
        .updateTable('accounts')
        .set({ opaqueRecord, seedBox })
        .where('account', '=', ticket.account)
        .returningAll()
        .executeTakeFirstOrThrow()
      return accountOf(changed)
    }),
  setRole: (account, role, now) =>
    queries.transaction().execute(async (transaction) => {
      await transaction.updateTable('accounts').set({ role }).where('account', '=', account).execute()
      if (role === 'member') await revokeInvitationsOf(transaction, account, now)
      // Made by somebody who could act on the role they had then.
      await transaction
        .updateTable('invitations')
        .set({ revokedAt: now })
        .where('again', '=', account)
        .where('revokedAt', 'is', null)
        .execute()
    }),
  setDisabled: (account, isDisabled, now) =>
    queries.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('accounts')
        .set({ isDisabled: isDisabled ? 1 : 0 })
        .where('account', '=', account)
        .execute()
      if (!isDisabled) return []
      await transaction.deleteFrom('tickets').where('account', '=', account).execute()
      await revokeInvitationsOf(transaction, account, now)
      return endSessionsOfAccount(transaction, account)
    }),
  remove: (account, now) =>
    queries.transaction().execute(async (transaction) => {
      const ended = await endSessionsOfAccount(transaction, account)
      await revokeInvitationsOf(transaction, account, now)
      await transaction.deleteFrom('accounts').where('account', '=', account).execute()
      return ended
    }),
})

const accountOf = (row: Selectable<Tables['accounts']>): Account => ({
  account: row.account,
  identityKey: row.identityKey,
  identityKem: row.identityKem,
  name: row.name,
  role: row.role,
  isDisabled: row.isDisabled === 1,
  createdAt: row.createdAt,
  lastSeenAt: row.lastSeenAt ?? undefined,
  opaqueId: row.opaqueId,
  opaqueRecord: row.opaqueRecord,
  seedBox: row.seedBox,
  keyringBox: row.keyringBox ?? undefined,
  admissionBox: row.admissionBox ?? undefined,
})
