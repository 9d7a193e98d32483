import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import type { InvitationCode } from '../../../shared/identifiers.ts'
import {
  invitationPath,
  invitationsPath,
  lookRequestSchema,
  newInvitationSchema,
  type Invitation,
  type InvitationRow,
  type NewInvitation,
} from '../../../shared/invitations.ts'
import { mayActOn } from '../../../shared/roles.ts'
import type { AuthServices } from '../../auth/auth-services.ts'
import { codeHashOf } from '../../auth/secrets.ts'
import { stateOf, type StoredInvitation } from '../../data/stored.ts'
import { answer, done, refuse, refuseFor, type ApiAnswer } from '../api-answer.ts'
import { anybody, signedIn, signedInAsking, type ApiRoute, type SignedInCall } from '../api-route.ts'

/** Invitations (A1, A8): see shared/invitations.ts. */
export const invitationRoutes = (services: AuthServices): ApiRoute[] => {
  const { store, attempts, journal, limits, now } = services

  const create = async ({ visitor, body }: SignedInCall<NewInvitation>): Promise<ApiAnswer> => {
    if (!mayActOn(visitor.role, body.role)) return refuse('notAllowed')
    const again = body.again === undefined ? undefined : await store.accounts.byId(body.again)
    if (body.again !== undefined && !again) return refuse('notFound')
    if (again && !mayActOn(visitor.role, again.role)) return refuse('notAllowed')
    // Whoever comes by it takes one account's place: there is no second place.
    if (again && body.uses !== 1) return refuse('malformed')
    const invitation = {
      id: body.id,
      codeHash: body.codeHash,
      role: body.role,
      uses: body.uses,
      welcome: body.welcome,
      createdBy: visitor.account,
      createdAt: now(),
      expiresAt: now() + body.lifetimeMs,
      again: again?.account,
      againAs: again?.name,
    }
    if (!(await store.invitations.add(invitation))) return refuse('malformed')
    journal.note('invitationMade', { account: visitor.account, why: body.role })
    return answer({ id: invitation.id, expiresAt: invitation.expiresAt })
  }

  return [
    anybody('POST', invitationPath, lookRequestSchema, async ({ body, exchange }) => {
      const tries = { address: exchange.where.address }
      const waitMs = await attempts.waitMs(tries)
      if (waitMs > 0) return refuseFor(waitMs)
      const invitation = await findInvitation(services, body.code)
      if (!invitation) await attempts.failed(tries)
      return answer(toldOf(invitation, now()))
    }),
    signedInAsking('office', 'GET', invitationsPath, async () => {
      await store.invitations.prune(now() - limits.invitationKeptMs)
      const invitations = await store.invitations.list()
      return answer({ invitations: invitations.map((invitation) => rowOf(invitation, now())) })
    }),
    signedIn(
      'office',
      'POST',
      invitationsPath,
      newInvitationSchema,
      create,
      services.limits.maxWelcomeBodyBytes,
    ),
    signedInAsking('office', 'DELETE', `${invitationsPath}/:id`, async ({ visitor, params }) => {
      const invitation = await store.invitations.byId(params['id'] ?? '')
      if (!invitation) return refuse('notFound')
      const isOwn = invitation.createdBy === visitor.account
      if (!isOwn && !mayActOn(visitor.role, invitation.role)) return refuse('notAllowed')
      await store.invitations.revoke(invitation.id, now())
      journal.note('invitationRevoked', { account: visitor.account, why: invitation.role })
      return done()
    }),
  ]
}

export const findInvitation = async (
  { store }: Pick<AuthServices, 'store'>,
  code: InvitationCode,
): Promise<StoredInvitation | undefined> => {
  const bytes = fromBase64Url(code)
  return bytes && store.invitations.byCode(codeHashOf(bytes))
}

const toldOf = (invitation: StoredInvitation | undefined, now: number): Invitation => {
  if (!invitation) return { state: 'unknown' }
  const state = stateOf(invitation, now)
  if (state !== 'open') return { state }
  const { role, welcome, againAs, expiresAt } = invitation
  return {
    state,
    role,
    expiresAt,
    ...(welcome === undefined ? {} : { welcome }),
    ...(againAs === undefined ? {} : { againAs }),
  }
}

const rowOf = (invitation: StoredInvitation, now: number): InvitationRow => {
  const { id, role, createdBy, createdAt, expiresAt, uses, used, againAs } = invitation
  return {
    id,
    role,
    state: stateOf(invitation, now),
    createdAt,
    expiresAt,
    uses,
    used,
    ...(createdBy === undefined ? {} : { createdBy }),
    ...(againAs === undefined ? {} : { againAs }),
  }
}
