import { expect, test } from 'vitest'
import { describeHistory } from './history-words.ts'

const backToMs = Date.UTC(2024, 2, 10)

test('Y5: the month and about how many messages are left', () => {
  const { backTo, left } = describeHistory(
    { backToMs, fraction: 0.3, messagesLeft: 12_345 },
    { timeZone: 'UTC' },
  )
  expect(backTo).toBe('Fetching the history: back to March 2024')
  expect(left).toBe('about 12,500 messages left')
})

test('Y5: where nobody can say how much is left, nothing is said of it', () => {
  expect(describeHistory({ backToMs, fraction: 0.3, messagesLeft: 0 }).left).toBeUndefined()
})
