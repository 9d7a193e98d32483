import { computed, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { createI18n } from 'vue-i18n'
import type { Catalogue, WordKey } from './catalogue.ts'
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

/** What the catalogue of the language spoken now says there, with these values in place of `{name}`. */
export const t = (key: WordKey, values: Values = {}): string => global.t(key, values)

/** The same for a message that depends on a number, which stands in it as `{n}`. */
export const tCount = (key: WordKey, count: number, values: Values = {}): string =>
  global.t(key, { n: formatNumber(count), ...values }, { plural: count })

/** Speaks this language from now on. */
export const speak = (wanted: Language, catalogue: Catalogue): void => {
  global.setLocaleMessage(wanted, catalogue)
  global.locale.value = wanted
  spoken.value = wanted
}
