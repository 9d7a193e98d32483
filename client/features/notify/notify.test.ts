import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LatestLine, Person, UnreadCount } from '../../core/hearth.ts'
import type { LogId } from '../../core/ports.ts'
import { anna, bob, fakeLogId, mia } from '../../core/testing/fake-family.ts'
import { isQuiet } from '../quiet-hours.ts'
import { noRoomWish, type RoomWish } from '../room-wishes.ts'
import { findArrivals, toldNothing, type Arrival, type Seen } from './arrivals.ts'
import { countToTell, decide, soundPauseMs, type Circumstances } from './decide.ts'
import { countedTitle } from './counted-title.ts'
import { noticeWords } from './notice-words.ts'
import {
  minuteOfTime,
  noNotifySettings,
  parseNotifySettings,
  timeOfMinute,
  writeNotifySettings,
  type NotifySettings,
} from './notify-settings.ts'

const garden = fakeLogId('Garden')
const kitchen = fakeLogId('Kitchen')
const minute = fc.nat(1_439)

const anySettings: fc.Arbitrary<NotifySettings> = fc.record({
  isOn: fc.boolean(),
  content: fc.constantFrom('text' as const, 'name' as const, 'nothing' as const),
  hasSound: fc.boolean(),
  quiet: fc.record({
    isOn: fc.boolean(),
    fromMinute: minute,
    toMinute: minute,
    callsRing: fc.boolean(),
  }),
  isOfferAnswered: fc.boolean(),
})
const anyWish: fc.Arbitrary<RoomWish> = fc.record({
  isFavourite: fc.boolean(),
  tells: fc.constantFrom('all' as const, 'mentions' as const, 'none' as const),
  mutedUntil: fc.constantFrom(undefined, 'forGood' as const, 5_000, 15_000),
  archivedAtMs: fc.constantFrom(undefined, 1),
})
const anyArrival: fc.Arbitrary<Arrival> = fc.record({
  room: fc.constantFrom(garden, kitchen),
  type: fc.constantFrom('message' as const, 'missedCall' as const),
  author: fc.constantFrom<Person>(anna, bob, { ...mia, isBlocked: true }),
  text: fc.string(),
  isMention: fc.boolean(),
})
const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
  settings: anySettings,
  wish: anyWish,
  nowMs: fc.integer({ min: 0, max: 20_000 }),
  minuteOfDay: minute,
  roomLookedAt: fc.constantFrom(undefined, garden, kitchen),
  lastSoundMs: fc.option(fc.nat(20_000), { nil: undefined }),
})
const silence = { notifies: false, sounds: false }
const plainly: Circumstances = {
  settings: { ...noNotifySettings, isOn: true },
  wish: noRoomWish,
  nowMs: 10_000,
  minuteOfDay: 720,
  roomLookedAt: undefined,
  lastSoundMs: undefined,
}
const hello: Arrival = { room: garden, type: 'message', author: bob, text: 'Hello', isMention: false }

test('ux 33, 34: told is what is wanted, and nothing else', () => {
  expect(decide(hello, plainly)).toEqual({ notifies: true, sounds: true })
  fc.assert(
    fc.property(anyArrival, anyCircumstances, (arrival, is) => {
      const { settings, wish, nowMs } = is
      const isUnwanted =
        !settings.isOn ||
        arrival.author.isMe ||
        arrival.author.isBlocked ||
        arrival.room === is.roomLookedAt ||
        wish.tells === 'none' ||
        wish.mutedUntil === 'forGood' ||
        (wish.mutedUntil ?? 0) > nowMs ||
        (wish.tells === 'mentions' && !arrival.isMention && arrival.type === 'message') ||
        isQuiet(settings.quiet, is.minuteOfDay)
      expect(decide(arrival, is).notifies).toBe(!isUnwanted)
    }),
  )
})

