import type { Catalogue, FirstWords } from './catalogue.ts'

export const languageTags = ['en', 'de', 'es', 'ar'] as const
export type Language = (typeof languageTags)[number]

interface LanguageFacts {
  /** What those who speak it call it. */
  name: string
  direction: 'ltr' | 'rtl'
  /** How dates and numbers are written where the browser names no country for it. */
  locale: string
  /** The forms of a message with a number, in the order in which they stand in it, apart by `|` (Unicode CLDR's plural rules). */
  pluralForms: readonly Intl.LDMLPluralRule[]
  loadFirst(): Promise<{ first: FirstWords }>
  load(): Promise<{ catalogue: Catalogue }>
}

export const languages: Readonly<Record<Language, LanguageFacts>> = {
  en: {
    name: 'English',
    direction: 'ltr',
    locale: 'en-GB',
    pluralForms: ['one', 'other'],
    loadFirst: () => import('./en/first.ts'),
    load: () => import('./en/catalogue.ts'),
  },
  de: {
    name: 'Deutsch',
    direction: 'ltr',
    locale: 'de-DE',
    pluralForms: ['one', 'other'],
    loadFirst: () => import('./de/first.ts'),
    load: () => import('./de/catalogue.ts'),
  },
  es: {
    name: 'Español',
    direction: 'ltr',
    locale: 'es-ES',
    pluralForms: ['one', 'other'],
    loadFirst: () => import('./es/first.ts'),
    load: () => import('./es/catalogue.ts'),
  },
  ar: {
    name: 'العربية',
    direction: 'rtl',
    locale: 'ar',
    pluralForms: ['zero', 'one', 'two', 'few', 'many', 'other'],
    loadFirst: () => import('./ar/first.ts'),
    load: () => import('./ar/catalogue.ts'),
  },
}

const languageOfTag = (tag: string | null): Language | undefined =>
  languageTags.find((language) => tag?.toLowerCase().split('-')[0] === language)

/**
 * The language to speak.
 * @param chosen what was chosen in this browser, perhaps by another version of ourselves: what we do not speak counts for nothing.
 * @param wanted what the browser is set to, best first (RFC 5646).
 */
export const pickLanguage = (chosen: string | null, wanted: readonly string[]): Language =>
  languageOfTag(chosen) ?? wanted.map(languageOfTag).find((language) => language !== undefined) ?? 'en'

/** As the browser is set for this language, with its country, else as most write it. */
export const pickLocale = (language: Language, wanted: readonly string[]): string =>
  wanted.find((tag) => languageOfTag(tag) === language && tag.includes('-')) ?? languages[language].locale
