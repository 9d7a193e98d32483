import {
  loginFinishPath,
  loginFinishSchema,
  loginStartPath,
  loginStartSchema,
} from '../../../shared/login.ts'
import { foldName, parsePersonName } from '../../../shared/names.ts'
import type { AuthServices } from '../../auth/auth-services.ts'
import { nameMac, ticketHash } from '../../auth/secrets.ts'
import { issueTicket } from '../../auth/tickets.ts'
import { answer, refuse } from '../api-answer.ts'
import { anybody, type ApiRoute } from '../api-route.ts'
import { limited } from './registration-api.ts'

/**
 * Signing in by name and password (A2, A4): see shared/login.ts. A name nobody has takes the same way through the same tables as one
 * somebody has, with a made-up account that OPAQUE answers for.
 */
export const loginRoutes = (services: AuthServices): ApiRoute[] => {
  const { store, opaque, attempts, journal, nameKey, now } = services
  return [
    anybody('POST', loginStartPath, loginStartSchema, async ({ body, exchange }) => {
      const name = parsePersonName(body.name)
      if (!name.ok) return refuse('malformed')
      const folded = foldName(name.value)
      const { address } = exchange.where
      const limitKey = nameMac(nameKey, 'limit', folded)
      const waitMs = await attempts.begin({ address, name: limitKey })
      if (waitMs > 0) return limited(services, address, waitMs)
      const madeUpId = nameMac(nameKey, 'opaque', folded)
      const account = await store.accounts.byName(folded)
      const started = opaque.startLogin(account?.opaqueId ?? madeUpId, account?.opaqueRecord, body.request)
      if (!started) return refuse('malformed')
      const ticket = await issueTicket(services, {
        kind: 'login',
        account: account?.account,
        name: limitKey,
        data: started.state,
      })
      return answer({ ticket, response: started.response })
    }),
    anybody('POST', loginFinishPath, loginFinishSchema, async ({ body, exchange }) => {
      const { address } = exchange.where
      const ticket = await store.tickets.take(ticketHash(body.ticket), ['login'], now())
      const knewIt = ticket?.data !== undefined && opaque.finishLogin(ticket.data, body.finish)
      const account = ticket?.account && (await store.accounts.byId(ticket.account))
      if (!knewIt || !account) {
        // No more than the account, where there is one: people type passwords into the field for the name.
        journal.note('signInFailed', { account: account?.account, address, why: 'wrongLogin' })
        return refuse('wrongLogin')
      }
      await attempts.succeeded({ address, name: ticket.name })
      if (account.isDisabled) {
        journal.note('signInFailed', { account: account.account, address, why: 'disabled' })
        return refuse('disabled')
      }
      const { seedBox: seed, keyringBox: keyring } = account
      return answer({
        ticket: await issueTicket(services, { kind: 'earned', account: account.account }),
        account: account.account,
        name: account.name,
        boxes: { seed, ...(keyring === undefined ? {} : { keyring }) },
      })
    }),
  ]
}
