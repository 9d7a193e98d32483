import { sessionKeyOf } from './auth/secrets.ts'
import type { SessionStore } from './data/accounts-store.ts'
import type { SessionKey, Visitor } from './data/stored.ts'

/** Who is in (A3). They are in the store; what is here finds them, keeps those in use, and ends the sockets of those that are over. */
export interface Sessions {
  /** The session of a token while it holds; renews it. */
  find(token: string): Promise<Visitor | undefined>
  /** A socket of it is alive. */
  touch(open: OpenSession): void
  /** Closes the sockets of sessions that have ended (A7). */
  close(sessions: readonly SessionKey[]): void
  /** Looks whether any have ended through another process: an admin's command, another node. */
  check(): Promise<void>
  stop(): void
}

export interface OpenSession {
  readonly session: SessionKey
  /** When it was last written down as used. */
  usedAt: number
}

export interface SessionsOptions {
  store: SessionStore
  now: () => number
  lifetimeMs: number
  /** Those with a socket. */
  open(): Iterable<OpenSession>
  closeSockets(sessions: ReadonlySet<SessionKey>): void
  report(what: string, error: unknown): void
}

/** Using a session is written down this often at most: a family's server should let its disk sleep. */
const writeEveryMs = 60 * 60 * 1000
/** Removing somebody by command closes their sockets within a second (A7). */
const checkEveryMs = 500

export const createSessions = (options: SessionsOptions): Sessions => {
  const { store, now, lifetimeMs } = options
  let endings: number | undefined
  let isStopped = false

  const close = (sessions: readonly SessionKey[]): void => {
    if (sessions.length > 0) options.closeSockets(new Set(sessions))
  }
  const check = async (): Promise<void> => {
    const count = await store.endings()
    if (count === endings) return
    endings = count
    const open = new Set([...options.open()].map(({ session }) => session))
    const there = await store.among([...open])
    close([...open].filter((session) => !there.has(session)))
  }
  const timer = setInterval(() => {
    check().catch((error: unknown) => {
      if (!isStopped) options.report('ended sessions could not be looked for', error)
    })
  }, checkEveryMs)
  timer.unref()
  return {
    find: async (token) => {
      const visitor = await store.find(sessionKeyOf(token))
      if (!visitor) return undefined
      const unusedMs = now() - visitor.usedAt
      if (unusedMs > lifetimeMs) {
        await store.prune(now() - lifetimeMs)
        return undefined
      }
      if (unusedMs > writeEveryMs) await store.renew(visitor.session, now())
      return visitor
    },
    touch: (open) => {
      if (now() - open.usedAt <= writeEveryMs) return
      open.usedAt = now()
      store.renew(open.session, now()).catch((error: unknown) => {
        options.report('a session could not be renewed', error)
      })
    },
    close,
    check,
    stop: () => {
      isStopped = true
      clearInterval(timer)
    },
  }
}
