import type { Certificate } from '../../shared/certificate.ts'
import { toBase64Url } from '../../shared/crypto/base64url.ts'
import type { Who } from '../../shared/session.ts'
import type { NewDevice } from '../data/accounts-store.ts'
import type { Account, Visitor } from '../data/stored.ts'
import { answer, type ApiAnswer } from '../http/api-answer.ts'
import type { AuthServices } from './auth-services.ts'

export const whoIs = ({ account, device, name, role }: Who): Who => ({ account, device, name, role })

/** The device of a verified certificate, to be kept. */
export const newDeviceOf = (
  { identity, device, name, bytes }: Certificate,
  { limits, now }: Pick<AuthServices, 'limits' | 'now'>,
): NewDevice => ({
  device,
  account: identity.account,
  name,
  certificate: toBase64Url(bytes),
  now: now(),
  maxDevices: limits.maxDevices,
})

/** Whether a certificate is of this very account: the same identity, in both its keys. */
export const certifies = ({ identity }: Certificate, account: Account): boolean =>
  identity.account === account.account &&
  toBase64Url(identity.key) === account.identityKey &&
  toBase64Url(identity.kem) === account.identityKem

/** The answer to whoever has come in, with the cookie that keeps them in (A3). */
export const welcomeIn = ({ limits }: Pick<AuthServices, 'limits'>, token: string, who: Who): ApiAnswer =>
  answer(whoIs(who), { token, lifetimeMs: limits.sessionLifetimeMs })

/** A browser has one cookie: the session it held for another device would be lost, and linger for a month. */
export const endSessionBefore = async (
  { store, sessions }: Pick<AuthServices, 'store' | 'sessions'>,
  before: Visitor | undefined,
  device: string,
): Promise<void> => {
  if (before && before.device !== device) sessions.close(await store.sessions.end(before.session))
}
