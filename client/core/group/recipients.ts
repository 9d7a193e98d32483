import type { AccountId } from '../../../shared/identifiers.ts'
import type { Membership } from './membership.ts'
import { recipientIdOf, type Recipient } from './rekey.ts'

/** Whom an epoch of now is wrapped to (G3): every device that is not revoked, and every account's own key, of those who are members. */
export const recipientsOf = (
  membership: Membership,
  isIn: (account: AccountId) => boolean = () => true,
): Recipient[] =>
  [...membership.members].flatMap(([account, { identity, isRemoved, devices }]) =>
    isRemoved || !isIn(account)
      ? []
      : [
          { id: recipientIdOf(account), kem: identity.kem },
          ...[...devices].flatMap(([device, { certificate, isRevoked }]) =>
            isRevoked ? [] : [{ id: recipientIdOf(device), kem: certificate.deviceKem }],
          ),
        ],
  )
