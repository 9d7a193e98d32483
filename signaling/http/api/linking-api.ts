import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import {
  linkingLookPath,
  linkingLookSchema,
  linkingOfferPath,
  linkingOfferSchema,
} from '../../../shared/linking.ts'
import type { AuthServices } from '../../auth/auth-services.ts'
import { readSentCertificate } from '../../auth/device-proof.ts'
import { certifies, newDeviceOf } from '../../auth/open-session.ts'
import { answer, done, refuse } from '../api-answer.ts'
import { anybody, signedIn, type ApiRoute } from '../api-route.ts'

/** Linking a device (I8): see shared/linking.ts. */
export const linkingRoutes = (services: AuthServices): ApiRoute[] => {
  const { store, limits, now } = services
  return [
    signedIn(
      'signedIn',
      'POST',
      linkingOfferPath,
      linkingOfferSchema,
      async ({ body, visitor }) => {
        const certificate = await readSentCertificate(body.certificate)
        const account = await store.accounts.byId(visitor.account)
        if (!certificate || !account || !certifies(certificate, account)) return refuse('wrongProof')
        const isTaken = await store.devices.offer({
          device: newDeviceOf(certificate, services),
          box: body.box,
          expiresAt: now() + limits.linkingMs,
        })
        return isTaken ? done() : refuse('wrongProof')
      },
      limits.maxWelcomeBodyBytes,
    ),
    anybody('POST', linkingLookPath, linkingLookSchema, async ({ body }) => {
      // A device is named by its key; what is not one waits for nothing.
      const box = fromBase64Url(body.device) && (await store.devices.boxFor(body.device, now()))
      return answer(box === undefined ? {} : { box })
    }),
  ]
}