test('ux 34: nothing sounds that is not shown, and a flood sounds once', () => {
  fc.assert(
    fc.property(anyArrival, anyCircumstances, (arrival, is) => {
      const { notifies, sounds } = decide(arrival, is)
      if (sounds) expect([notifies, is.settings.hasSound]).toEqual([true, true])
      const atOnce = { ...is, lastSoundMs: is.nowMs - soundPauseMs + 1 }
      expect(decide(arrival, atOnce).sounds).toBe(false)
    }),
  )
})

test('ux 34: never for the room one is looking at', () => {
  fc.assert(
    fc.property(anyArrival, anyCircumstances, (arrival, is) => {
      expect(decide(arrival, { ...is, roomLookedAt: arrival.room })).toEqual(silence)
    }),
  )
})

test('ux 33: a room that only tells of mentions tells of them, and of missed calls', () => {
  const is = { ...plainly, wish: { ...noRoomWish, tells: 'mentions' as const } }
  expect(decide(hello, is)).toEqual(silence)
  expect(decide({ ...hello, isMention: true }, is).notifies).toBe(true)
  expect(decide({ ...hello, type: 'missedCall' }, is).notifies).toBe(true)
})

test('quiet hours: each minute of the day is inside or outside, and they turn round when their ends do', () => {
  fc.assert(
    fc.property(minute, minute, minute, (fromMinute, toMinute, now) => {
      const quiet = { isOn: true, fromMinute, toMinute }
      const turned = { isOn: true, fromMinute: toMinute, toMinute: fromMinute }
      if (fromMinute !== toMinute) expect(isQuiet(quiet, now)).toBe(!isQuiet(turned, now))
      else expect(isQuiet(quiet, now)).toBe(true)
      expect(isQuiet({ ...quiet, isOn: false }, now)).toBe(false)
    }),
  )
  const night = { isOn: true, fromMinute: 1_320, toMinute: 420 }
  expect([1_319, 1_320, 0, 419, 420].map((now) => isQuiet(night, now))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
})

test('settings are read as they were written, and what cannot be read is none', () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const text = writeNotifySettings(settings)
      expect(parseNotifySettings(text)).toEqual(settings)
      expect(parseNotifySettings(text.slice(0, -1))).toEqual(noNotifySettings)
    }),
  )
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseNotifySettings(text)).toEqual(noNotifySettings)
    }),
  )
  expect(parseNotifySettings(null).isOn).toBe(false)
})

test('ux 33: hours chosen before calls were asked about hold, and calls ring in them', () => {
  const { callsRing: _unasked, ...before } = { ...noNotifySettings.quiet, isOn: true, fromMinute: 60 }
  const kept = JSON.stringify({ ...noNotifySettings, isOn: true, quiet: before })
  expect(parseNotifySettings(kept)).toEqual({
    ...noNotifySettings,
    isOn: true,
    quiet: { ...before, callsRing: true },
  })
})

test('times of day are read as they are written', () => {
  fc.assert(fc.property(minute, (at) => minuteOfTime(timeOfMinute(at)) === at))
  expect(['', '24:00', '7:5', 'noon'].map(minuteOfTime)).toEqual(Array(4).fill(undefined))
})

const line = (ms: number, is: Partial<LatestLine> = {}): LatestLine => ({
  ms,
  author: bob,
  text: 'Hello',
  type: 'message',
  ...is,
})
const seen = (latest: LatestLine | undefined, unread: Partial<UnreadCount> = {}): Seen => ({
  latest: new Map(latest && [[garden, latest]]),
  unread: new Map([[garden, { messages: 0, mentions: 0, hasMissedCall: false, ...unread }]]),
})
const follow = (steps: readonly Seen[], sinceMs = 100) => {
  let told = toldNothing(sinceMs)
  return steps.map((step) => {
    const found = findArrivals(told, step)
    told = found.told
    return found.arrivals.map(({ type, isMention }) => (isMention ? `${type}!` : type))
  })
}

