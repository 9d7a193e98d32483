import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { Person } from '../hearth.ts'
import { foldAnnotations, nameOfTarget, type AnnotationFact } from './annotations.ts'
import { showMessage } from './show-message.ts'

const accounts = ['anna', 'bob', 'carla'] as AccountId[]
const says: fc.Arbitrary<AnnotationFact['says']> = fc.oneof(
  fc.record({
    type: fc.constant('edit' as const),
    target: fc.constant({ feed: 1, seq: 0 }),
    content: fc.record({ text: fc.constantFrom('one', 'two', 'three') }),
  }),
  fc.record({
    type: fc.constant('reaction' as const),
    target: fc.constant({ feed: 1, seq: 0 }),
    emoji: fc.constantFrom('👍', '❤️', undefined),
  }),
  fc.record({
    type: fc.constant('vote' as const),
    target: fc.constant({ feed: 1, seq: 0 }),
    choices: fc.uniqueArray(fc.nat({ max: 2 })),
  }),
  fc.record({
    type: fc.constant('pin' as const),
    target: fc.constant({ feed: 1, seq: 0 }),
    isPinned: fc.boolean(),
  }),
)
const facts = fc
  .array(
    fc.record({
      account: fc.constantFrom(...accounts),
      time: fc.record({ ms: fc.nat({ max: 5 }), counter: fc.nat({ max: 2 }) }),
      says,
    }),
    { maxLength: 20 },
  )
  .map((list) => list.map((fact, seq): AnnotationFact => ({ ...fact, place: { page: 0, feed: 2, seq } })))

test('G7: what a message has become is the same in whatever order it was heard', () => {
  fc.assert(
    fc.property(facts, fc.infiniteStream(fc.nat()), (list, randoms) => {
      const shuffled = list
        .map((fact) => ({ fact, at: randoms.next().value as number }))
        .sort((left, right) => left.at - right.at)
        .map(({ fact }) => fact)
      const plain = (folded: ReturnType<typeof foldAnnotations>) =>
        [...folded].map(([name, one]) => [name, one.edits, [...one.reactions], [...one.votes], one.pin])
      expect(plain(foldAnnotations(shuffled))).toEqual(plain(foldAnnotations(list)))
    }),
  )
})

test('one person has one reaction and one vote, however many they gave', () => {
  fc.assert(
    fc.property(facts, (list) => {
      for (const { reactions, votes } of foldAnnotations(list).values()) {
        expect(reactions.size).toBeLessThanOrEqual(accounts.length)
        expect(votes.size).toBeLessThanOrEqual(accounts.length)
      }
    }),
  )
})

const person = (account: AccountId) =>
  ({ id: account, name: account, isMe: account === 'anna' }) as unknown as Person
const show = (
  list: Omit<AnnotationFact, 'place'>[],
  poll?: { options: string[]; allowsSeveral: boolean },
) => {
  const folded = foldAnnotations(list.map((fact, seq) => ({ ...fact, place: { page: 0, feed: 2, seq } })))
  const annotated = folded.get(nameOfTarget({ feed: 1, seq: 0 }))
  const content = { text: 'first', ...(poll && { poll }) }
  return showMessage(content, { author: 'bob' as AccountId, ms: 1, annotated }, person)
}
const target = { feed: 1, seq: 0 }
const edit = (account: string, ms: number, text: string) => ({
  account: account as AccountId,
  time: { ms, counter: 0 },
  says: { type: 'edit' as const, target, content: { text } },
})
const vote = (account: string, ms: number, choices: number[]) => ({
  account: account as AccountId,
  time: { ms, counter: 0 },
  says: { type: 'vote' as const, target, choices },
})

test('nobody edits what somebody else said', () => {
  expect(show([edit('anna', 5, 'forged')])).toEqual({ text: 'first' })
  expect(show([edit('bob', 5, 'second'), edit('anna', 6, 'forged'), edit('bob', 7, 'third')])).toEqual({
    text: 'third',
    edited: {
      ms: 7,
      earlier: [
        { ms: 1, text: 'first' },
        { ms: 5, text: 'second' },
      ],
    },
  })
})

test('a poll counts each person once, and its question stays as it was asked', () => {
  const poll = { options: ['tea', 'coffee'], allowsSeveral: false }
  const shown = show(
    [vote('anna', 2, [0, 1]), vote('carla', 3, [1]), vote('carla', 4, [0, 7]), edit('bob', 9, 'other?')],
    poll,
  )
  expect(shown.text).toBe('first')
  expect(shown.poll?.options.map(({ voters, isMine }) => [voters.map(({ name }) => name), isMine])).toEqual([
    [['anna', 'carla'], true],
    [[], false],
  ])
})
