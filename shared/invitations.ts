import * as v from 'valibot'
import { callApi, doneSchema, type Send } from './api-call.ts'
import { accountIdSchema, bytesSchema, invitationCodeSchema, timeSchema } from './identifiers.ts'
import { accountLimits } from './limits.ts'
import { roleSchema } from './roles.ts'

/**
 * Invitations (A1, A8). The server keeps the hash of the code, when it ends, how often it may be used, and a welcome it cannot open.
 *
 * POST /api/invitation {code} — what a link is worth; needs no session. Misses are limited (A6). 200 with one of `invitationSchema`.
 * GET /api/invitations — those of this server that are not over for long. Owner and admins.
 * POST /api/invitations — a new one. Owner and admins; role below one's own (G2).
 * DELETE /api/invitations/:id — revokes it.
 */
export const invitationPath = '/api/invitation'
export const invitationsPath = '/api/invitations'

/** A sealed welcome: the server cannot read it (A8). */
export const welcomeSchema = bytesSchema(1, accountLimits.maxWelcomeBytes)

export const invitationSchema = v.variant('state', [
  v.strictObject({
    state: v.literal('open'),
    role: roleSchema,
    /** Absent for the first of the family, and where the invitation was made on the server, which knows no family. */
    welcome: v.optional(welcomeSchema),
    /** The name of whom this invites again, after they lost both password and phrase. */
    againAs: v.optional(v.string()),
    expiresAt: timeSchema,
  }),
  v.strictObject({ state: v.picklist(['unknown', 'used', 'expired', 'revoked']) }),
])
export type Invitation = v.InferOutput<typeof invitationSchema>

export const lookRequestSchema = v.strictObject({ code: invitationCodeSchema })

export const newInvitationSchema = v.strictObject({
  /** The public half of the invitation's signing key, under which the family knows it; the row's id from now on. */
  id: bytesSchema(32, 32),
  /** SHA-256 of the code's 16 bytes: the server needs no more until somebody comes with it. */
  codeHash: bytesSchema(32, 32),
  role: v.picklist(['admin', 'member']),
  /** From now, at most `accountLimits.maxInvitationMs`. */
  lifetimeMs: v.pipe(timeSchema, v.minValue(1), v.maxValue(accountLimits.maxInvitationMs)),
  uses: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(accountLimits.maxInvitationUses)),
  welcome: welcomeSchema,
  /** Whom it invites again: their account is removed from the server when it is used. */
  again: v.optional(accountIdSchema),
})
export type NewInvitation = v.InferOutput<typeof newInvitationSchema>

export const invitationRowSchema = v.strictObject({
  /** The invitation's public key; of one made on the server, what the server calls it. */
  id: v.string(),
  role: roleSchema,
  state: v.picklist(['open', 'used', 'expired', 'revoked']),
  /** Absent for those made on the server itself. */
  createdBy: v.optional(accountIdSchema),
  createdAt: timeSchema,
  expiresAt: timeSchema,
  uses: v.number(),
  used: v.number(),
  againAs: v.optional(v.string()),
})
export type InvitationRow = v.InferOutput<typeof invitationRowSchema>
export const invitationListSchema = v.strictObject({ invitations: v.array(invitationRowSchema) })
export const invitationCreatedSchema = v.strictObject({ id: v.string(), expiresAt: timeSchema })

export const createInvitationCalls = (send: Send) => ({
  look: (body: v.InferOutput<typeof lookRequestSchema>) =>
    callApi(send, { method: 'POST', path: invitationPath, body }, invitationSchema),
  list: () => callApi(send, { method: 'GET', path: invitationsPath }, invitationListSchema),
  create: (body: NewInvitation) =>
    callApi(send, { method: 'POST', path: invitationsPath, body }, invitationCreatedSchema),
  revoke: (id: string) =>
    callApi(send, { method: 'DELETE', path: `${invitationsPath}/${encodeURIComponent(id)}` }, doneSchema),
})
