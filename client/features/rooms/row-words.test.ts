import { expect, test } from 'vitest'
import { anna, bob, everybody } from '../../core/testing/fake-family.ts'
import { nothingUnread } from './list-rooms.ts'
import { createRowTime } from './row-time.ts'
import { countUnread, describeMarks, describeRoom, inOneLine } from './row-words.ts'
import { directRoom, someRoom } from './testing/some-room.ts'

const garden = someRoom('Garden', { members: everybody })
const latest = { ms: 1, author: bob, text: 'The beans\nare up', type: 'message' as const }

test('a row says who said what last, in one line', () => {
  expect(describeRoom(garden, latest, nothingUnread)).toEqual({ who: 'Bob', text: 'The beans are up' })
  expect(describeRoom(garden, { ...latest, author: anna }, nothingUnread).who).toBe('You')
  expect(describeRoom(directRoom(bob), latest, nothingUnread)).toEqual({ text: 'The beans are up' })
})

test('a row tells calls and deleted messages in words', () => {
  const call = { ...latest, text: '', type: 'call' as const }
  expect(describeRoom(garden, call, { ...nothingUnread, hasMissedCall: true }).text).toBe('Missed call')
  expect(describeRoom(garden, call, nothingUnread).text).toBe('Call')
  expect(describeRoom(garden, { ...call, author: anna }, nothingUnread).text).toBe('You called')
  expect(describeRoom(garden, { ...call, type: 'erased' }, nothingUnread).text).toBe('A message was deleted')
})

test('as long as nothing was said, a row tells who is there', () => {
  expect(describeRoom(garden, undefined, nothingUnread).text).toBe('5 people')
  expect(describeRoom(someRoom('Attic'), undefined, nothingUnread).text).toBe('1 person')
  expect(describeRoom(someRoom('general'), undefined, nothingUnread).text).toBe('Everybody')
  expect(describeRoom(directRoom(bob), undefined, nothingUnread).text).toBe('Here')
})

test('a long text is cut, and no character in two', () => {
  const cut = inOneLine('😀'.repeat(200).slice(1))
  expect(cut.length).toBeLessThanOrEqual(161)
  expect(cut.at(-2)).not.toMatch(/[\uD800-\uDBFF]/u)
})

test('ux 36: marks are told in words', () => {
  const unread = { messages: 3, mentions: 1, hasMissedCall: true }
  const is = { isMuted: true, isPrivate: true, isFavourite: false }
  expect(describeMarks(unread, is)).toBe('3 unread messages, you are mentioned, missed call, muted, private')
  expect(describeMarks({ ...nothingUnread, messages: 1 }, { ...is, isMuted: false, isPrivate: false })).toBe(
    '1 unread message',
  )
  expect([countUnread({ messages: 99 }), countUnread({ messages: 100 })]).toEqual(['99', '99+'])
})

test('the time of a row: of today, of the week, of the year, and before', () => {
  const timeOf = createRowTime({ locale: 'en-GB', timeZone: 'Europe/Berlin' })
  const now = Date.parse('2026-03-29T10:00:00Z')
  const told = [
    '2026-03-29T07:05:00Z',
    '2026-03-28T22:30:00Z',
    '2026-03-01T12:00:00Z',
    '2025-12-24T12:00:00Z',
  ]
  expect(told.map((moment) => timeOf(Date.parse(moment), now))).toEqual([
    '9:05',
    'Sat',
    '1 Mar',
    '24/12/2025',
  ])
  expect(timeOf(now + 60_000, now)).toBe('12:01')
})
