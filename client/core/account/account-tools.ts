import { makeCertificate } from '../../../shared/certificate.ts'
import { createAccountCalls } from '../../../shared/account.ts'
import { createAccountsCalls } from '../../../shared/accounts.ts'
import type { Send } from '../../../shared/api-call.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { createInvitationCalls } from '../../../shared/invitations.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { createLinkingCalls } from '../../../shared/linking.ts'
import { createLoginCalls } from '../../../shared/login.ts'
import { createRecoveryCalls } from '../../../shared/recovery.ts'
import { createRegistrationCalls } from '../../../shared/registration.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { createServerCalls } from '../../../shared/server-overview.ts'
import { createSessionCalls } from '../../../shared/session.ts'
import type { AccountKeys } from '../identity/account-keys.ts'
import type { Device } from '../identity/device.ts'
import type { Clock, Random } from '../ports.ts'
import type { AccountProblem } from './account-problem.ts'
import type { Opaque } from './opaque.ts'

/** Everything the server can be asked about accounts. */
export const createCalls = (send: Send) => ({
  invitations: createInvitationCalls(send),
  registration: createRegistrationCalls(send),
  login: createLoginCalls(send),
  recovery: createRecoveryCalls(send),
  session: createSessionCalls(send),
  account: createAccountCalls(send),
  accounts: createAccountsCalls(send),
  linking: createLinkingCalls(send),
  server: createServerCalls(send),
})

/** What the flows of an account work with. */
export interface AccountTools {
  calls: ReturnType<typeof createCalls>
  opaque: Opaque
  device: Device
  /** What this device is called in lists: "Firefox on Linux". */
  deviceName: string
  clock: Clock
  random: Random
}

/** This device's certificate by an account (I3). */
export const certify = ({ device, deviceName, clock }: AccountTools, keys: AccountKeys): Promise<Bytes> =>
  makeCertificate(keys.sign, {
    identityKey: keys.identity.key,
    identityKem: keys.identity.kem,
    deviceKey: device.publicKey,
    deviceKem: device.kem.publicKey,
    createdAt: clock.now(),
    name: deviceName,
  })

export const identityKeyOf = (keys: AccountKeys): string => toBase64Url(keys.identity.key)

export const checkPassword = (password: string): Result<void, AccountProblem> => {
  const { minPasswordChars, maxPasswordChars } = accountLimits
  const { length } = Array.from(password)
  if (length < minPasswordChars) return fail({ type: 'passwordTooShort', limit: minPasswordChars })
  if (length > maxPasswordChars) return fail({ type: 'passwordTooLong', limit: maxPasswordChars })
  return ok(undefined)
}
