import { expect, test } from 'vitest'
import { nothingAsked, queryOf } from './asked.ts'

test('ux 24: days are whole days where the reader is, the last one included', () => {
  const query = queryOf({ ...nothingAsked, afterDay: '2026-03-28', beforeDay: '2026-03-29' }, 30)
  expect(new Date(query.afterMs!).toString()).toContain('Mar 28 2026 00:00:00')
  expect(new Date(query.beforeMs!).toString()).toContain('Mar 30 2026 00:00:00')
})

test('ux 24: what is not chosen does not narrow', () => {
  expect(queryOf({ ...nothingAsked, words: 'lake', afterDay: 'soon' }, 30)).toEqual({
    words: 'lake',
    limit: 30,
  })
})
