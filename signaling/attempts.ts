import { isIPv6 } from 'node:net'
import { RateLimiterRes } from 'rate-limiter-flexible'
import type { LimitStore } from './data/accounts-store.ts'
import type { ServerLimits } from './server-limits.ts'
import { createStoredLimiter, type StoredLimiter } from './stored-limiter.ts'

/** Who tries: an address, and for a login the account it is tried on, as `nameMac`. */
export interface Tries {
  address: string
  name?: string | undefined
}

/** Makes guessing cost time (A6), by address and by account, whichever is worse. Times are milliseconds; 0: none. */
export interface Attempts {
  /** How long they have to wait before they may try. */
  waitMs(tries: Tries): Promise<number>
  /**
   * Counts a try before it is known how it ends, so that many at the same instant do not all slip through. Answers the wait when it
   * must not go on. OPAQUE needs it so: whoever guesses learns from the server's first answer, and never sends the second.
   */
  begin(tries: Tries): Promise<number>
  failed(tries: Tries): Promise<void>
  /** Takes a try back that `begin` has counted; the account's others are forgotten with it. */
  succeeded(tries: Tries): Promise<void>
}

export interface AttemptsOptions {
  store: LimitStore
  limits: Pick<ServerLimits, 'perAddress' | 'perAccount' | 'windowMs' | 'firstWaitMs' | 'maxWaitMs'>
  now: () => number
}

export const createAttempts = ({ store, limits, now }: AttemptsOptions): Attempts => {
  const counter = (points: number): StoredLimiter =>
    createStoredLimiter(store, now, { keyPrefix: 'tries', points, duration: limits.windowMs / 1000 })
  /** One may pass, and then nobody for as long as it says. */
  const gate = createStoredLimiter(store, now, { keyPrefix: 'wait', points: 1, duration: 1 })
  const counters = { address: counter(limits.perAddress), name: counter(limits.perAccount) }

  const keysOf = ({ address, name }: Tries): (readonly [StoredLimiter, string])[] => [
    [counters.address, `address:${networkOf(address)}`],
    ...(name === undefined ? [] : [[counters.name, `name:${name}`] as const]),
  ]

  const leftOf = async (key: string): Promise<number> => {
    const shut = await gate.get(key)
    return Math.max(0, shut?.msBeforeNext ?? 0)
  }

  const count = async (limiter: StoredLimiter, key: string): Promise<number> => {
    const { consumedPoints: tries } = await limiter.penalty(key)
    const beyond = tries - limiter.points
    if (beyond < 0) return 0
    const waitMs = Math.min(limits.maxWaitMs, limits.firstWaitMs * 2 ** beyond)
    try {
      await gate.consume(key, 1, { customDuration: waitMs / 1000 })
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      // The last that is free shuts the gate behind it, and is not held up by one that still is from before.
      if (beyond === 0) return 0
      await limiter.reward(key)
      return Math.max(1, refused.msBeforeNext)
    }
    // Remembered past the wait, or the wait would not grow.
    await limiter.set(key, tries, (limits.windowMs + waitMs) / 1000)
    return 0
  }

  const countAll = async (tries: Tries): Promise<number> => {
    let waitMs = 0
    for (const [limiter, key] of keysOf(tries)) waitMs = Math.max(waitMs, await count(limiter, key))
    return waitMs
  }

  return {
    waitMs: async (tries) => Math.max(...(await Promise.all(keysOf(tries).map(([, key]) => leftOf(key))))),
    begin: countAll,
    failed: async (tries) => {
      await countAll(tries)
    },
    succeeded: async ({ address, name }) => {
      await counters.address.reward(`address:${networkOf(address)}`)
      if (name === undefined) return
      await counters.name.delete(`name:${name}`)
      await gate.delete(`name:${name}`)
    },
  }
}

/** One household has a whole /64 of IPv6 to try from, so that is what counts as an address. */
export const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = (plain.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')
}
