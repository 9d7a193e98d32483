import { createHash, randomBytes } from 'node:crypto'
import type { DeviceId } from '../shared/identifiers.ts'

/** SHA-256 of a session's token, base64url: all that is kept of it (A3). */
export type SessionKey = string & { readonly __brand: 'SessionKey' }

export interface Session {
  readonly key: SessionKey
  readonly device: DeviceId
  usedAt: number
}

/** Who may come in without showing the link again (A3, in small). */
export interface Sessions {
  /** A new session; answers its token, which is told once and never kept. Undefined when all there may be are in use. */
  start(device: DeviceId): string | undefined
  /** The session of a token while it holds; renews it. */
  find(token: string): Session | undefined
  /** Renews a session that is in use. False when it has ended. */
  touch(key: SessionKey): boolean
  end(key: SessionKey): void
  readonly count: number
}

export interface SessionsOptions {
  stored: readonly Session[]
  now: () => number
  lifetimeMs: number
  maxSessions: number
  /** Called with all sessions whenever they should be written. */
  save(sessions: readonly Session[]): void
  /** The sessions that have a socket open: they never make room for others, or a flood of newcomers would turn the family out. */
  inUse(): ReadonlySet<SessionKey>
  /** Called when a session has ended, so that its sockets can be closed (A7). */
  onEnd(key: SessionKey): void
}

/** Using a session is written down this often at most: a family's server should let its disk sleep. */
const writeEveryMs = 60 * 60 * 1000

export const createSessions = (options: SessionsOptions): Sessions => {
  const { now, lifetimeMs, maxSessions } = options
  const byKey = new Map(options.stored.map((session) => [session.key, session]))
  const save = (): void => options.save([...byKey.values()])

  const remove = (key: SessionKey): void => {
    if (!byKey.delete(key)) return
    save()
    options.onEnd(key)
  }
  const makeRoom = (): void => {
    for (const session of byKey.values()) if (now() - session.usedAt > lifetimeMs) remove(session.key)
    if (byKey.size < maxSessions) return
    const inUse = options.inUse()
    const idle = [...byKey.values()].filter(({ key }) => !inUse.has(key)).sort((a, b) => a.usedAt - b.usedAt)
    if (idle[0]) remove(idle[0].key)
  }
  const renewed = (key: SessionKey): Session | undefined => {
    const session = byKey.get(key)
    if (!session) return undefined
    if (now() - session.usedAt > lifetimeMs) {
      remove(key)
      return undefined
    }
    if (now() - session.usedAt > writeEveryMs) {
      session.usedAt = now()
      save()
    }
    return session
  }
  return {
    start: (device) => {
      makeRoom()
      if (byKey.size >= maxSessions) return undefined
      const token = randomBytes(32).toString('base64url')
      const key = keyOf(token)
      byKey.set(key, { key, device, usedAt: now() })
      save()
      return token
    },
    find: (token) => renewed(keyOf(token)),
    touch: (key) => renewed(key) !== undefined,
    end: remove,
    get count() {
      return byKey.size
    },
  }
}

const keyOf = (token: string): SessionKey =>
  createHash('sha256').update(token).digest('base64url') as SessionKey
