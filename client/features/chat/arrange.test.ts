import { describe, expect, test } from 'vitest'
import { anna, bob, fakePerson } from '../../core/testing/fake-family.ts'
import type { Person, TimelineItem } from '../../core/hearth.ts'
import { arrange, arrangePart, type Day } from './arrange.ts'
import { createCalendar } from './calendar.ts'

const { dayOf } = createCalendar({ locales: ['en'], timeZone: 'Europe/Berlin' })
const at = (iso: string) => Date.parse(iso)
const minute = 60_000
const noon = at('2026-03-28T11:00:00Z')

let made = 0
const said = (ms: number, author: Person, key = `m${made++}`): TimelineItem => ({
  type: 'message',
  key,
  ms,
  author,
  text: key,
})
const joined = (ms: number): TimelineItem => ({
  type: 'event',
  key: `e${made++}`,
  ms,
  person: bob,
  event: 'joined',
})

/** `[` and `]` where a run starts and ends, `e` for an event, `|` between days. */
const draw = (days: Day[]) =>
  days
    .map(({ rows }) =>
      rows
        .map((row) =>
          row.type !== 'message'
            ? row.type[0]
            : `${row.startsRun ? '[' : ''}${row.item.author.name[0]}${row.endsRun ? ']' : ''}`,
        )
        .join(''),
    )
    .join('|')

describe('ux 6: runs of one sender', () => {
  test('hold together within five minutes', () => {
    expect(draw(arrange([said(noon, anna), said(noon + 5 * minute, anna)], { dayOf }))).toBe('[AA]')
    expect(draw(arrange([said(noon, anna), said(noon + 5 * minute + 1, anna)], { dayOf }))).toBe('[A][A]')
  })

  test('may be longer than five minutes as a whole', () => {
    const items = [0, 4, 8, 12].map((minutes) => said(noon + minutes * minute, anna))
    expect(draw(arrange(items, { dayOf }))).toBe('[AAAA]')
  })

  test('end at another sender, at an event and at the line of new messages', () => {
    expect(draw(arrange([said(noon, anna), said(noon, bob), said(noon, anna)], { dayOf }))).toBe('[A][B][A]')
    expect(draw(arrange([said(noon, anna), joined(noon), said(noon, anna)], { dayOf }))).toBe('[A]e[A]')
    const items = [said(noon, bob), said(noon, bob, 'unread'), said(noon, bob)]
    expect(draw(arrange(items, { dayOf, firstUnread: 'unread' }))).toBe('[B][BB]')
  })

  test('two people of one name are two people', () => {
    const other = { ...fakePerson('Anna 2'), name: anna.name }
    expect(draw(arrange([said(noon, anna), said(noon, other)], { dayOf }))).toBe('[A][A]')
  })
})

describe('ux 7: days', () => {
  test('midnight ends a day and a run', () => {
    const beforeMidnight = at('2026-03-28T22:59:00Z')
    const days = arrange([said(beforeMidnight, anna), said(beforeMidnight + minute, anna)], { dayOf })
    expect(draw(days)).toBe('[A]|[A]')
    expect(days.map(({ key }) => key)).toEqual(['2026-03-28', '2026-03-29'])
  })

  test('the hour that comes twice in autumn stays one day, in the order given', () => {
    const first = at('2026-10-25T00:30:00Z')
    const again = at('2026-10-25T01:30:00Z')
    const days = arrange([said(first, anna, 'a'), said(again, anna, 'b')], { dayOf })
    expect(days.flatMap(({ rows }) => rows.map(({ key }) => key))).toEqual(['a', 'b'])
    expect(draw(days)).toBe('[A][A]')
  })

  test('equal times keep the order of the core', () => {
    const keys = ['z', 'a', 'm']
    const days = arrange(
      keys.map((key, index) => said(noon, index % 2 ? bob : anna, key)),
      { dayOf },
    )
    expect(days.flatMap(({ rows }) => rows.map(({ key }) => key))).toEqual(keys)
  })

  test('a day keeps its key when older messages of it come', () => {
    const newer = [said(noon, anna)]
    const [before] = arrange(newer, { dayOf })
    const [after] = arrange([said(noon - minute, bob), ...newer], { dayOf })
    expect(after?.key).toBe(before?.key)
  })
})

test('nothing makes nothing', () => {
  expect(arrange([], { dayOf })).toEqual([])
})

test('every item makes one row, in order, whatever the items are', () => {
  const items = Array.from({ length: 500 }, (_, index) =>
    index % 7 === 0 ? joined(noon + index * 37_000) : said(noon + index * 37_000, index % 3 ? anna : bob),
  )
  const rows = arrange(items, { dayOf }).flatMap((day) => day.rows)
  expect(rows.map(({ key }) => key)).toEqual(items.map(({ key }) => key))
})

test('ux 6: of a part of the rows each is as it is among all', () => {
  const items = [
    said(noon, anna),
    said(noon + minute, anna),
    said(noon + 2 * minute, anna),
    said(noon + 3 * minute, bob),
  ]
  const part = (from: number, to: number) => draw(arrangePart(items, { from, to }, { dayOf }))
  expect(part(0, 4)).toBe('[AAA][B]')
  expect(part(1, 2)).toBe('A')
  expect(part(2, 4)).toBe('A][B]')
  expect(part(0, 1)).toBe('[A')
})

test('ux 6: a day of which no row is there has no heading', () => {
  const days = 24 * 60 * minute
  const items = [said(noon - days, anna), said(noon, anna), said(noon + days, anna)]
  expect(draw(arrangePart(items, { from: 1, to: 2 }, { dayOf }))).toBe('[A]')
})
