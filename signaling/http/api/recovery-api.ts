import { accountIdOf } from '../../../shared/certificate.ts'
import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import { parsePublicKey } from '../../../shared/crypto/ed25519.ts'
import {
  passwordFinishPath,
  passwordFinishSchema,
  passwordStartPath,
  passwordStartSchema,
  recoveryLabel,
  recoveryProvePath,
  recoveryProveSchema,
  recoveryStartPath,
  recoveryStartSchema,
} from '../../../shared/recovery.ts'
import type { AuthServices } from '../../auth/auth-services.ts'
import { hasSignedTicket } from '../../auth/device-proof.ts'
import { ticketHash } from '../../auth/secrets.ts'
import { issueTicket } from '../../auth/tickets.ts'
import { answer, done, refuse } from '../api-answer.ts'
import { anybody, type ApiRoute } from '../api-route.ts'
import { limited, wrongProof } from './registration-api.ts'

const readKey = (text: string) => parsePublicKey(fromBase64Url(text) ?? new Uint8Array(0))

/** Coming back by the phrase (A5), and a new password: see shared/recovery.ts. */
export const recoveryRoutes = (services: AuthServices): ApiRoute[] => {
  const { store, opaque, attempts, journal, now } = services
  return [
    anybody('POST', recoveryStartPath, recoveryStartSchema, async ({ body, exchange }) => {
      if (!readKey(body.identityKey).ok) return refuse('malformed')
      const { address } = exchange.where
      const waitMs = services.ticketMeter.take(address)
      if (waitMs > 0) return limited(services, address, waitMs)
      return answer({ ticket: await issueTicket(services, { kind: 'recovery', data: body.identityKey }) })
    }),
    anybody('POST', recoveryProvePath, recoveryProveSchema, async ({ body, exchange }) => {
      const { address } = exchange.where
      const waitMs = await attempts.waitMs({ address })
      if (waitMs > 0) return limited(services, address, waitMs)
      const ticket = await store.tickets.take(ticketHash(body.ticket), ['recovery'], now())
      const key = readKey(ticket?.data ?? '')
      const isProven =
        key.ok && (await hasSignedTicket(key.value, recoveryLabel, body.ticket, body.signature))
      const account = isProven ? await store.accounts.byId(await accountIdOf(key.value)) : undefined
      if (!account) {
        journal.note('signInFailed', { address, why: 'wrongProof' })
        return wrongProof(services, body.ticket, address)
      }
      if (account.isDisabled) return refuse('disabled')
      journal.note('recovered', { account: account.account, address })
      const { keyringBox: keyring } = account
      return answer({
        ticket: await issueTicket(services, { kind: 'earned', account: account.account }),
        account: account.account,
        name: account.name,
        ...(keyring === undefined ? {} : { keyring }),
      })
    }),
    anybody('POST', passwordStartPath, passwordStartSchema, async ({ body }) => {
      const ticket = await store.tickets.find(ticketHash(body.ticket), ['earned'], now())
      const account = ticket?.account && (await store.accounts.byId(ticket.account))
      if (!account) return refuse('wrongProof')
      const response = opaque.respondToRegistration(account.opaqueId, body.request)
      return response === undefined ? refuse('malformed') : answer({ response })
    }),
    anybody('POST', passwordFinishPath, passwordFinishSchema, async ({ body, exchange }) => {
      if (!opaque.isRecord(body.record)) return refuse('malformed')
      const account = await store.accounts.setPassword({
        ticket: ticketHash(body.ticket),
        opaqueRecord: body.record,
        seedBox: body.seed,
        now: now(),
      })
      if (!account) return refuse('wrongProof')
      journal.note('passwordChanged', { account: account.account, address: exchange.where.address })
      return done()
    }),
  ]
}
