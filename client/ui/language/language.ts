import { computed, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { createI18n } from 'vue-i18n'
import type { Catalogue, FirstWords, WordKey } from './catalogue.ts'
import { compileWords } from './compile-message.ts'
import { languages, languageTags, pickLocale, type Language } from './languages.ts'

export type { WordKey } from './catalogue.ts'

/** A message has one form for each class of numbers that its language tells apart. */
const pluralRuleOf = (language: Language) => {
  const rules = new Intl.PluralRules(language)
  const { pluralForms } = languages[language]
  return (count: number, forms: number): number => {
    const at = pluralForms.indexOf(rules.select(count))
    return Math.min(at < 0 ? pluralForms.length : at, forms - 1)
  }
}

/** For `app.use`, which `<I18nT>` needs. */
export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  // All have the same keys, which a test holds: there is nothing to fall back to.
  fallbackLocale: false,
  messages: {},
  pluralRules: Object.fromEntries(languageTags.map((language) => [language, pluralRuleOf(language)])),
})
const { global } = i18n
const spoken = shallowRef<Language>('en')

/** The language that is spoken now. What reads it in a template or a computed value follows, as `t` does. */
export const language: Readonly<ShallowRef<Language>> = shallowReadonly(spoken)

/** In Node 20, where tests run, there is no navigator. */
const wantedTags = () => (typeof navigator === 'undefined' ? [] : navigator.languages)

/** For `Intl`: the language spoken now, with the country the browser is set to. */
export const locale = computed(() => pickLocale(spoken.value, wantedTags()))

export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(locale.value, options).format(value)

/** "Anna, Bob and Cleo". */
export const listed = (parts: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction') =>
  new Intl.ListFormat(locale.value, { type }).format(parts)

type Values = Readonly<Record<string, string | number>>

/** What was looked up already: a row of the messages asks for much the same words as the one before it. */
const lookedUp = shallowRef(new Map<WordKey, string>())
const lookUp = (key: WordKey): string => {
  const known = lookedUp.value.get(key)
  if (known !== undefined) return known
  const words = global.t(key)
  lookedUp.value.set(key, words)
  return words
}

/** What the catalogue of the language spoken now says there, with these values in place of `{name}`. */
export const t = (key: WordKey, values?: Values): string => (values ? global.t(key, values) : lookUp(key))

/** The same for a message that depends on a number, which stands in it as `{n}`. */
export const tCount = (key: WordKey, count: number, values: Values = {}): string =>
  global.t(key, { n: formatNumber(count), ...values }, { plural: count })

/** Speaks this language from now on, with these words beside those that were given before. */
export const speak = (wanted: Language, words: Catalogue | FirstWords): void => {
  global.mergeLocaleMessage(wanted, compileWords(words))
  global.locale.value = wanted
  lookedUp.value = new Map()
  spoken.value = wanted
}
