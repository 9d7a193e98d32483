import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameLimits, profileLimits } from './limits.ts'
import {
  foldName,
  parseFamilyName,
  parsePersonName,
  parseRoomName,
  parseStatus,
  parseTopic,
  uniqueName,
} from './names.ts'

/** Whole characters, parts of characters, and what is none. */
const unit = fc.constantFrom(
  'a',
  'Ä',
  '\u0301',
  'ﬀ',
  'Ⅷ',
  'İ',
  'ß',
  '👋',
  '👩‍👩‍👧‍👦',
  '🇸',
  ' ',
  '\n',
  '\0',
  '\u202e',
  '\ud800',
  'هل',
)
const texts = fc.string({ unit, maxLength: 60 })

const parsers = { parsePersonName, parseFamilyName, parseRoomName }

test.each(Object.entries(parsers))('G8: %s: what is tidied once is tidy', (_name, parse) => {
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parse(text)
      if (parsed.ok) expect(parse(parsed.value)).toEqual(parsed)
    }),
  )
})

test('G8: nothing that cannot be seen stays in a name, nor what turns the text beside it', () => {
  expect(parsePersonName('\u202ennA\u0000\u2028')).toEqual({ ok: true, value: 'nnA' })
  expect(parsePersonName('Anna\tLena\r\nLindqvist')).toEqual({ ok: true, value: 'Anna Lena Lindqvist' })
  expect(parsePersonName('\u2066\u2069 \n')).toEqual({ ok: false, problem: { type: 'nameEmpty' } })
})

test('names are as long as people count them, and take no more to store than that is worth', () => {
  const { maxPersonName: limit } = nameLimits
  expect(parsePersonName('é'.repeat(limit)).ok).toBe(true)
  expect(parsePersonName('🇸🇪'.repeat(limit)).ok).toBe(true)
  const tooLong = { ok: false, problem: { type: 'nameTooLong', limit } }
  expect(parsePersonName('a'.repeat(limit + 1))).toEqual(tooLong)
  expect(parsePersonName(`a${'\u0301'.repeat(limit * 8 + 1)}`)).toEqual(tooLong)
})

test('a status may be empty', () => {
  expect(parseStatus(' \n ')).toEqual({ ok: true, value: '' })
  expect(parseStatus(' At  sea ')).toEqual({ ok: true, value: 'At sea' })
  const limit = profileLimits.maxStatusChars
  expect(parseStatus('a'.repeat(limit + 1))).toEqual({ ok: false, problem: { type: 'statusTooLong', limit } })
})

test('ux 19: a topic is one line without what cannot be seen or turns the text beside it, and may be empty', () => {
  expect(parseTopic('Summer\u202e\n at\u0000 the\u2028lake\u2066')).toEqual({
    ok: true,
    value: 'Summer at the lake',
  })
  expect(parseTopic('رحلة الصيف')).toEqual({ ok: true, value: 'رحلة الصيف' })
  expect(parseTopic(' \u202e\n ')).toEqual({ ok: true, value: '' })
  const limit = nameLimits.maxTopic
  expect(parseTopic('🇸🇪'.repeat(limit)).ok).toBe(true)
  const tooLong = { ok: false, problem: { type: 'topicTooLong', limit } }
  expect(parseTopic('a'.repeat(limit + 1))).toEqual(tooLong)
  expect(parseTopic(`a${'\u0301'.repeat(limit * 8 + 1)}`)).toEqual(tooLong)
})

test('G8: names that fold alike are one name, in every language alike', () => {
  expect(foldName('ＡＮＮＡ')).toBe('anna')
  expect(foldName('Anna\u0301')).toBe(foldName('ANNÁ'))
  expect(foldName('I')).toBe('i') // and not the Turkish one without a dot
})

test('G8: of whatever names, no two unique ones fold alike', () => {
  const names = fc.array(fc.constantFrom('Anna', 'anna', 'ANNA', 'Anna (2)', 'anna (3)', 'Bo'), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(names, (list) => {
      const taken = new Set<string>()
      const unique = list.map((name) => foldName(uniqueName(name, taken)))
      expect(new Set(unique).size).toBe(list.length)
    }),
  )
})
