import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { encodeAnnotation, encodePin, parseAnnotation, parsePin, type Annotation } from './annotation-body.ts'
import { encodeMessage, parseMessage, type MessageContent } from './message-body.ts'

const account = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => toBase64Url(bytes) as AccountId)
const target = fc.record({ feed: fc.nat(), seq: fc.nat({ max: 65_535 }) })
const position = fc.record({ page: fc.nat({ max: 2_000 }), feed: fc.nat(), seq: fc.nat({ max: 65_535 }) })
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((one) => one.trim() === one)
const option = fc.string({ minLength: 1, maxLength: 80 }).filter((one) => one.trim() !== '')

const content: fc.Arbitrary<MessageContent> = fc.record(
  {
    text,
    replyTo: position,
    forwardedFrom: account,
    isAction: fc.constant(true),
    poll: fc.record({
      options: fc.array(option, { minLength: 2, maxLength: 12 }),
      allowsSeveral: fc.boolean(),
    }),
  },
  { requiredKeys: ['text'] },
)

const bodyOf = (wish: MessageContent): Bytes => {
  const body = encodeMessage(wish)
  if (!body.ok) throw new Error(body.problem.type)
  return body.value
}

test('E6: a message comes back with all that it carries', () => {
  fc.assert(
    fc.property(content, (wish) => {
      if (wish.text.startsWith('\0')) return
      expect(parseMessage(bodyOf(wish))).toEqual(wish)
    }),
  )
})

test('E6: a message that carries nothing but its text is that text, byte for byte', () => {
  expect(bodyOf({ text: ' hello ' })).toEqual(new TextEncoder().encode('hello'))
})

test('mentions move with the blanks that are cut off, and those that do not fit go', () => {
  const [anna] = fc.sample(account, 1)
  if (anna === undefined) throw new Error('nobody')
  const mentions = [
    { start: 8, length: 5, account: anna },
    { start: 9, length: 2, account: anna },
    { start: 90, length: 5, account: anna },
  ]
  const read = parseMessage(bodyOf({ text: '   Hey, @Anna!', mentions }))
  expect(read).toEqual({ text: 'Hey, @Anna!', mentions: [{ start: 5, length: 5, account: anna }] })
})

test('E6: no bytes make a message or an annotation throw, and none gives one with a blank text', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((one) => one)
  fc.assert(
    fc.property(bytes, fc.boolean(), (garbage, isStructured) => {
      if (isStructured && garbage.length > 0) garbage[0] = 0
      const read = parseMessage(garbage)
      if (garbage.length > 0) expect(read?.text).not.toBe('')
      parseAnnotation(garbage)
      parsePin(garbage)
    }),
    { numRuns: 2_000 },
  )
})

test('E6: a message that is cut off anywhere is none, or its text alone', () => {
  fc.assert(
    fc.property(content, fc.nat(), (wish, at) => {
      const whole = bodyOf(wish)
      if (whole[0] !== 0) return
      expect(parseMessage(whole.slice(0, at % whole.length))).toBeUndefined()
    }),
  )
})

test('a field of a newer version is passed over', () => {
  const newer = new Uint8Array([0, 1, 99, 2, 7, 7, 2, 104, 105])
  expect(parseMessage(newer)).toEqual({ text: 'hi' })
})

test('what is said about a message comes back as it was', () => {
  const annotation: fc.Arbitrary<Annotation> = fc.oneof(
    fc.record({
      type: fc.constant('edit' as const),
      target,
      content: fc.record({ text: text.filter((one) => !one.startsWith('\0')) }),
    }),
    fc.record({
      type: fc.constant('reaction' as const),
      target,
      emoji: fc.constantFrom('👍', '❤️', '👨‍👩‍👧‍👦', '🇩🇪', '3️⃣', '👋🏽', undefined),
    }),
    fc.record({
      type: fc.constant('vote' as const),
      target,
      choices: fc.uniqueArray(fc.nat({ max: 11 }), { maxLength: 12 }),
    }),
  )
  fc.assert(
    fc.property(annotation, (one) => {
      const body = encodeAnnotation(one)
      expect(body.ok && parseAnnotation(body.value)).toEqual(one)
    }),
  )
  fc.assert(
    fc.property(fc.record({ target, isPinned: fc.boolean() }), (pin) => {
      expect(parsePin(encodePin(pin))).toEqual(pin)
    }),
  )
})

test('a reaction is an emoji, whatever another device says it is', () => {
  for (const emoji of ['hello', '<b>', '12', '#', ' ', '👍 ok', '👍'.repeat(40)]) {
    const body = encodeAnnotation({ type: 'reaction', target: { feed: 1, seq: 1 }, emoji })
    expect(body.ok && parseAnnotation(body.value)).toBeUndefined()
  }
})
