import type { Selectable } from 'kysely'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { DeviceStore, NewDevice } from '../accounts-store.ts'
import type { Device, SessionKey } from '../stored.ts'
import type { Queries } from './database.ts'
import type { Tables } from './tables.ts'

export const createDeviceStore = (queries: Queries): DeviceStore => ({
  byId: async (device) => {
    const row = await queries
      .selectFrom('devices')
      .selectAll()
      .where('device', '=', device)
      .executeTakeFirst()
    return row && deviceOf(row)
  },
  of: async (account) => {
    const rows = await queries
      .selectFrom('devices')
      .selectAll()
      .where('account', '=', account)
      .orderBy('createdAt')
      .execute()
    return rows.map(deviceOf)
  },
  offer: ({ device, box, expiresAt }) =>
    queries.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('linkingBoxes').where('expiresAt', '<=', device.now).execute()
      if (!(await takeDevice(transaction, device))) return false
      await transaction
        .insertInto('linkingBoxes')
        .values({ device: device.device, box, expiresAt })
        .onConflict((conflict) => conflict.column('device').doUpdateSet({ box, expiresAt }))
        .execute()
      return true
    }),
  boxFor: async (device, now) => {
    const row = await queries
      .selectFrom('linkingBoxes')
      .select('box')
      .where('device', '=', device)
      .where('expiresAt', '>', now)
      .executeTakeFirst()
    return row?.box
  },
  revoke: (account, device, now) =>
    queries.transaction().execute(async (transaction) => {
      const ended = await endSessionsOf(transaction, device, account)
      const removed = await transaction
        .deleteFrom('devices')
        .where('device', '=', device)
        .where('account', '=', account)
        .executeTakeFirst()
      if (removed.numDeletedRows === 0n) return undefined
      await transaction
        .insertInto('revokedDevices')
        .values({ device, account, revokedAt: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return ended
    }),
  seen: async (devices, now) => {
    if (devices.length === 0) return
    await queries.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('devices')
        .set({ lastSeenAt: now })
        .where('device', 'in', devices)
        .execute()
      const owners = transaction.selectFrom('devices').select('account').where('device', 'in', devices)
      await transaction
        .updateTable('accounts')
        .set({ lastSeenAt: now })
        .where('account', 'in', owners)
        .execute()
    })
  },
})

/**
 * Makes a device the account's, signed in; false when it is another's, or was revoked. To be called in a transaction that has written
 * already, so that what it reads still holds when it writes.
 */
export const takeDevice = async (
  queries: Queries,
  { now, maxDevices, ...device }: NewDevice,
): Promise<boolean> => {
  const revoked = await queries
    .selectFrom('revokedDevices')
    .select('device')
    .where('device', '=', device.device)
    .executeTakeFirst()
  if (revoked) return false
  const signedIn = { certificate: device.certificate, name: device.name, lastSeenAt: now, isSignedIn: 1 }
  const taken = await queries
    .insertInto('devices')
    .values({ device: device.device, account: device.account, createdAt: now, ...signedIn })
    .onConflict((conflict) =>
      conflict.column('device').doUpdateSet(signedIn).where('devices.account', '=', device.account),
    )
    .executeTakeFirst()
  if (taken.numInsertedOrUpdatedRows !== 1n) return false
  const others = await queries
    .selectFrom('devices')
    .select('device')
    .where('account', '=', device.account)
    .where('device', '!=', device.device)
    .orderBy('lastSeenAt', 'desc')
    .execute()
  const tooMany = others.slice(maxDevices - 1).map((row) => row.device)
  if (tooMany.length > 0) await queries.deleteFrom('devices').where('device', 'in', tooMany).execute()
  return true
}

export const endSessionsOf = async (
  queries: Queries,
  device: DeviceId,
  account: AccountId,
): Promise<readonly SessionKey[]> => {
  const ended = await queries
    .deleteFrom('sessions')
    .where('device', '=', device)
    .where('device', 'in', (select) =>
      select.selectFrom('devices').select('device').where('account', '=', account),
    )
    .returning('session')
    .execute()
  return ended.map(({ session }) => session)
}

export const endSessionsOfAccount = async (
  queries: Queries,
  account: AccountId,
): Promise<readonly SessionKey[]> => {
  const ended = await queries
    .deleteFrom('sessions')
    .where('device', 'in', (select) =>
      select.selectFrom('devices').select('device').where('account', '=', account),
    )
    .returning('session')
    .execute()
  return ended.map(({ session }) => session)
}

const deviceOf = (row: Selectable<Tables['devices']>): Device => ({
  ...row,
  isSignedIn: row.isSignedIn === 1,
})
