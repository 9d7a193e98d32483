import type { SessionStore } from '../accounts-store.ts'
import type { Visitor } from '../stored.ts'
import type { Queries } from './database.ts'
import { endSessionsOf, takeDevice } from './devices.ts'

export const createSessionStore = (queries: Queries): SessionStore => {
  const visitors = () =>
    queries
      .selectFrom('sessions')
      .innerJoin('devices', 'devices.device', 'sessions.device')
      .innerJoin('accounts', 'accounts.account', 'devices.account')
      .select(['session', 'sessions.device', 'accounts.account', 'accounts.name', 'role', 'usedAt'])

  return {
    open: ({ session, device }) =>
      queries.transaction().execute(async (transaction) => {
        const ended = await endSessionsOf(transaction, device.device, device.account)
        if (!(await takeDevice(transaction, device))) return undefined
        await transaction
          .insertInto('sessions')
          .values({ session, device: device.device, usedAt: device.now })
          .execute()
        await transaction
          .updateTable('accounts')
          .set({ lastSeenAt: device.now })
          .where('account', '=', device.account)
          .execute()
        return ended
      }),
    reopen: ({ session, device, now }) =>
      queries.transaction().execute(async (transaction) => {
        const there = await transaction
          .updateTable('devices')
          .set({ lastSeenAt: now })
          .where('device', '=', device)
          .where('isSignedIn', '=', 1)
          .returning('account')
          .executeTakeFirst()
        if (!there) return undefined
        const ended = await endSessionsOf(transaction, device, there.account)
        await transaction.insertInto('sessions').values({ session, device, usedAt: now }).execute()
        await transaction
          .updateTable('accounts')
          .set({ lastSeenAt: now })
          .where('account', '=', there.account)
          .execute()
        return ended
      }),
    find: (session): Promise<Visitor | undefined> =>
      visitors().where('session', '=', session).where('isDisabled', '=', 0).executeTakeFirst(),
    renew: (session, now) =>
      queries.transaction().execute(async (transaction) => {
        const used = await transaction
          .updateTable('sessions')
          .set({ usedAt: now })
          .where('session', '=', session)
          .returning('device')
          .executeTakeFirst()
        if (!used) return
        const device = await transaction
          .updateTable('devices')
          .set({ lastSeenAt: now })
          .where('device', '=', used.device)
          .returning('account')
          .executeTakeFirstOrThrow()
        await transaction
          .updateTable('accounts')
          .set({ lastSeenAt: now })
          .where('account', '=', device.account)
          .execute()
      }),
    end: (session) =>
      queries.transaction().execute(async (transaction) => {
        const ended = await transaction
          .deleteFrom('sessions')
          .where('session', '=', session)
          .returning(['session', 'device'])
          .execute()
        for (const { device } of ended)
          await transaction
            .updateTable('devices')
            .set({ isSignedIn: 0 })
            .where('device', '=', device)
            .execute()
        return ended.map((row) => row.session)
      }),
    among: async (sessions) => {
      // All of them: there are fewer than a statement may have parameters in a crowd.
      const rows = await queries.selectFrom('sessions').select('session').execute()
      const there = new Set(rows.map((row) => row.session))
      return new Set(sessions.filter((session) => there.has(session)))
    },
    list: () => visitors().select('devices.name as deviceName').orderBy('usedAt', 'desc').execute(),
    endings: async () =>
      (await queries.selectFrom('sessionEndings').select('count').executeTakeFirst())?.count ?? 0,
    prune: async (usedBefore) => {
      await queries.deleteFrom('sessions').where('usedAt', '<', usedBefore).execute()
    },
  }
}
