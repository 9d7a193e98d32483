import {
  accountPath,
  admissionPath,
  devicesPath,
  keyringPath,
  keyringUpdateSchema,
  renameSchema,
  revokeDeviceSchema,
  type DeviceRow,
} from '../../../shared/account.ts'
import { readRevocation } from '../../../shared/certificate.ts'
import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import { foldName, parsePersonName } from '../../../shared/names.ts'
import type { AuthServices } from '../../auth/auth-services.ts'
import { answer, done, refuse } from '../api-answer.ts'
import { signedIn, signedInAsking, type ApiRoute } from '../api-route.ts'

/** One's own account: see shared/account.ts. */
export const accountRoutes = (services: AuthServices): ApiRoute[] => {
  const { store, sessions, journal, connected, now } = services
  return [
    signedIn('signedIn', 'PATCH', accountPath, renameSchema, async ({ body, visitor }) => {
      const name = parsePersonName(body.name)
      if (!name.ok) return refuse('malformed')
      const isFree = await store.accounts.rename(visitor.account, name.value, foldName(name.value))
      return isFree ? answer({ name: name.value }) : refuse('nameTaken')
    }),
    signedIn('signedIn', 'PUT', keyringPath, keyringUpdateSchema, async ({ body, visitor }) => {
      await store.accounts.setKeyring(visitor.account, body.keyring)
      return done()
    }),
    signedInAsking('signedIn', 'GET', admissionPath, async ({ visitor }) => {
      const account = await store.accounts.byId(visitor.account)
      return answer(account?.admissionBox === undefined ? {} : { box: account.admissionBox })
    }),
    signedInAsking('signedIn', 'GET', devicesPath, async ({ visitor }) => {
      const isConnected = connected.devices()
      const devices = (await store.devices.of(visitor.account)).map(
        ({ device, name, createdAt, lastSeenAt, isSignedIn }): DeviceRow => ({
          device,
          name,
          createdAt,
          lastSeenAt: isConnected.has(device) ? now() : lastSeenAt,
          isConnected: isConnected.has(device),
          isSignedIn,
        }),
      )
      return answer({ devices })
    }),
    signedIn(
      'signedIn',
      'DELETE',
      `${devicesPath}/:device`,
      revokeDeviceSchema,
      async ({ body, params, visitor, exchange }) => {
        const bytes = fromBase64Url(body.revocation)
        const read = bytes && (await readRevocation(bytes))
        if (read?.ok !== true) return refuse('wrongProof')
        const { account, device } = read.value
        // I3: only the identity key revokes; having its device's session is not enough.
        if (account !== visitor.account || device !== params['device']) return refuse('wrongProof')
        const ended = await store.devices.revoke(visitor.account, device, now())
        if (!ended) return refuse('notFound')
        sessions.close(ended)
        journal.note('deviceRevoked', { account: visitor.account, address: exchange.where.address })
        return done()
      },
    ),
  ]
}
