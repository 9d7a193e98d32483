import { expect, test } from 'vitest'
import { serverEventKinds } from '../../../shared/server-overview.ts'
import { describeServerEvent, detailOf, isWorrying, sayRate } from './event-words.ts'

test('every event of the server is a sentence of its own', () => {
  const sentences = serverEventKinds.map((kind) => describeServerEvent({ kind, who: 'Bob' }))
  expect(new Set(sentences).size).toBe(serverEventKinds.length)
  for (const sentence of sentences) expect(sentence).toMatch(/^Bob [a-z ]+$/)
})

test('A4: where nobody is known by that name, nobody is named', () => {
  expect(describeServerEvent({ kind: 'signInFailed' })).toBe('Somebody could not sign in')
})

test('address and reason stand beside it, where there are any', () => {
  expect(detailOf({})).toBe('')
  expect(detailOf({ address: '192.0.2.7' })).toBe('from 192.0.2.7')
  expect(detailOf({ address: '192.0.2.7', why: '4001' })).toBe('from 192.0.2.7 · 4001')
})

test('failures stand out, everyday matters do not', () => {
  expect(serverEventKinds.filter((kind) => isWorrying({ kind }))).toEqual([
    'signInFailed',
    'limited',
    'socketRefused',
  ])
})

test('one is one, and rates are round', () => {
  expect(sayRate(1)).toBe('1 message a minute')
  expect(sayRate(0)).toBe('0 messages a minute')
  expect(sayRate(1.04)).toBe('1 message a minute')
  expect(sayRate(2.345)).toBe('2.3 messages a minute')
})
