import { afterAll, expect, test } from 'vitest'
import { catalogue as english } from './en/catalogue.ts'
import { i18n, listed, speak } from './language.ts'
import { pickLanguage, pickLocale } from './languages.ts'

afterAll(() => speak('en', english))

test('the language chosen here comes first, then what the browser wants, then English', () => {
  expect(pickLanguage('de', ['es-MX'])).toBe('de')
  expect(pickLanguage(null, ['fr-FR', 'ES-mx', 'ar'])).toBe('es')
  expect(pickLanguage('<script>', ['de-AT'])).toBe('de')
  expect(pickLanguage(null, ['und', ''])).toBe('en')
})

test('dates and numbers are written as in the country the browser is set to', () => {
  expect(pickLocale('de', ['en-GB', 'de-AT'])).toBe('de-AT')
  expect(pickLocale('de', ['en-GB', 'de'])).toBe('de-DE')
})

test.each([
  ['en', 'one | other', ['other', 'one', 'other', 'other', 'other']],
  ['de', 'one | other', ['other', 'one', 'other', 'other', 'other']],
  ['es', 'one | other', ['other', 'one', 'other', 'other', 'other']],
  ['ar', 'zero | one | two | few | many | other', ['zero', 'one', 'few', 'many', 'other']],
] as const)('%s has a form of its own for each class of numbers (CLDR)', (language, forms, expected) => {
  speak(language, { probe: forms } as never)
  const say = i18n.global.t as (key: string, named: object, options: { plural: number }) => string
  expect([0, 1, 3, 11, 100].map((plural) => say('probe', {}, { plural }))).toEqual(expected)
})

test('people are listed as the language lists them', () => {
  speak('de', english)
  expect(listed(['Anna', 'Bert', 'Cleo'])).toBe('Anna, Bert und Cleo')
})
