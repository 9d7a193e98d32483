import { expect, test } from 'vitest'
import { shallowRef } from 'vue'
import type { TimelineItem } from '../../../core/hearth.ts'
import { anna } from '../../../core/testing/fake-family.ts'
import { createRowWindow } from './row-window.ts'

const itemsFrom = (first: number, end: number): TimelineItem[] =>
  Array.from({ length: end - first }, (_, index) => ({
    type: 'message',
    key: `key ${first + index}`,
    ms: first + index,
    author: anna,
    text: '',
  }))

const setUp = (first: number, end: number) => {
  const items = shallowRef<readonly TimelineItem[]>(itemsFrom(first, end))
  const { range, goTo } = createRowWindow({
    items: () => items.value,
    dayOf: () => 'one day',
    scroller: () => null,
  })
  const shown = () => {
    const { from, to } = range.value
    const keys = items.value.slice(from, to).map(({ key }) => key)
    return [keys[0], keys.at(-1)]
  }
  return { items, range, goTo, shown }
}

test('ux 9: what comes before the rows stays out of the document, and what is new at the end is there', () => {
  const { items, range, shown } = setUp(500, 600)
  expect(shown()).toEqual(['key 500', 'key 599'])
  items.value = itemsFrom(0, 610)
  expect(shown()).toEqual(['key 500', 'key 609'])
  expect(range.value.abovePx).toBeGreaterThan(0)
  expect(range.value.belowPx).toBe(0)
})

test('ux 9: of rows that have gone, those next to them that are left are shown', () => {
  const { items, shown } = setUp(500, 600)
  items.value = itemsFrom(0, 600)
  expect(shown()).toEqual(['key 500', 'key 599'])
  items.value = itemsFrom(550, 600)
  expect(shown()).toEqual(['key 550', 'key 599'])
})

test('ux 9: where all rows that were shown have gone, the newest are', () => {
  const { items, goTo, shown } = setUp(500, 600)
  items.value = itemsFrom(0, 600)
  expect(shown()).toEqual(['key 500', 'key 599'])
  goTo('key 20')
  expect(shown()).toEqual(['key 10', 'key 29'])
  items.value = itemsFrom(550, 600)
  expect(shown()[1]).toBe('key 599')
  items.value = itemsFrom(700, 704)
  expect(shown()).toEqual(['key 700', 'key 703'])
  items.value = []
  expect(shown()).toEqual([undefined, undefined])
  items.value = itemsFrom(800, 900)
  expect(shown()[1]).toBe('key 899')
})
