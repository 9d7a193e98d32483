import * as v from 'valibot'
import { admissionBoxSchema } from './account.ts'
import { callApi, doneSchema, type Send } from './api-call.ts'
import { accountIdSchema, bytesSchema, timeSchema } from './identifiers.ts'
import { roleSchema } from './roles.ts'
import { certificateBytesSchema } from './session.ts'

/**
 * Everybody's accounts, for owner and admins (G2: one acts only on, and grants only, roles below one's own).
 *
 * GET /api/accounts
 * PATCH /api/accounts/:account {role?, isDisabled?} — disabling ends sessions and closes sockets at once, and is undone the same way.
 * DELETE /api/accounts/:account — removes it: sessions, sockets, devices, record and boxes (A7).
 * PUT /api/accounts/:account/admission {box} — the welcome for somebody who registered without a family.
 */
export const accountsPath = '/api/accounts'

export const accountRowSchema = v.strictObject({
  account: accountIdSchema,
  name: v.string(),
  role: roleSchema,
  createdAt: timeSchema,
  lastSeenAt: v.optional(timeSchema),
  isDisabled: v.boolean(),
  isConnected: v.boolean(),
  deviceCount: v.number(),
  /** Registered by an invitation from the server itself, and not let into the family yet. */
  isWaiting: v.boolean(),
  identityKey: bytesSchema(32, 32),
  /** Of those who wait: the certificates of their devices, to which an admission is sealed. */
  certificates: v.optional(v.array(certificateBytesSchema)),
})
export type AccountRow = v.InferOutput<typeof accountRowSchema>
export const accountListSchema = v.strictObject({ accounts: v.array(accountRowSchema) })

export const accountChangeSchema = v.strictObject({
  role: v.optional(v.picklist(['admin', 'member'])),
  isDisabled: v.optional(v.boolean()),
})
export type AccountChange = v.InferOutput<typeof accountChangeSchema>
export const giveAdmissionSchema = v.strictObject({ box: admissionBoxSchema })

export const createAccountsCalls = (send: Send) => {
  const pathOf = (account: string) => `${accountsPath}/${encodeURIComponent(account)}`
  return {
    list: () => callApi(send, { method: 'GET', path: accountsPath }, accountListSchema),
    change: (account: string, body: AccountChange) =>
      callApi(send, { method: 'PATCH', path: pathOf(account), body }, doneSchema),
    remove: (account: string) => callApi(send, { method: 'DELETE', path: pathOf(account) }, doneSchema),
    admit: (account: string, body: v.InferOutput<typeof giveAdmissionSchema>) =>
      callApi(send, { method: 'PUT', path: `${pathOf(account)}/admission`, body }, doneSchema),
  }
}
