import { describe, expect, test } from 'vitest'
import type { TimelineItem, TimelineView } from '../../core/hearth.ts'
import { anna, bob } from '../../core/testing/fake-family.ts'
import { announce, findArrivals } from './arrivals.ts'

const said = (key: string, author = bob): TimelineItem => ({ type: 'message', key, ms: 0, author, text: key })
const missed = (key: string, by = bob, called = [anna]): TimelineItem => ({
  type: 'call',
  key,
  ms: 0,
  by,
  outcome: 'missed',
  durationMs: 0,
  hadVideo: false,
  tookPart: [by],
  called,
})
const view = (...items: TimelineItem[]): TimelineView => ({ items, hasOlder: false, status: 'ready' })
const keys = (before: TimelineView, after: TimelineView) => findArrivals(before, after).map(({ key }) => key)

describe('ux 36: only what others say now is announced', () => {
  test('what was there at opening is history', () => {
    expect(keys({ ...view(), status: 'loading' }, view(said('a')))).toEqual([])
  })

  test('older pages are history', () => {
    expect(keys(view(said('c')), view(said('a'), said('b'), said('c')))).toEqual([])
  })

  test('what comes at the end arrives, my own does not', () => {
    expect(keys(view(said('a')), view(said('a'), said('b'), said('mine', anna)))).toEqual(['b'])
  })

  test('what comes late and takes its place in between arrives', () => {
    expect(keys(view(said('a'), said('c')), view(said('a'), said('late'), said('c')))).toEqual(['late'])
  })

  test('the first words in an empty room arrive', () => {
    expect(keys(view(), view(said('a')))).toEqual(['a'])
  })

  test('people who join are no news', () => {
    const joined: TimelineItem = { type: 'event', key: 'e', ms: 0, person: bob, event: 'joined' }
    expect(keys(view(said('a')), view(said('a'), joined))).toEqual([])
  })
})

test('ux 36: what is read out has no marks, and keeps what is hidden to itself', () => {
  const arrivals = findArrivals(view(), view(said('**Now**, ||the butler||')))
  expect(announce(arrivals)).toMatch(/^Bob: Now, /)
  expect(announce(arrivals)).not.toContain('butler')
})

test('ux 36: a flood is counted, not read out', () => {
  const arrivals = (count: number) =>
    findArrivals(view(), view(...Array.from({ length: count }, (_, index) => said(`m${index}`))))
  expect(announce(arrivals(2))).toBe('Bob: m0\nBob: m1')
  expect(announce(arrivals(40))).toBe('40 new messages')
})

describe('ux 26: a missed call makes the room unread', () => {
  test('one of somebody else’s is news, and is said in words', () => {
    const arrivals = findArrivals(view(said('a')), view(said('a'), missed('call')))
    expect(announce(arrivals)).toBe('Missed call from Bob')
  })

  test('my own that nobody answered is none', () => {
    expect(keys(view(said('a')), view(said('a'), missed('mine', anna, [bob])))).toEqual([])
  })

  test('one that I was in is none', () => {
    const was: TimelineItem = {
      ...missed('was'),
      outcome: 'answered',
      durationMs: 1,
      tookPart: [anna, bob],
    } as TimelineItem
    expect(keys(view(said('a')), view(said('a'), was))).toEqual([])
  })
})
