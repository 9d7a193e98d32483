import { expect, test } from 'vitest'
import { createI18n } from 'vue-i18n'
import { catalogue as english } from './en/catalogue.ts'
import { compileWords } from './compile-message.ts'
import { languages, languageTags } from './languages.ts'

type Say = (key: string, named: Record<string, string>, options: { plural: number }) => string

const createSpeaker = createI18n as unknown as (options: object) => { global: { t: Say } }
const speakerOf = (messages: object): Say =>
  createSpeaker({ legacy: false, locale: 'en', fallbackLocale: false, messages: { en: messages } }).global.t

const keysOf = (part: object, prefix = ''): string[] =>
  Object.entries(part).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'string' ? [prefix + key] : keysOf(inner as object, `${prefix}${key}.`),
  )

/** Every name that may stand in braces. */
const values = new Proxy(
  {},
  {
    get: (_none, name) => (typeof name === 'string' ? `<${name}>` : undefined),
    has: () => true,
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: '' }),
  },
)

test.each(languageTags)('%s: each message says what vue-i18n’s own compiler makes of it', async (tag) => {
  const { catalogue } = await languages[tag].load()
  const [ours, theirs] = [speakerOf(compileWords(catalogue)), speakerOf(catalogue)]
  for (const key of keysOf(english))
    for (const plural of [0, 1, 2]) {
      const expected = theirs(key, values, { plural })
      expect([key, ours(key, values, { plural })]).toEqual([key, expected])
    }
})

test('what is written out between quotes stays as it is, and a value says what it says', () => {
  const say = speakerOf(compileWords({ odd: "{a}{b} {'|'} {'@'}{a} | none" }))
  expect(say('odd', { a: '{b} | x', b: '' }, { plural: 1 })).toBe('{b} | x | @{b} | x')
})
