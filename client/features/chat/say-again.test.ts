import { expect, test } from 'vitest'
import { sayAgain } from './say-again.ts'

test('ux 36: the same words once more are others to a screen reader, and look the same', () => {
  const once = sayAgain('', 'Copied')
  const twice = sayAgain(once, 'Copied')
  const thrice = sayAgain(twice, 'Copied')
  expect(once).toBe('Copied')
  expect(twice).not.toBe(once)
  expect(twice.trim()).toBe('Copied')
  expect(thrice).not.toBe(twice)
})
