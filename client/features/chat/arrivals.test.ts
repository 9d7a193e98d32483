import { describe, expect, test } from 'vitest'
import type { TimelineItem, TimelineView } from '../../core/hearth.ts'
import { anna, bob } from '../../core/testing/fake-family.ts'
import { announce, findArrivals } from './arrivals.ts'

const said = (key: string, author = bob): TimelineItem => ({ type: 'message', key, ms: 0, author, text: key })
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

test('ux 36: a flood is counted, not read out', () => {
  const arrivals = (count: number) =>
    findArrivals(view(), view(...Array.from({ length: count }, (_, index) => said(`m${index}`))))
  expect(announce(arrivals(2))).toBe('Bob: m0\nBob: m1')
  expect(announce(arrivals(40))).toBe('40 new messages')
})
