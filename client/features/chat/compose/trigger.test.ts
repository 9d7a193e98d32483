import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anna, bob, everybody, fakePerson, mia } from '../../../core/testing/fake-family.ts'
import { findMentioned } from './find-mentioned.ts'
import { findTrigger } from './trigger.ts'

describe('ux 19: what is being completed', () => {
  test.each([
    ['@', { type: 'person', start: 0, query: '' }],
    ['hi @bo', { type: 'person', start: 3, query: 'bo' }],
    ['hi @Mia Li', { type: 'person', start: 3, query: 'Mia Li' }],
    ['a\n@b', { type: 'person', start: 2, query: 'b' }],
    ['**@b', { type: 'person', start: 2, query: 'b' }],
    [':ca', { type: 'emoji', start: 0, query: 'ca' }],
    ['so :cat_f', { type: 'emoji', start: 3, query: 'cat_f' }],
    ['/', { type: 'command', start: 0, query: '' }],
    ['/sh', { type: 'command', start: 0, query: 'sh' }],
  ])('%j', (text, expected) => expect(findTrigger(text, text.length)).toEqual(expected))

  test.each([
    '',
    'anna@example.org',
    'at 10:30',
    ':c',
    'https://a',
    'so: ca',
    '@ home',
    'a /sh',
    '/usr/bin',
    '/dm ',
    '@Bob\nx',
    `@${'x'.repeat(41)}`,
  ])('nothing: %j', (text) => expect(findTrigger(text, text.length)).toBeUndefined())

  test('only what stands before the caret', () => {
    expect(findTrigger('@bo and more', 3)).toMatchObject({ query: 'bo' })
    expect(findTrigger('@bo', 0)).toBeUndefined()
  })

  test('a trigger always ends at the caret', () => {
    const text = fc.string({ unit: fc.constantFrom('@', ':', '/', ' ', 'a', 'b', '\n', '🎂') })
    fc.assert(
      fc.property(text, fc.nat(), (typed, place) => {
        const caret = place % (typed.length + 1)
        const trigger = findTrigger(typed, caret)
        if (trigger) expect(typed.slice(trigger.start + 1, caret)).toBe(trigger.query)
      }),
    )
  })
})

describe('ux 19: whom an @ may mean', () => {
  const names = (query: string, people = everybody) => findMentioned(query, people).map(({ name }) => name)

  test('beginnings first, then later words; neither accents nor capitals matter', () => {
    const zoe = fakePerson('Zoë Bobson')
    expect(names('bo', [...everybody, zoe])).toEqual(['Bob', 'Zoë Bobson'])
    expect(names('ZOE', [zoe])).toEqual(['Zoë Bobson'])
    expect(names('mia lind')).toEqual(['Mia Lindqvist'])
    expect(names('ل')).toEqual(['ليلى'])
  })

  test('neither oneself, nor who has left, nor who is blocked', () => {
    expect(names('', [anna, { ...bob, isRemoved: true }, { ...mia, isBlocked: true }])).toEqual([])
    expect(names('')).not.toContain('Anna')
  })
})
