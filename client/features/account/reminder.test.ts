import { expect, test } from 'vitest'
import { createReminder } from './reminder.ts'

const day = 24 * 60 * 60_000

const createStorage = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

test('ux 4: put off, the phrase is spoken of again the next day', () => {
  let now = 1_700_000_000_000
  const reminder = createReminder({ storage: createStorage(), nowMs: () => now })
  expect(reminder.isPaused()).toBe(false)
  reminder.pause()
  expect(reminder.isPaused()).toBe(true)
  now += day - 1
  expect(reminder.isPaused()).toBe(true)
  now += 1
  expect(reminder.isPaused()).toBe(false)
})

test('ux 4: a clock that was wrong once, or a strange entry, does not silence it for good', () => {
  let now = 1_700_000_000_000 + 1_000 * day
  const storage = createStorage()
  const reminder = createReminder({ storage, nowMs: () => now })
  reminder.pause()
  now -= 1_000 * day
  expect(reminder.isPaused()).toBe(false)
  for (const strange of ['', 'x', 'Infinity', '-1', 'null'])
    expect(
      createReminder({ storage: { ...storage, getItem: () => strange }, nowMs: () => now }).isPaused(),
    ).toBe(false)
})

test('a full or missing store is no trouble', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('QuotaExceededError')
    },
  }
  for (const storage of [full, undefined]) {
    const reminder = createReminder({ storage, nowMs: () => 1 })
    reminder.pause()
    expect(reminder.isPaused()).toBe(false)
  }
})
