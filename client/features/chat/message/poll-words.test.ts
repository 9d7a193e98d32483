import { expect, test } from 'vitest'
import type { Person, PollView } from '../../../core/hearth.ts'
import { choicesAfter, countAnswers, nameVoters, shareOf } from './poll-words.ts'
import { nameReaction } from './reaction-words.ts'

const bob = { id: 'bob', name: 'Bob', isMe: false } as unknown as Person
const me = { id: 'me', name: 'Anna', isMe: true } as unknown as Person
const poll = (mine: number[], allowsSeveral: boolean): PollView => ({
  allowsSeveral,
  options: ['tea', 'coffee', 'milk'].map((text, place) => ({
    text,
    voters: mine.includes(place) ? [me] : [],
    isMine: mine.includes(place),
  })),
})

test('a press chooses, another takes back, and a second answer goes over the first where one is allowed', () => {
  expect(choicesAfter(poll([], false), 1)).toEqual([1])
  expect(choicesAfter(poll([1], false), 1)).toEqual([])
  expect(choicesAfter(poll([1], false), 2)).toEqual([2])
  expect(choicesAfter(poll([1], true), 2)).toEqual([1, 2])
  expect(choicesAfter(poll([1, 2], true), 1)).toEqual([2])
})

test('shares and names', () => {
  expect(shareOf({ text: 'tea', voters: [bob], isMine: false }, 4)).toBe(0.25)
  expect(shareOf({ text: 'tea', voters: [], isMine: false }, 0)).toBe(0)
  expect([0, 1, 2].map(countAnswers)).toEqual([
    'Nobody has answered yet',
    '1 person answered',
    '2 people answered',
  ])
  expect(nameVoters([])).toBe('Nobody yet')
  expect(nameVoters([bob, me])).toBe('Bob and You')
  expect(nameReaction({ emoji: '👍', people: [me, bob], isMine: true })).toBe('👍 from Bob and you')
})
