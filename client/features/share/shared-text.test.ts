import { expect, test } from 'vitest'
import { logLimits } from '../../../shared/limits.ts'
import { addToDraft, readSharedText } from './shared-text.ts'

const read = (given: Record<string, string>) => readSharedText(new URLSearchParams(given).toString())

test('what another app hands over reads as it would have been typed', () => {
  expect(read({ title: 'Soup', text: 'The best', url: 'https://soup.example' })).toBe(
    'Soup\nThe best\nhttps://soup.example',
  )
})

test('what is said twice is taken once', () => {
  expect(read({ text: 'Look: https://soup.example', url: 'https://soup.example' })).toBe(
    'Look: https://soup.example',
  )
})

test('nothing is nothing, and no flood comes in', () => {
  expect(read({ title: ' ', other: 'x' })).toBeUndefined()
  expect(read({ text: 'x'.repeat(100_000) })?.length).toBe(logLimits.maxTextBytes)
})

test('what was begun in the room stays above it', () => {
  expect(addToDraft('', 'Soup')).toBe('Soup')
  expect(addToDraft('Look: \n', 'Soup')).toBe('Look:\nSoup')
})
