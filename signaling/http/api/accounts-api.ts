import * as v from 'valibot'
import {
  accountChangeSchema,
  accountsPath,
  giveAdmissionSchema,
  type AccountChange,
  type AccountRow,
} from '../../../shared/accounts.ts'
import { accountIdSchema } from '../../../shared/identifiers.ts'
import { mayActOn } from '../../../shared/roles.ts'
import type { AuthServices } from '../../auth/auth-services.ts'
import type { Account } from '../../data/stored.ts'
import { answer, done, refuse, type ApiAnswer } from '../api-answer.ts'
import { signedIn, signedInAsking, type ApiRoute, type SignedInCall } from '../api-route.ts'

/** Everybody's accounts, for owner and admins (G2): see shared/accounts.ts. */
export const accountsRoutes = (services: AuthServices): ApiRoute[] => {
  const { store, sessions, journal, connected, now, limits } = services

  /** The account a request is about, once it is clear that the visitor may act on it. */
  const target = async ({
    params,
    visitor,
  }: SignedInCall<unknown>): Promise<{ account: Account } | { refusal: ApiAnswer }> => {
    const id = v.safeParse(accountIdSchema, params['account'])
    const account = id.success ? await store.accounts.byId(id.output) : undefined
    if (!account) return { refusal: refuse('notFound') }
    return mayActOn(visitor.role, account.role) ? { account } : { refusal: refuse('notAllowed') }
  }

  const change = async (call: SignedInCall<AccountChange>): Promise<ApiAnswer> => {
    const found = await target(call)
    if ('refusal' in found) return found.refusal
    const { account } = found.account
    const { role, isDisabled } = call.body
    if (role !== undefined && !mayActOn(call.visitor.role, role)) return refuse('notAllowed')
    if (role !== undefined && role !== found.account.role) {
      await store.accounts.setRole(account, role, now())
      journal.note('roleChanged', { account, why: role })
    }
    if (isDisabled !== undefined && isDisabled !== found.account.isDisabled) {
      sessions.close(await store.accounts.setDisabled(account, isDisabled, now()))
      journal.note(isDisabled ? 'accountDisabled' : 'accountEnabled', { account })
    }
    return done()
  }

  return [
    signedInAsking('office', 'GET', accountsPath, async () => {
      const isConnected = connected.accounts()
      const rows = []
      for (const account of await store.accounts.list()) {
        const row = rowOf(account, account.deviceCount, isConnected.has(account.account))
        const devices = row.isWaiting ? await store.devices.of(account.account) : undefined
        rows.push(devices ? { ...row, certificates: devices.map(({ certificate }) => certificate) } : row)
      }
      return answer({ accounts: rows })
    }),
    signedIn('office', 'PATCH', `${accountsPath}/:account`, accountChangeSchema, change),
    signedInAsking('office', 'DELETE', `${accountsPath}/:account`, async (call) => {
      const found = await target(call)
      if ('refusal' in found) return found.refusal
      sessions.close(await store.accounts.remove(found.account.account, now()))
      journal.note('accountRemoved', { who: found.account.name })
      return done()
    }),
    signedIn(
      'office',
      'PUT',
      `${accountsPath}/:account/admission`,
      giveAdmissionSchema,
      async (call) => {
        const found = await target(call)
        if ('refusal' in found) return found.refusal
        await store.accounts.setAdmission(found.account.account, call.body.box)
        return done()
      },
      limits.maxWelcomeBodyBytes,
    ),
  ]
}

const rowOf = (account: Account, deviceCount: number, isConnected: boolean): AccountRow => ({
  account: account.account,
  name: account.name,
  role: account.role,
  createdAt: account.createdAt,
  ...(account.lastSeenAt === undefined ? {} : { lastSeenAt: account.lastSeenAt }),
  isDisabled: account.isDisabled,
  isConnected,
  deviceCount,
  isWaiting: account.keyringBox === undefined && account.admissionBox === undefined,
  identityKey: account.identityKey,
})
