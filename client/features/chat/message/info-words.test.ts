import { expect, test } from 'vitest'
import { anna, bob, mia } from '../../../core/testing/fake-family.ts'
import { sayPlainly } from '../sentence.ts'
import { describeFirstWritten, describeWritten } from './info-words.ts'

test('ux 13: who wrote a message, and who says who wrote it first', () => {
  expect(sayPlainly(describeWritten(bob, '18:30'))).toBe('18:30 by Bob')
  expect(sayPlainly(describeWritten(anna, '18:30'))).toBe('18:30 by you')
  const said = (first: typeof bob, teller: typeof bob) => sayPlainly(describeFirstWritten(first, teller))
  expect(said(mia, bob)).toBe('First written by Mia Lindqvist, as Bob says')
  expect(said(anna, bob)).toBe('First written by you, as Bob says')
  expect(said(bob, anna)).toBe('First written by Bob, as you say')
  expect(said(anna, anna)).toBe('First written by you, as you say')
})
