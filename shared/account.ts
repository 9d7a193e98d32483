import * as v from 'valibot'
import { callApi, doneSchema, type Send } from './api-call.ts'
import { bytesSchema, deviceIdSchema, timeSchema } from './identifiers.ts'
import { accountLimits } from './limits.ts'
import { loginNameSchema } from './registration.ts'
import { keyringBoxSchema } from './vault-boxes.ts'

/**
 * One's own account, with a session.
 *
 * PATCH /api/account {name} — the name to sign in with from now on. 409 nameTaken.
 * PUT /api/account/keyring {keyring} — a newer keyring, sealed by a device that keeps its key.
 * GET /api/account/admission — what an owner or admin has left for somebody who registered without a family: a welcome sealed to the
 *   account's devices with HPKE (I8's way), or nothing yet.
 * GET /api/devices — the devices of this account.
 * DELETE /api/devices/:device {revocation} — signed by the identity key (I3). Its sessions end and its sockets close at once (A7).
 */
export const accountPath = '/api/account'
export const keyringPath = '/api/account/keyring'
export const admissionPath = '/api/account/admission'
export const devicesPath = '/api/devices'

export const renameSchema = v.strictObject({ name: loginNameSchema })
export const renamedSchema = v.strictObject({ name: v.string() })
export const keyringUpdateSchema = v.strictObject({ keyring: keyringBoxSchema })
export const admissionBoxSchema = bytesSchema(1, accountLimits.maxAdmissionBytes)
export const admissionSchema = v.strictObject({ box: v.optional(admissionBoxSchema) })

export const deviceRowSchema = v.strictObject({
  device: deviceIdSchema,
  /** The server has it from the certificate. */
  name: v.string(),
  createdAt: timeSchema,
  lastSeenAt: timeSchema,
  /** Has a socket open to this server now. */
  isConnected: v.boolean(),
  /** Has a session, or may come back by its key. */
  isSignedIn: v.boolean(),
})
export type DeviceRow = v.InferOutput<typeof deviceRowSchema>
export const deviceListSchema = v.strictObject({ devices: v.array(deviceRowSchema) })

export const revokeDeviceSchema = v.strictObject({
  revocation: bytesSchema(1, accountLimits.maxRevocationBytes),
})

export const createAccountCalls = (send: Send) => ({
  rename: (body: v.InferOutput<typeof renameSchema>) =>
    callApi(send, { method: 'PATCH', path: accountPath, body }, renamedSchema),
  saveKeyring: (body: v.InferOutput<typeof keyringUpdateSchema>) =>
    callApi(send, { method: 'PUT', path: keyringPath, body }, doneSchema),
  admission: () => callApi(send, { method: 'GET', path: admissionPath }, admissionSchema),
  devices: () => callApi(send, { method: 'GET', path: devicesPath }, deviceListSchema),
  revokeDevice: (device: string, body: v.InferOutput<typeof revokeDeviceSchema>) =>
    callApi(
      send,
      { method: 'DELETE', path: `${devicesPath}/${encodeURIComponent(device)}`, body },
      doneSchema,
    ),
})
