import type { AccountId } from '../../../shared/identifiers.ts'
import { accountLimits, groupLimits } from '../../../shared/limits.ts'
import type { Membership } from './membership.ts'
import { recipientIdOf, type Recipient } from './rekey.ts'

/**
 * Whom an epoch of now is wrapped to (G3): every device that is not revoked, and every account's own key, of those who are members. No more
 * devices of an account than the server lets in, and no more of all than one entry holds: or whoever certifies a thousand of their own
 * would make every rekey too large for anybody to take, and the feeds end in which it stands.
 */
export const recipientsOf = (
  membership: Membership,
  isIn: (account: AccountId) => boolean = () => true,
): Recipient[] =>
  [...membership.members]
    .flatMap(([account, { identity, isRemoved, devices }]) =>
      isRemoved || !isIn(account)
        ? []
        : [
            { id: recipientIdOf(account), kem: identity.kem },
            ...[...devices]
              .filter(([, { isRevoked }]) => !isRevoked)
              .slice(0, accountLimits.maxDevices)
              .map(([device, { certificate }]) => ({
                id: recipientIdOf(device),
                kem: certificate.deviceKem,
              })),
          ],
    )
    .slice(0, groupLimits.maxRecipients)

/** Who may have had the epochs of before and must not have those of now (G5): of a family, also whose invitation was withdrawn. */
export const departedOf = (membership: Membership): string[] => {
  const open = new Set(membership.openInvitations.map(({ key }) => key))
  return [
    ...departedOfGroup(
      membership,
      () => true,
      () => true,
    ),
    ...membership.invitationKeys.filter((key) => !open.has(key)),
  ]
}

/** The same of a private group: of those who were ever in it. */
export const departedOfGroup = (
  membership: Membership,
  isIn: (account: AccountId) => boolean,
  wasIn: (account: AccountId) => boolean,
): string[] =>
  [...membership.members].flatMap(([account, { isRemoved, devices }]): string[] => {
    if (!wasIn(account)) return []
    if (isRemoved || !isIn(account)) return [account]
    return [...devices].flatMap(([device, { isRevoked }]) => (isRevoked ? [device] : []))
  })
