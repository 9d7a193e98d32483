import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeAccountId, fakeLogId } from '../core/testing/fake-family.ts'
import { createRoomWishStore } from './room-wish-store.ts'
import {
  changeWishes,
  isArchived,
  isMuted,
  muteUntil,
  noRoomWish,
  parseRoomWishes,
  writeRoomWishes,
  wishOf,
  type MuteChoice,
  type RoomWish,
} from './room-wishes.ts'

const time = fc.integer({ min: 0, max: 2 ** 47 })
const anyWish: fc.Arbitrary<RoomWish> = fc.record({
  isFavourite: fc.boolean(),
  tells: fc.constantFrom('all' as const, 'mentions' as const, 'none' as const),
  mutedUntil: fc.oneof(time, fc.constantFrom('forGood' as const, undefined)),
  archivedAtMs: fc.option(time, { nil: undefined }),
})
const anyRoom = fc.stringMatching(/^[a-z]{22}$/).map(fakeLogId)
const garden = fakeLogId('Garden')

test('ux 33: wishes are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyRoom, anyWish)), (pairs) => {
      const wishes = new Map(pairs)
      expect(parseRoomWishes(writeRoomWishes(wishes))).toEqual(wishes)
    }),
  )
})

test('what cannot be read is no wish', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseRoomWishes(text)).toBeInstanceOf(Map)
    }),
  )
  expect(parseRoomWishes(null).size).toBe(0)
  expect(parseRoomWishes('[["short",{}]]').size).toBe(0)
  expect(parseRoomWishes(`[["${garden}",{"mutedUntil":-1}]]`).size).toBe(0)
  expect(wishOf(parseRoomWishes(`[["${garden}",{}]]`), garden)).toEqual(noRoomWish)
})

test('a truncated text is no wish, and never another one', () => {
  const text = writeRoomWishes(new Map([[garden, { ...noRoomWish, isFavourite: true }]]))
  for (let end = 0; end < text.length; end++) expect(parseRoomWishes(text.slice(0, end)).size).toBe(0)
})

test('a room of which nothing is wished any more is not kept', () => {
  fc.assert(
    fc.property(anyWish, (wish) => {
      const wishes = changeWishes(new Map(), garden, wish)
      expect(changeWishes(wishes, garden, noRoomWish).size).toBe(0)
    }),
  )
})

test('ux 33: muted until then, and not longer', () => {
  const now = Date.UTC(2026, 2, 1, 12)
  for (const choice of ['hour', 'eightHours', 'tomorrow'] as const) {
    const until = muteUntil(choice, now)
    if (until === 'forGood') throw new Error('not for good')
    const wish = { ...noRoomWish, mutedUntil: until }
    expect([isMuted(wish, until - 1), isMuted(wish, until)]).toEqual([true, false])
  }
  expect(isMuted({ ...noRoomWish, mutedUntil: 'forGood' }, Number.MAX_SAFE_INTEGER)).toBe(true)
  expect(isMuted(noRoomWish, now)).toBe(false)
})

test('until tomorrow is until a morning, a night away and never two', () => {
  const hour = 60 * 60_000
  fc.assert(
    fc.property(time, (now) => {
      const until = muteUntil('tomorrow', now) as number
      expect(new Date(until).getHours()).toBe(8)
      expect(until - now).toBeGreaterThanOrEqual(4 * hour)
      // A day with a change of clocks has 25 hours.
      expect(until - now).toBeLessThanOrEqual(29 * hour)
    }),
  )
})

test('a new message brings a room back from the archive, unless it is muted', () => {
  const archived = { ...noRoomWish, archivedAtMs: 100 }
  expect(isArchived(noRoomWish, 50, 200)).toBe(false)
  expect(isArchived(archived, undefined, 200)).toBe(true)
  expect(isArchived(archived, 100, 200)).toBe(true)
  expect(isArchived(archived, 101, 200)).toBe(false)
  expect(isArchived({ ...archived, mutedUntil: 'forGood' }, 101, 200)).toBe(true)
  expect(isArchived({ ...archived, mutedUntil: 150 }, 101, 200)).toBe(false)
})

test('wishes are of one account, and outlast the page', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  const open = (name: string) => createRoomWishStore({ storage, account: fakeAccountId(name) })
  open('Anna').change(garden, { isFavourite: true })
  expect(wishOf(open('Anna').all.get(), garden).isFavourite).toBe(true)
  expect(wishOf(open('Bob').all.get(), garden).isFavourite).toBe(false)
})

test('a full or forbidden store: wishes hold for the page', () => {
  const refuse = () => {
    throw new Error('QuotaExceededError')
  }
  const store = createRoomWishStore({
    storage: { getItem: refuse, setItem: refuse },
    account: fakeAccountId('Anna'),
  })
  store.change(garden, { mutedUntil: muteUntil('forGood' satisfies MuteChoice, 0) })
  expect(isMuted(wishOf(store.all.get(), garden), 1)).toBe(true)
})
