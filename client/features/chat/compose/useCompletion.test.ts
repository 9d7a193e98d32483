import { effectScope, nextTick, shallowRef } from 'vue'
import { expect, test } from 'vitest'
import { bob, everybody, mia } from '../../../core/testing/fake-family.ts'
import type { CompletionOption } from './completion-options.ts'
import { useCompletion } from './useCompletion.ts'

const start = (typed: string) => {
  const text = shallowRef(typed)
  const picked: CompletionOption[] = []
  const scope = effectScope()
  const completion = scope.run(() =>
    useCompletion({
      text: () => text.value,
      caret: () => text.value.length,
      mentions: () => [],
      people: () => everybody,
      loadEmoji: () =>
        Promise.resolve([{ emoji: '🎂', name: 'birthday cake', codes: ['birthday'], words: [], group: 4 }]),
      pick: (option) => void picked.push(option),
    }),
  )
  if (!completion) throw new Error('the scope has ended')
  const press = (key: string, more: { isComposing?: boolean; keyCode?: number; shiftKey?: boolean } = {}) => {
    const event = { key, isComposing: false, ...more }
    return completion.takesKey(event as unknown as KeyboardEvent)
  }
  return { text, picked, completion, press, labels: () => completion.options.value.map(({ label }) => label) }
}

test('ux 19: arrows go round, Enter and Tab pick', () => {
  const { picked, completion, press, labels } = start('@')
  expect(labels()).toEqual(['Bob', 'Grandpa Joe', 'Mia Lindqvist', 'ليلى'])
  expect(press('ArrowUp')).toBe(true)
  expect(completion.active.value).toBe(3)
  press('ArrowDown')
  press('Enter')
  press('ArrowDown')
  press('ArrowDown')
  press('Tab')
  expect(picked.map(({ person }) => person)).toEqual([bob, mia])
})

test('ux 16: composing an accent or kanji picks nothing', () => {
  const { picked, press } = start('@b')
  expect(press('Enter', { isComposing: true })).toBe(false)
  expect(press('Enter', { keyCode: 229 })).toBe(false)
  expect(press('Tab', { isComposing: true })).toBe(false)
  expect(picked).toEqual([])
})

test('ux 19: Esc closes it until something else is begun', async () => {
  const { text, press, labels } = start('@b')
  expect(press('Escape')).toBe(true)
  expect(labels()).toEqual([])
  expect(press('Enter')).toBe(false)
  text.value = '@bo'
  await nextTick()
  expect(labels()).toEqual([])
  text.value = 'hi @bo'
  await nextTick()
  expect(labels()).toEqual(['Bob'])
})

test('ux 36: the Tab key leads back out of the field', () => {
  const { press, labels } = start('@b')
  expect(press('Tab', { shiftKey: true })).toBe(false)
  expect(labels()).toEqual([])
})

test('ux 19: other keys, and all keys where nothing fits, are typed', () => {
  expect(start('@b').press('x')).toBe(false)
  expect(start('@b').press('Enter', { shiftKey: true })).toBe(false)
  expect(start('@nobody').press('Enter')).toBe(false)
  expect(start('hello').press('ArrowUp')).toBe(false)
})

test('ux 19: emoji are asked for when first wanted', async () => {
  const { text, labels } = start('so')
  text.value = 'so :bi'
  await nextTick()
  await nextTick()
  expect(labels()).toEqual([':birthday:'])
})