test('what lay there when Hearth was opened is no news, what comes then is, once', () => {
  expect(
    follow([
      seen(line(90), { messages: 4 }),
      seen(line(110), { messages: 5 }),
      seen(line(110), { messages: 5 }),
      seen(line(120), { messages: 6, mentions: 1 }),
      seen(line(130), { messages: 7, mentions: 1 }),
    ]),
  ).toEqual([[], ['message'], [], ['message!'], ['message']])
})

test('the last line and the count may come one after the other, in whichever order', () => {
  expect(follow([seen(line(110)), seen(line(110), { messages: 1 })])).toEqual([[], ['message']])
  expect(follow([seen(undefined, { messages: 1 }), seen(line(110), { messages: 1 })])).toEqual([
    [],
    ['message'],
  ])
})

test('what was read at once, one’s own words and deleted ones are no news', () => {
  expect(follow([seen(line(110)), seen(line(120, { author: anna }))])).toEqual([[], []])
  expect(follow([seen(line(110, { type: 'erased', text: '' }), { messages: 1 })])).toEqual([[]])
})

test('C6: a missed call is news once, a call that was answered never', () => {
  const call = (ms: number) => line(ms, { type: 'call', text: '' })
  expect(
    follow([
      seen(call(110)),
      seen(call(120), { hasMissedCall: true }),
      seen(call(120), { hasMissedCall: true }),
      seen(call(130)),
      seen(call(140), { hasMissedCall: true }),
    ]),
  ).toEqual([[], ['missedCall'], [], [], ['missedCall']])
})

test('of one message nothing is told twice, whatever is seen in between', () => {
  const step = fc.record({ ms: fc.integer({ min: 95, max: 110 }), messages: fc.nat(3), mentions: fc.nat(2) })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let told = toldNothing(100)
      const told_ms: number[] = []
      for (const { ms, messages, mentions } of steps) {
        const found = findArrivals(told, seen(line(ms), { messages, mentions }))
        told = found.told
        if (found.arrivals.length > 0) told_ms.push(ms)
      }
      expect(told_ms).toEqual(told_ms.toSorted((one, other) => one - other))
      expect(new Set(told_ms).size).toBe(told_ms.length)
      expect(told_ms.every((ms) => ms > 100)).toBe(true)
    }),
  )
})

test('ux 34: the count is of what may be told, and a missed call counts as one', () => {
  const unread = new Map<LogId, UnreadCount>([
    [garden, { messages: 5, mentions: 1, hasMissedCall: true }],
    [kitchen, { messages: 2, mentions: 0, hasMissedCall: false }],
  ])
  const count = (wish: Partial<RoomWish>) =>
    countToTell(unread, (room) => (room === garden ? { ...noRoomWish, ...wish } : noRoomWish), 10_000)
  expect(count({})).toBe(8)
  expect(count({ tells: 'mentions' })).toBe(4)
  expect(count({ tells: 'none' })).toBe(2)
  expect(count({ mutedUntil: 'forGood' })).toBe(2)
  expect(count({ mutedUntil: 9_999 })).toBe(8)
})

test('ux 33: a notification says no more than is wanted', () => {
  const open = { kind: 'open' as const, name: 'Garden' }
  expect(noticeWords(hello, open, 'text')).toEqual({ title: 'Bob · Garden', body: 'Hello' })
  expect(noticeWords(hello, { kind: 'direct', name: 'Bob' }, 'name')).toEqual({
    title: 'Bob',
    body: 'New message',
  })
  fc.assert(
    fc.property(fc.stringMatching(/^[x-z]{8,}$/), (text) => {
      const { title, body } = noticeWords({ ...hello, text }, open, 'nothing')
      expect(`${title} ${body}`).not.toMatch(/Bob|Garden/)
      expect(`${title} ${body}`).not.toContain(text)
      expect(noticeWords({ ...hello, text }, open, 'name').body).not.toContain(text)
    }),
  )
})

test('ux 34: the title counts', () => {
  expect([0, 3, 100].map((count) => countedTitle('Hearth', count))).toEqual([
    'Hearth',
    '(3) Hearth',
    '(99+) Hearth',
  ])
})
