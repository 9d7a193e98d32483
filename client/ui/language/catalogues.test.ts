import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { languages, languageTags, type Language } from './languages.ts'

const folder = import.meta.dirname
const client = path.join(folder, '../..')

interface Message {
  key: string
  text: string
}

const flatten = (part: unknown, prefix: string): Message[] =>
  typeof part === 'string'
    ? [{ key: prefix, text: part }]
    : Object.entries(part as object).flatMap(([key, inner]) => flatten(inner, `${prefix}.${key}`))

const readMessages = (language: Language): Message[] =>
  readdirSync(path.join(folder, language))
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) =>
      flatten(
        JSON.parse(readFileSync(path.join(folder, language, name), 'utf8')) as unknown,
        name.replace('.json', ''),
      ),
    )

const english = readMessages('en')
const others = languageTags.filter((language) => language !== 'en')

/** Forms stand apart by ` | `; what stands in braces and quotes is written out. */
const formsOf = (text: string): string[] => text.replaceAll(/\{'[^']*'\}/g, '').split(' | ')
const valuesOf = (text: string): string[] =>
  [
    ...new Set([...text.replaceAll(/\{'[^']*'\}/g, '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)),
  ].sort()

/** All that may name a key: everything but tests and the catalogues. */
const sources = readdirSync(client, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts') && !name.includes('ui/language/'))
  .map((name) => readFileSync(path.join(client, name), 'utf8'))
  .join('\n')

test('style 27: every message of a catalogue is said somewhere', () => {
  const said = new Set(sources.match(/(?<=['"`])[a-z]\w*(?:\.\w+)+(?=['"`])/g))
  expect(english.map(({ key }) => key).filter((key) => !said.has(key))).toEqual([])
})

test.each(others)('%s says all that English says, and no more', (language) => {
  const keys = (messages: readonly Message[]) => messages.map(({ key }) => key).sort()
  expect(keys(readMessages(language))).toEqual(keys(english))
})

test.each(others)('%s names the same values in each message', (language) => {
  const theirs = new Map(readMessages(language).map(({ key, text }) => [key, text]))
  // The number itself may be left out where the form says it: “one person”.
  const named = (text: string) => valuesOf(text).filter((name) => name !== 'n')
  for (const { key, text } of english) expect([key, named(theirs.get(key) ?? '')]).toEqual([key, named(text)])
})

test.each(languageTags)('%s has the forms of its plural wherever English has two', (language) => {
  const forms = new Map(readMessages(language).map(({ key, text }) => [key, formsOf(text).length]))
  const expected = languages[language].pluralForms.length
  for (const { key, text } of english)
    expect([key, forms.get(key)]).toEqual([key, formsOf(text).length === 1 ? 1 : expected])
})

test.each(languageTags)('%s leaves no message empty', (language) => {
  const empty = readMessages(language).filter(({ text }) => formsOf(text).some((form) => form.trim() === ''))
  expect(empty).toEqual([])
})

test.each(languageTags)(
  '%s writes what has a meaning for vue-i18n as itself only where it is meant',
  (language) => {
    const odd = readMessages(language).filter(({ text }) =>
      formsOf(text).some((form) => /[{}@|]/.test(form.replaceAll(/\{\w+\}/g, ''))),
    )
    expect(odd).toEqual([])
  },
)
