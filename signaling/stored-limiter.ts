import { RateLimiterRes } from 'rate-limiter-flexible'
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js'
import type { LimitRow, LimitStore } from './data/accounts-store.ts'

export interface LimiterOptions {
  keyPrefix: string
  points: number
  /** Seconds. */
  duration: number
}
export type StoredLimiter = RateLimiterStoreAbstract

/**
 * rate-limiter-flexible over the accounts store. Its own SQLite limiter wants the file to itself: it begins transactions of its own on
 * our one connection, also in the midst of one of ours.
 */
export const createStoredLimiter = (
  store: LimitStore,
  now: () => number,
  options: LimiterOptions,
): StoredLimiter => {
  const endAfter = (durationMs: number): number | undefined =>
    durationMs > 0 ? now() + durationMs : undefined

  // The library is extended by its classes only; these four are what it calls.
  class Limiter extends RateLimiterStoreAbstract {
    _upsert(key: string, points: number, durationMs: number, isForced: boolean): Promise<LimitRow> {
      const expiresAt = endAfter(durationMs)
      return isForced ? store.set(key, { points, expiresAt }) : store.add(key, points, expiresAt, now())
    }
    async _get(key: string): Promise<LimitRow | null> {
      return (await store.find(key, now())) ?? null
    }
    _delete(key: string): Promise<boolean> {
      return store.remove(key)
    }
    _getRateLimiterRes(_key: string, changed: number, { points, expiresAt }: LimitRow): RateLimiterRes {
      const left = expiresAt === undefined ? -1 : Math.max(0, expiresAt - now())
      return new RateLimiterRes(Math.max(0, this.points - points), left, points, points === changed)
    }
  }
  return new Limiter({ ...options, storeClient: store })
}
