import type { AccountsStore } from './data/accounts-store.ts'
import type { ServerLimits } from './server-limits.ts'

export interface HousekeepingOptions {
  store: AccountsStore
  limits: Pick<ServerLimits, 'sessionLifetimeMs' | 'invitationKeptMs'>
  now: () => number
  report(what: string, error: unknown): void
}

const everyMs = 60 * 1000

/** Takes away what has expired, so that the file does not grow: anybody may ask for tickets. What finds nothing writes nothing. */
export const startHousekeeping = ({ store, limits, now, report }: HousekeepingOptions): { stop(): void } => {
  const clean = async (): Promise<void> => {
    await store.tickets.prune(now())
    await store.limits.prune(now())
    await store.sessions.prune(now() - limits.sessionLifetimeMs)
    await store.invitations.prune(now() - limits.invitationKeptMs)
  }
  const timer = setInterval(() => {
    clean().catch((error: unknown) => report('what has expired could not be removed', error))
  }, everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
