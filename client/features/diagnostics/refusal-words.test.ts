import { expect, test } from 'vitest'
import type { RefusedThing } from '../../core/hearth.ts'
import { anna, bob } from '../../core/testing/fake-family.ts'
import { fakeRefusals } from '../../core/testing/fake-refusals.ts'
import { createMoments } from '../moments.ts'
import { countRefusals, explainRefusal, nameSender, nameSubject } from './refusal-words.ts'

const now = Date.UTC(2026, 7, 12, 18, 30)
const moments = createMoments({ timeZone: 'UTC' })
const everyReason = fakeRefusals(now).map(({ why }) => why)

test('ux 45: every reason is a plain sentence of its own', () => {
  const sentences = everyReason.map((why) => explainRefusal({ why }))
  expect(new Set(sentences).size).toBe(new Set(everyReason).size)
  for (const sentence of sentences) expect(sentence).toMatch(/^(It|Its|A part|Too much) [^<>{}]+\.$/)
})

test('a room is named where its name is known', () => {
  expect(nameSubject({ type: 'room', name: 'garden' })).toEqual({ room: 'garden' })
  expect(nameSubject({ type: 'room', name: undefined })).toEqual({ words: 'In a room' })
  const others = (['sync', 'family', 'door', 'link'] as const).map((type) =>
    JSON.stringify(nameSubject({ type })),
  )
  expect(new Set(others).size).toBe(4)
})

test('whose device it was is said, and which', () => {
  const say = (from: RefusedThing['from']) => Object.values(nameSender({ from })).join(', ')
  expect(say({ person: bob, deviceName: 'Chrome on Android' })).toBe('Bob, Chrome on Android')
  expect(say({ person: anna, deviceName: '' })).toBe('You, A device without a name')
  expect(say(undefined)).toBe('An unknown device')
})

test('once goes without saying, often is counted', () => {
  const firstMs = now - 60 * 60_000
  expect(countRefusals({ count: 1, firstMs }, moments, now)).toBe('')
  expect(countRefusals({ count: 12_345, firstMs }, moments, now)).toBe('12,345 times since today at 17:30')
})
