import { expect, test } from 'vitest'
import { sentencesFor } from './words.ts'

test('ux 45: words say what happened, whether data is safe and what to do', () => {
  expect(sentencesFor({ type: 'quotaExceeded' })).toBe(
    'There is no space left on this device. Everything saved so far is safe. Free some space, then try again.',
  )
  expect(sentencesFor({ type: 'nameTooLong', limit: 40 })).toContain('at most 40 characters')
})
