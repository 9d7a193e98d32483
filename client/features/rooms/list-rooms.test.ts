import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LatestLine } from '../../core/hearth.ts'
import type { LogId } from '../../core/ports.ts'
import { bob, fakeLogId } from '../../core/testing/fake-family.ts'
import { noRoomWish, type RoomWish } from '../room-wishes.ts'
import { listRooms, type RoomLine } from './list-rooms.ts'
import { directRoom, someRoom } from './testing/some-room.ts'

const at = (ms: number): LatestLine => ({ ms, author: bob, text: 'Well', type: 'message' })
const names = (lines: readonly RoomLine[]) => lines.map(({ room }) => room.name)
const rooms = ['general', 'Garden', 'Kitchen', 'Attic'].map((name) => someRoom(name))

const list = (
  latest: readonly (readonly [string, number])[],
  wishes: readonly (readonly [string, Partial<RoomWish>])[] = [],
) =>
  listRooms({
    rooms,
    latest: new Map(latest.map(([name, ms]) => [fakeLogId(name), at(ms)])),
    unread: new Map(),
    wishes: new Map(wishes.map(([name, wish]) => [fakeLogId(name), { ...noRoomWish, ...wish }])),
    nowMs: 1_000,
  })

test('where something was said last comes first; where nothing was, general and then by name', () => {
  expect(names(list([]).others)).toEqual(['general', 'Attic', 'Garden', 'Kitchen'])
  expect(
    names(
      list([
        ['Kitchen', 10],
        ['Attic', 20],
      ]).others,
    ),
  ).toEqual(['Attic', 'Kitchen', 'general', 'Garden'])
})

test('favourites stand apart, and archived ones', () => {
  const { favourites, others, archived } = list(
    [
      ['Kitchen', 10],
      ['Attic', 20],
      ['Garden', 30],
    ],
    [
      ['Kitchen', { isFavourite: true }],
      ['Attic', { archivedAtMs: 20 }],
      ['Garden', { archivedAtMs: 29 }],
    ],
  )
  expect([names(favourites), names(others), names(archived)]).toEqual([
    ['Kitchen'],
    ['Garden', 'general'],
    ['Attic'],
  ])
})

test('ux 23: direct messages of somebody blocked never show', () => {
  const seen = {
    rooms: [directRoom({ ...bob, isBlocked: true })],
    latest: new Map<LogId, LatestLine>(),
    unread: new Map(),
    wishes: new Map(),
    nowMs: 0,
  }
  expect(listRooms(seen)).toEqual({ favourites: [], others: [], archived: [] })
})

test('each room stands in exactly one place, whatever is wished, and never below one that is quieter', () => {
  const anyWish = fc.record({
    isFavourite: fc.boolean(),
    tells: fc.constant('all' as const),
    mutedUntil: fc.constantFrom(undefined, 'forGood' as const, 500, 2_000),
    archivedAtMs: fc.option(fc.nat(2_000), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(2_000), anyWish)), (drawn) => {
      const shown = list(
        drawn.map(([index, ms]) => [rooms[index]?.name ?? '', ms]),
        drawn.map(([index, , wish]) => [rooms[index]?.name ?? '', wish]),
      )
      const sections = [shown.favourites, shown.others, shown.archived]
      expect(sections.flatMap(names).sort()).toEqual(rooms.map(({ name }) => name).sort())
      for (const section of sections) {
        const times = section.map(({ latest }) => latest?.ms ?? 0)
        expect(times).toEqual(times.toSorted((one, other) => other - one))
      }
    }),
  )
})
