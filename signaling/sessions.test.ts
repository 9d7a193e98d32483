import { describe, expect, test } from 'vitest'
import type { DeviceId } from '../shared/identifiers.ts'
import { createAttempts, networkOf } from './attempts.ts'
import { createSessions, type Session, type SessionKey, type Sessions } from './sessions.ts'
import { createBucket, takeToken, waitForToken } from './token-bucket.ts'

const device = 'A'.repeat(43) as DeviceId
const hourMs = 60 * 60 * 1000

interface Turnable {
  sessions: Sessions
  clock: { ms: number }
  saved: Session[][]
  ended: SessionKey[]
  inUse: Set<SessionKey>
  start(): string
}

const turnable = (maxSessions = 3): Turnable => {
  const clock = { ms: 0 }
  const saved: Session[][] = []
  const ended: SessionKey[] = []
  const inUse = new Set<SessionKey>()
  const sessions = createSessions({
    stored: [],
    now: () => clock.ms,
    lifetimeMs: 10 * hourMs,
    maxSessions,
    save: (all) => saved.push(structuredClone([...all])),
    inUse: () => inUse,
    onEnd: (key) => ended.push(key),
  })
  return { sessions, clock, saved, ended, inUse, start: () => sessions.start(device) ?? '' }
}

describe('sessions', () => {
  test('A3: hold while they are used, and end when they are not', () => {
    const { sessions, start, clock, ended } = turnable()
    const token = start()
    clock.ms += 9 * hourMs
    expect(sessions.find(token)?.device).toBe(device)
    clock.ms += 9 * hourMs
    expect(sessions.find(token)?.device).toBe(device)
    clock.ms += 11 * hourMs
    expect(sessions.find(token)).toBeUndefined()
    expect(ended).toHaveLength(1)
    expect(sessions.count).toBe(0)
  })

  test('A3: only a hash of the token is kept', () => {
    const { start, saved } = turnable()
    const token = start()
    expect(JSON.stringify(saved)).not.toContain(token)
  })

  test('A3: using one is written down once an hour at most', () => {
    const { sessions, start, clock, saved } = turnable()
    const token = start()
    for (let minute = 0; minute < 61; minute++) {
      clock.ms += 60_000
      sessions.find(token)
    }
    expect(saved).toHaveLength(2)
  })

  test('A3: when there are too many, the one that was used longest ago makes room', () => {
    const { sessions, start, clock, ended } = turnable(2)
    const first = start()
    const second = start()
    clock.ms += 2 * hourMs
    sessions.find(first)
    const third = start()
    expect(sessions.find(second)).toBeUndefined()
    expect([first, third].every((token) => sessions.find(token))).toBe(true)
    expect(ended).toHaveLength(1)
  })

  test('A3: a flood of newcomers never turns out those who are connected', () => {
    const { sessions, start, inUse } = turnable(2)
    const [first, second] = [start(), start()]
    for (const token of [first, second]) {
      const session = sessions.find(token)
      if (session) inUse.add(session.key)
    }
    expect(sessions.start(device)).toBeUndefined()
    expect([first, second].every((token) => sessions.find(token))).toBe(true)
  })

  test('A7: ending one tells so, once', () => {
    const { sessions, start, ended } = turnable()
    const session = sessions.find(start())
    if (!session) throw new Error('no session')
    sessions.end(session.key)
    sessions.end(session.key)
    expect(ended).toEqual([session.key])
    expect(sessions.touch(session.key)).toBe(false)
  })
})

describe('counting', () => {
  test('S5: a bucket gives its burst, then its rate, and no more than its burst after a rest', () => {
    const size = { perSecond: 2, burst: 3 }
    const bucket = createBucket(size, 0)
    const taken = (now: number): number => [1, 2, 3, 4, 5].filter(() => takeToken(bucket, size, now)).length
    expect([taken(0), taken(500), taken(1_500), taken(100_000)]).toEqual([3, 1, 2, 3])
    expect(waitForToken(bucket, size, 100_000)).toBe(500)
    expect(takeToken(bucket, size, 0)).toBe(false)
  })

  test('A6: one address waits, another does not', () => {
    let now = 0
    const attempts = createAttempts(2, () => now)
    attempts.failed('192.0.2.1')
    expect(attempts.waitMs('192.0.2.1')).toBe(0)
    attempts.failed('192.0.2.1')
    expect(attempts.waitMs('192.0.2.1')).toBe(30_000)
    expect(attempts.waitMs('192.0.2.2')).toBe(0)
    now += 30_000
    expect(attempts.waitMs('192.0.2.1')).toBe(0)
  })

  test('A6: a household’s IPv6 addresses are one', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(networkOf('2001:db8:1:2::9')).toBe('2001:db8:1:2')
    expect(networkOf('2001:DB8:0001::9')).toBe('2001:db8:1:0')
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1')
  })
})
