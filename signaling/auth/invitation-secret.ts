import { hkdfSync, randomBytes } from 'node:crypto'
import {
  invitationLabels,
  invitationLinkPrefix,
  invitationSecretBytes,
} from '../../shared/invitation-link.ts'
import type { AccountId } from '../../shared/identifiers.ts'
import type { Role } from '../../shared/roles.ts'
import type { AccountsStore } from '../data/accounts-store.ts'
import { codeHashOf } from './secrets.ts'

export interface ServerInvitation {
  role: Role
  uses: number
  lifetimeMs: number
  again?: { account: AccountId; name: string } | undefined
}

/** Makes an invitation on the server itself, which has no welcome to give; answers the link's secret, which is kept nowhere. */
export const makeInvitation = async (
  { invitations }: Pick<AccountsStore, 'invitations'>,
  { role, uses, lifetimeMs, again }: ServerInvitation,
  now: number,
): Promise<string> => {
  const secret = randomBytes(invitationSecretBytes)
  await invitations.add({
    id: randomBytes(16).toString('base64url'),
    codeHash: codeHashOf(codeOf(secret)),
    role,
    uses,
    createdBy: undefined,
    createdAt: now,
    expiresAt: now + lifetimeMs,
    welcome: undefined,
    again: again?.account,
    againAs: again?.name,
  })
  return secret.toString('base64url')
}

/** What the server is told of a link's secret (shared/invitation-link.ts). */
export const codeOf = (secret: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', invitationLabels.code, 16))

export const invitationLink = (origin: string, secret: string): string =>
  `${origin}/${invitationLinkPrefix}${secret}`

/** The way in for the first of the family. One that was made before and not used opens nothing any more. */
export const makeOwnerInvitation = async (
  store: Pick<AccountsStore, 'invitations'>,
  lifetimeMs: number,
  now: number,
): Promise<string> => {
  await store.invitations.revokeForOwner(now)
  return makeInvitation(store, { role: 'owner', uses: 1, lifetimeMs }, now)
}
