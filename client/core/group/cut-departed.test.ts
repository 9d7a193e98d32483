import { beforeAll, describe, expect, test } from 'vitest'
import { ok } from '../../../shared/result.ts'
import { groupLimits, logLimits } from '../../../shared/limits.ts'
import type { Logs } from '../log/logs.ts'
import type { FeedLimits } from '../log/page-lengths.ts'
import type { FeedId, LogId } from '../ports.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createCast, tellAbout, type Cast } from '../testing/histories.ts'
import { placeIn, readSaid, type Relative } from '../testing/relatives.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { createValue } from '../value.ts'
import { cutDeparted } from './cut-departed.ts'
import type { Family } from './family.ts'
import type { FamilyState } from './family-state.ts'
import { standingIn } from './credential.ts'
import type { PlacedStatement } from './said.ts'

const room = 'BBBBBBBBBBBBBBBBBBBBBA' as LogId
const elsewhere = 'CCCCCCCCCCCCCCCCCCCCCA' as LogId

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})

/** The device of one of the cast, with what a family and logs would tell it. */
const createDesk = (me: Relative, { pages = new Map<number, number>(), refuses = false } = {}) => {
  const { fold, by } = tellAbout(cast)
  const clock = createFakeClock()
  const said: PlacedStatement[] = []
  const stateOf = () =>
    ({
      membership: fold(said),
      rooms: new Map([[room, {}]]),
      profiles: new Map(),
    }) as unknown as FamilyState
  const state = createValue(stateOf())
  const limits: FeedLimits[] = []
  let written = 0
  const feed = cast.member.device.feed
  const lengths = new Map<LogId, Map<number, Map<FeedId, number>>>([
    [room, new Map([...pages].map(([page, length]) => [page, new Map([[feed, length]])]))],
    [elsewhere, new Map([[0, new Map([[feed, 5]])]])],
  ])
  const family = {
    genesis: cast.genesis,
    state,
    standingOf: () => standingIn(state.get().membership, me.device.id, me.account),
    async write(body: { statement: Uint8Array<ArrayBuffer> }) {
      if (refuses) return { ok: false, problem: { type: 'quotaExceeded' } } as const
      written += 1
      expect(body.statement.length + 200).toBeLessThan(logLimits.maxEntryBytes)
      said.push(placeIn(me.device, 40 + written, await readSaid(cast.genesis, body.statement)))
      state.set(stateOf())
      return ok(undefined)
    },
  } as unknown as Family
  const logs = {
    lengths: () => lengths,
    limit: (now: FeedLimits) => void limits.push(now),
  } as unknown as Logs
  const close = cutDeparted({ family, logs, device: me.device, clock, random: createSeededRandom(2) })
  return {
    clock,
    close,
    limits,
    async hear(...more: PlacedStatement[]) {
      said.push(...more)
      state.set(stateOf())
      await clock.settle()
    },
    removal: async (seq = 30) =>
      placeIn(
        cast.owner.device,
        seq,
        await by(cast.owner, { type: 'removal', account: cast.member.account, cuts: [] }),
      ),
    get written() {
      return written
    },
    countOf: (page: number, log = room) =>
      state.get().membership.countsInRoom(cast.member.device.id, log, page),
  }
}

test('G6: within a second somebody says what counts, of open rooms only, and once', async () => {
  const desk = createDesk(cast.owner, { pages: new Map([[0, 7], [3, 2], [4, 0]]) }) // prettier-ignore
  await desk.hear(await desk.removal())
  expect(desk.countOf(0)).toBe(Infinity)
  await desk.clock.advance(groupLimits.cutSpreadMs)
  expect([0, 1, 3, 4].map((page) => desk.countOf(page))).toEqual([7, 0, 2, 0])
  expect(desk.countOf(0, elsewhere)).toBe(0)
  await desk.clock.advance(60_000)
  expect(desk.written).toBe(1)
  expect(desk.clock.pendingTimers).toBe(0)
})

describe('G2: who says it', () => {
  test.each(['member', 'cousin', 'stranger'] as const)('not the %s', async (who) => {
    const desk = createDesk(cast[who])
    await desk.hear(await desk.removal())
    await desk.clock.advance(10_000)
    expect(desk.written).toBe(0)
  })
  test.each(['owner', 'aunt', 'brother'] as const)('the %s', async (who) => {
    const desk = createDesk(cast[who])
    await desk.hear(await desk.removal())
    await desk.clock.advance(10_000)
    expect(desk.written).toBe(1)
  })
})

test('G6: somebody who wrote a little on ever so many pages is cut with one statement, and it counts', async () => {
  const scattered = Array.from({ length: 20_000 }, (_nothing, page): [number, number] => [page + 10, 1])
  const desk = createDesk(cast.owner, { pages: new Map([...scattered, [0, 4_096], [1, 4_096], [2, 17]]) }) // prettier-ignore
  await desk.hear(await desk.removal())
  await desk.clock.advance(5_000)
  expect(desk.written).toBe(1)
  // What they really said stays; of the rest as much as fits.
  expect([0, 1, 2].map((page) => desk.countOf(page))).toEqual([4_096, 4_096, 17])
  expect(desk.countOf(20_000)).toBe(0)
})

test('G6: where the disk refuses it, it is tried again when something changes, and not on and on', async () => {
  const desk = createDesk(cast.owner, { refuses: true })
  await desk.hear(await desk.removal())
  await desk.clock.advance(60_000)
  expect(desk.written).toBe(0)
  expect(desk.clock.pendingTimers).toBe(0)
})

test('G6: the logs are told of it at every change, and when nobody is out any more', async () => {
  const desk = createDesk(cast.cousin)
  const { by } = tellAbout(cast)
  const { aunt, member, owner } = cast
  expect(desk.limits).toHaveLength(0)
  const body = { type: 'removal', account: member.account, cuts: [] } as const
  await desk.hear(placeIn(aunt.device, 30, await by(aunt, body)))
  const limitOf = () => desk.limits.at(-1)?.get(member.device.feed)?.(room, 0)
  expect(limitOf()).toBe(Infinity)
  const cut = { type: 'cut', device: member.device.id, logs: [] } as const
  await desk.hear(placeIn(aunt.device, 31, await by(aunt, cut)))
  expect(limitOf()).toBe(0)
  expect(desk.limits.at(-1)?.get(member.device.feed)?.(elsewhere, 0)).toBe(Infinity)
  // The owner puts the aunt out, and with her what she said since.
  const cuts = [{ device: aunt.device.id, length: 30 }]
  await desk.hear(
    placeIn(owner.device, 30, await by(owner, { type: 'removal', account: aunt.account, cuts })),
  )
  expect(limitOf()).toBeUndefined()
  expect(desk.limits.at(-1)?.has(aunt.device.feed)).toBe(true)
})

test('after it was closed nothing is said', async () => {
  const desk = createDesk(cast.owner)
  await desk.hear(await desk.removal())
  desk.close()
  await desk.clock.advance(10_000)
  expect(desk.written).toBe(0)
  expect(desk.clock.pendingTimers).toBe(0)
})
