import { expect, test } from 'vitest'
import { hasBeenHere, rememberBeingHere } from './been-here.ts'

const createStorage = (setItem?: Storage['setItem']): Storage => {
  const rows = new Map<string, string>()
  return {
    length: 0,
    clear: () => rows.clear(),
    key: () => null,
    getItem: (key) => rows.get(key) ?? null,
    removeItem: (key) => void rows.delete(key),
    setItem: setItem ?? ((key, value) => void rows.set(key, value)),
  }
}

test('a browser that was here is known by its mark, and a new one by its absence', () => {
  const storage = createStorage()
  expect(hasBeenHere(storage)).toBe(false)
  rememberBeingHere(storage)
  expect(hasBeenHere(storage)).toBe(true)
})

test('a browser that has no such storage, or no room in it, goes without', () => {
  expect(hasBeenHere(undefined)).toBe(false)
  expect(() => rememberBeingHere(undefined)).not.toThrow()
  const full = createStorage(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  expect(() => rememberBeingHere(full)).not.toThrow()
})
