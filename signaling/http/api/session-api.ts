import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import { parsePublicKey } from '../../../shared/crypto/ed25519.ts'
import {
  challengePath,
  challengeRequestSchema,
  sessionLabel,
  sessionPath,
  sessionRequestSchema,
  type SessionRequest,
} from '../../../shared/session.ts'
import type { AuthServices } from '../../auth/auth-services.ts'
import { hasSignedTicket, readSentCertificate } from '../../auth/device-proof.ts'
import { certifies, endSessionBefore, newDeviceOf, welcomeIn, whoIs } from '../../auth/open-session.ts'
import { newSecret, sessionKeyOf, ticketHash } from '../../auth/secrets.ts'
import { issueTicket } from '../../auth/tickets.ts'
import { answer, done, refuse, type ApiAnswer } from '../api-answer.ts'
import { anybody, type ApiCall, type ApiRoute } from '../api-route.ts'
import { readSessionCookie } from '../session-cookie.ts'
import { visitorOf } from '../visitors.ts'
import { limited, wrongProof } from './registration-api.ts'

type Start = ApiCall<SessionRequest>

/** Coming in, staying in, leaving (A3): see shared/session.ts. */
export const sessionRoutes = (services: AuthServices): ApiRoute[] => {
  const { store, sessions, attempts, journal, limits, now } = services

  /** With a ticket that a password or the phrase has earned. */
  const startByTicket = async ({ body, exchange }: Start, certificateText: string): Promise<ApiAnswer> => {
    const { address } = exchange.where
    const certificate = await readSentCertificate(certificateText)
    const isProven =
      certificate && (await hasSignedTicket(certificate.deviceKey, sessionLabel, body.ticket, body.signature))
    if (!isProven) return wrongProof(services, body.ticket, address)
    const ticket = await store.tickets.take(ticketHash(body.ticket), ['earned', 'session'], now())
    const account = ticket?.account && (await store.accounts.byId(ticket.account))
    if (!account || !certifies(certificate, account)) return wrongProof(services, body.ticket, address)
    if (account.isDisabled) return refuse('disabled')
    const token = newSecret()
    const device = newDeviceOf(certificate, services)
    const ended = await store.sessions.open({ session: sessionKeyOf(token), device })
    // Another account's, or one that was revoked: its certificate proves nothing any more.
    if (!ended) return refuse('wrongProof')
    sessions.close(ended)
    await endSessionBefore(services, await visitorOf(sessions, exchange), device.device)
    journal.note('signedIn', { account: account.account, address, why: 'ticket' })
    return welcomeIn(services, token, { ...account, device: device.device })
  }

  /** By the key of a device that is known. */
  const startByKey = async ({ body, exchange }: Start): Promise<ApiAnswer> => {
    const { address } = exchange.where
    const ticket = await store.tickets.take(ticketHash(body.ticket), ['challenge'], now())
    const key = parsePublicKey(fromBase64Url(ticket?.device ?? '') ?? new Uint8Array(0))
    const isProven = key.ok && (await hasSignedTicket(key.value, sessionLabel, body.ticket, body.signature))
    if (!isProven || ticket?.device === undefined) return wrongProof(services, body.ticket, address)
    const device = await store.devices.byId(ticket.device)
    const account = device && (await store.accounts.byId(device.account))
    const isKnown = device?.isSignedIn === true && now() - device.lastSeenAt <= limits.deviceLifetimeMs
    if (!isKnown || !account) return refuse('deviceUnknown')
    if (account.isDisabled) return refuse('disabled')
    const token = newSecret()
    const session = sessionKeyOf(token)
    const ended = await store.sessions.reopen({ session, device: device.device, now: now() })
    if (!ended) return refuse('deviceUnknown')
    sessions.close(ended)
    await endSessionBefore(services, await visitorOf(sessions, exchange), device.device)
    journal.note('signedIn', { account: account.account, address, why: 'deviceKey' })
    return welcomeIn(services, token, { ...account, device: device.device })
  }

  return [
    {
      method: 'GET',
      path: sessionPath,
      access: 'anybody',
      takesBody: false,
      handle: async ({ exchange }) => {
        const visitor = await visitorOf(sessions, exchange)
        if (!visitor) return done()
        const token = readSessionCookie(exchange.request, exchange.where) ?? ''
        return answer({ who: whoIs(visitor) }, { token, lifetimeMs: limits.sessionLifetimeMs })
      },
    },
    anybody('POST', sessionPath, sessionRequestSchema, async (call) => {
      const { address } = call.exchange.where
      const waitMs = await attempts.waitMs({ address })
      if (waitMs > 0) return limited(services, address, waitMs)
      const { certificate } = call.body
      return certificate === undefined ? startByKey(call) : startByTicket(call, certificate)
    }),
    anybody('POST', challengePath, challengeRequestSchema, async ({ body, exchange }) => {
      const { address } = exchange.where
      const waitMs = services.ticketMeter.take(address)
      if (waitMs > 0) return limited(services, address, waitMs)
      return answer({ ticket: await issueTicket(services, { kind: 'challenge', device: body.device }) })
    }),
    {
      method: 'DELETE',
      path: sessionPath,
      access: 'anybody',
      takesBody: false,
      handle: async ({ exchange }) => {
        const visitor = await visitorOf(sessions, exchange)
        if (visitor) {
          sessions.close(await store.sessions.end(visitor.session))
          journal.note('signedOut', { account: visitor.account, address: exchange.where.address })
        }
        return done({ token: '', lifetimeMs: 0 })
      },
    },
  ]
}
