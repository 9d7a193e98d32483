import type { Selectable } from 'kysely'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { InvitationStore } from '../accounts-store.ts'
import type { StoredInvitation } from '../stored.ts'
import type { Queries } from './database.ts'
import type { Tables } from './tables.ts'

export const createInvitationStore = (queries: Queries): InvitationStore => ({
  add: async (invitation) => {
    const added = await queries
      .insertInto('invitations')
      .values({
        ...invitation,
        createdBy: invitation.createdBy ?? null,
        welcome: invitation.welcome ?? null,
        again: invitation.again ?? null,
        againAs: invitation.againAs ?? null,
        used: 0,
        revokedAt: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n
  },
  byCode: (codeHash) => invitationByCode(queries, codeHash),
  byId: async (id) => {
    const row = await queries.selectFrom('invitations').selectAll().where('id', '=', id).executeTakeFirst()
    return row && invitationOf(row)
  },
  list: async () => {
    const rows = await queries.selectFrom('invitations').selectAll().orderBy('createdAt', 'desc').execute()
    return rows.map(invitationOf)
  },
  revoke: async (id, now) => {
    await queries
      .updateTable('invitations')
      .set({ revokedAt: now })
      .where('id', '=', id)
      .where('revokedAt', 'is', null)
      .execute()
  },
  revokeForOwner: async (now) => {
    await queries
      .updateTable('invitations')
      .set({ revokedAt: now })
      .where('role', '=', 'owner')
      .where('used', '=', 0)
      .where('revokedAt', 'is', null)
      .execute()
  },
  prune: async (endedBefore) => {
    await queries
      .deleteFrom('invitations')
      .where((is) => is.or([is('expiresAt', '<', endedBefore), is('revokedAt', '<', endedBefore)]))
      .execute()
  },
})

export const invitationByCode = async (
  queries: Queries,
  codeHash: string,
): Promise<StoredInvitation | undefined> => {
  const row = await queries
    .selectFrom('invitations')
    .selectAll()
    .where('codeHash', '=', codeHash)
    .executeTakeFirst()
  return row && invitationOf(row)
}

/** Whoever may not invite any more leaves no open door (G2). */
export const revokeInvitationsOf = async (
  queries: Queries,
  account: AccountId,
  now: number,
): Promise<void> => {
  await queries
    .updateTable('invitations')
    .set({ revokedAt: now })
    .where('createdBy', '=', account)
    .where('revokedAt', 'is', null)
    .whereRef('used', '<', 'uses')
    .execute()
}

const invitationOf = (row: Selectable<Tables['invitations']>): StoredInvitation => ({
  ...row,
  createdBy: row.createdBy ?? undefined,
  revokedAt: row.revokedAt ?? undefined,
  welcome: row.welcome ?? undefined,
  again: row.again ?? undefined,
  againAs: row.againAs ?? undefined,
})
