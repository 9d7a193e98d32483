import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { foldName, parsePersonName } from '../../../shared/names.ts'
import {
  registrationFinishPath,
  registrationFinishSchema,
  registrationStartPath,
  registrationStartSchema,
  type RegistrationFinish,
} from '../../../shared/registration.ts'
import { sessionLabel } from '../../../shared/session.ts'
import type { AuthServices } from '../../auth/auth-services.ts'
import { hasSignedTicket, readSentCertificate } from '../../auth/device-proof.ts'
import { endSessionBefore, newDeviceOf, welcomeIn } from '../../auth/open-session.ts'
import { newSecret, sessionKeyOf, ticketHash } from '../../auth/secrets.ts'
import { issueTicket } from '../../auth/tickets.ts'
import type { RegistrationRefusal } from '../../data/accounts-store.ts'
import { stateOf } from '../../data/stored.ts'
import { answer, refuse, refuseFor, type ApiAnswer } from '../api-answer.ts'
import { anybody, type ApiCall, type ApiRoute } from '../api-route.ts'
import { visitorOf } from '../visitors.ts'
import { findInvitation } from './invitations-api.ts'

const endings = {
  used: 'invitationUsed',
  expired: 'invitationExpired',
  revoked: 'invitationRevoked',
} as const

/** Registering with an invitation (A1, A2): see shared/registration.ts. */
export const registrationRoutes = (services: AuthServices): ApiRoute[] => {
  const { store, opaque, attempts, journal, sessions, limits, now } = services

  const finish = async ({ body, exchange }: ApiCall<RegistrationFinish>): Promise<ApiAnswer> => {
    const certificate = await readSentCertificate(body.certificate)
    const isProven =
      certificate && (await hasSignedTicket(certificate.deviceKey, sessionLabel, body.ticket, body.signature))
    if (!isProven) return wrongProof(services, body.ticket, exchange.where.address)
    if (!opaque.isRecord(body.record)) return refuse('malformed')
    const token = newSecret()
    const device = newDeviceOf(certificate, services)
    const outcome = await store.accounts.register({
      ticket: ticketHash(body.ticket),
      account: {
        account: certificate.identity.account,
        identityKey: toBase64Url(certificate.identity.key),
        identityKem: toBase64Url(certificate.identity.kem),
        opaqueRecord: body.record,
        seedBox: body.boxes.seed,
        keyringBox: body.boxes.keyring,
      },
      device,
      session: sessionKeyOf(token),
      maxAccounts: limits.maxAccounts,
      now: now(),
    })
    if (outcome.type === 'refused') return refuse(words[outcome.why])
    sessions.close(outcome.ended)
    await endSessionBefore(services, await visitorOf(sessions, exchange), device.device)
    const { account } = outcome
    journal.note('registered', {
      account: account.account,
      address: exchange.where.address,
      why: account.role,
    })
    return welcomeIn(services, token, { ...account, device: device.device })
  }

  return [
    anybody('POST', registrationStartPath, registrationStartSchema, async ({ body, exchange }) => {
      const tries = { address: exchange.where.address }
      const waitMs = await attempts.waitMs(tries)
      if (waitMs > 0) return limited(services, tries.address, waitMs)
      const invitation = await findInvitation(services, body.code)
      if (!invitation) {
        await attempts.failed(tries)
        return refuse('invitationUnknown')
      }
      const state = stateOf(invitation, now())
      if (state !== 'open') return refuse(endings[state])
      const name = parsePersonName(body.name)
      if (!name.ok) return refuse('malformed')
      const holder = await store.accounts.byName(foldName(name.value))
      if (holder && holder.account !== invitation.again) return refuse('nameTaken')
      const opaqueId = newSecret()
      const response = opaque.respondToRegistration(opaqueId, body.request)
      if (response === undefined) return refuse('malformed')
      const ticket = await issueTicket(services, {
        kind: 'registration',
        name: name.value,
        invitation: invitation.codeHash,
        data: opaqueId,
      })
      return answer({ ticket, response })
    }),
    anybody('POST', registrationFinishPath, registrationFinishSchema, finish),
  ]
}

const words = {
  ticketUnknown: 'wrongProof',
  invitationUnknown: 'invitationUnknown',
  invitationUsed: 'invitationUsed',
  invitationExpired: 'invitationExpired',
  invitationRevoked: 'invitationRevoked',
  nameTaken: 'nameTaken',
  identityTaken: 'wrongProof',
  full: 'notAllowed',
} as const satisfies Record<RegistrationRefusal, string>

/** Whoever shows a proof that proves nothing has lost the ticket with it, and it counts (A6). */
export const wrongProof = async (
  { store, attempts, now }: Pick<AuthServices, 'store' | 'attempts' | 'now'>,
  ticket: RegistrationFinish['ticket'],
  address: string,
): Promise<ApiAnswer> => {
  await store.tickets.take(
    ticketHash(ticket),
    ['registration', 'recovery', 'challenge', 'earned', 'session'],
    now(),
  )
  await attempts.failed({ address })
  return refuse('wrongProof')
}

export const limited = ({ journal }: Pick<AuthServices, 'journal'>, address: string, waitMs: number) => {
  journal.note('limited', { address })
  return refuseFor(waitMs)
}
