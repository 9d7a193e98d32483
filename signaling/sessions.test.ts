import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createAttempts, networkOf, type Attempts } from './attempts.ts'
import type { AccountsStore } from './data/accounts-store.ts'
import { openDatabase } from './data/sqlite/database.ts'
import { createSqliteStore } from './data/sqlite/sqlite-store.ts'
import { defaultLimits } from './server-limits.ts'
import { countOne, messagesPerMinute, type Rate } from './sockets/rate.ts'
import { newFolder } from './testing/test-server.ts'
import { createBucket, takeToken } from './token-bucket.ts'

const open: AccountsStore[] = []
afterEach(async () => {
  for (const store of open.splice(0)) await store.close()
})

const turnable = async (): Promise<{ attempts: Attempts; clock: { ms: number } }> => {
  const database = openDatabase(join(await newFolder(), 'hearth.db'))
  if (!database.ok) throw new Error('no store')
  const store = createSqliteStore(database.value)
  open.push(store)
  const clock = { ms: 1_000_000 }
  const limits = { ...defaultLimits, perAddress: 5, perAccount: 2, firstWaitMs: 10_000, maxWaitMs: 60_000 }
  return { attempts: createAttempts({ store: store.limits, limits, now: () => clock.ms }), clock }
}
const address = '192.0.2.1'

describe('A6: tries', () => {
  test('after so many there is a wait, which doubles with each further one up to the longest', async () => {
    const { attempts, clock } = await turnable()
    const waits = []
    for (let count = 0; count < 8; count++) {
      clock.ms += await attempts.waitMs({ address })
      expect(await attempts.begin({ address })).toBe(0)
      waits.push(await attempts.waitMs({ address }))
    }
    expect(waits).toEqual([0, 0, 0, 0, 10_000, 20_000, 40_000, 60_000])
  })

  test('whoever does not wait is told how long is left, and makes it no longer', async () => {
    const { attempts, clock } = await turnable()
    for (let count = 0; count < 5; count++) await attempts.begin({ address })
    clock.ms += 4_000
    for (let count = 0; count < 50; count++) expect(await attempts.begin({ address })).toBe(6_000)
    clock.ms += 6_000
    expect(await attempts.begin({ address })).toBe(0)
  })

  test('of many at the same instant no more go on than may', async () => {
    const { attempts } = await turnable()
    const waits = await Promise.all(Array.from({ length: 40 }, () => attempts.begin({ address })))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
  })

  test('an account is guarded whatever address they come from; another account and address is not', async () => {
    const { attempts } = await turnable()
    for (const last of [1, 2]) await attempts.begin({ address: `198.51.100.${last}`, name: 'ada' })
    expect(await attempts.begin({ address: '198.51.100.3', name: 'ada' })).toBe(10_000)
    expect(await attempts.begin({ address: '198.51.100.3', name: 'ben' })).toBe(0)
  })

  test('success forgets the account’s tries, and of the address’s only itself', async () => {
    const { attempts } = await turnable()
    for (let count = 0; count < 20; count++) {
      expect(await attempts.begin({ address, name: 'ada' })).toBe(0)
      await attempts.succeeded({ address, name: 'ada' })
    }
    for (let count = 0; count < 4; count++) await attempts.failed({ address })
    await attempts.begin({ address, name: 'ada' })
    await attempts.succeeded({ address, name: 'ada' })
    expect(await attempts.waitMs({ address })).toBeGreaterThan(0)
  })

  test('are forgotten in time', async () => {
    const { attempts, clock } = await turnable()
    for (let count = 0; count < 4; count++) await attempts.failed({ address })
    clock.ms += defaultLimits.windowMs
    for (let count = 0; count < 4; count++) expect(await attempts.begin({ address })).toBe(0)
    expect(await attempts.waitMs({ address })).toBe(0)
  })

  test('a household’s IPv6 addresses are one', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(networkOf('2001:db8:1:2::9')).toBe('2001:db8:1:2')
    expect(networkOf('2001:DB8:0001::9')).toBe('2001:db8:1:0')
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1')
  })
})

describe('counting', () => {
  test('S5: a bucket gives its burst, then its rate, and no more than its burst after a rest', () => {
    const size = { perSecond: 2, burst: 3 }
    const bucket = createBucket(size, 0)
    const taken = (now: number): number => [1, 2, 3, 4, 5].filter(() => takeToken(bucket, size, now)).length
    expect([taken(0), taken(500), taken(1_500), taken(100_000)]).toEqual([3, 1, 2, 3])
    expect(takeToken(bucket, size, 0)).toBe(false)
  })

  test('messages of the last minute, across the turn of the minute', () => {
    const rate: Rate = { minute: 0, count: 0, before: 0 }
    for (let count = 0; count < 60; count++) countOne(rate, 60_000)
    expect(messagesPerMinute(rate, 60_000)).toBe(60)
    expect(messagesPerMinute(rate, 150_000)).toBe(30)
    expect(messagesPerMinute(rate, 240_000)).toBe(0)
  })
})

describe('sessions', () => {
  test('A3: hold while they are used, and end when they are not', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      const { startTestServer } = await import('./testing/test-server.ts')
      const server = await startTestServer({ limits: { sessionLifetimeMs: 10 * 3_600_000 } })
      const ada = await server.owner()
      const who = async (): Promise<unknown> =>
        (await server.send('GET', '/api/session', undefined, ada.cookie)).body
      for (let count = 0; count < 3; count++) {
        vi.setSystemTime(Date.now() + 9 * 3_600_000)
        expect(await who()).toEqual({ who: ada.who })
      }
      vi.setSystemTime(Date.now() + 11 * 3_600_000)
      expect(await who()).toEqual({})
      await server.close()
    } finally {
      vi.useRealTimers()
    }
  })
})
