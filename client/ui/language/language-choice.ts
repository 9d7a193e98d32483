import { language, speak } from './language.ts'
import { languages, languageTags, pickLanguage, type Language } from './languages.ts'

/** `system`: as the browser is set. */
export type LanguageChoice = Language | 'system'

export const languageKey = 'hearth/language'

type LanguageStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** @param store undefined where the browser forbids it: then it is as the browser is set at every start. */
export const readLanguageChoice = (store: LanguageStore | undefined): LanguageChoice => {
  const kept = store?.getItem(languageKey)
  return languageTags.find((tag) => tag === kept) ?? 'system'
}

const spokenFor = (choice: LanguageChoice): Language =>
  pickLanguage(choice === 'system' ? null : choice, navigator.languages)

const showInPage = (spoken: Language): void => {
  document.documentElement.lang = spoken
  document.documentElement.dir = languages[spoken].direction
}

type LoadCatalogue = <Part>(load: () => Promise<Part>) => Promise<Part>

let tellAllWords: () => void
/** Resolves once all words of a language are here, and not the first ones alone. */
export const allWords = new Promise<void>((resolve) => (tellAllWords = resolve))

/** Loads the language and speaks it. Rejects as `load` does. */
export const showLanguage = async (wanted: Language, load: LoadCatalogue): Promise<void> => {
  const { catalogue } = await load(languages[wanted].load)
  speak(wanted, catalogue)
  showInPage(wanted)
  tellAllWords()
}

/** What everything else waits for: nothing can be said before. */
export const showFirstWords = async (
  store: LanguageStore | undefined,
  load: LoadCatalogue,
): Promise<void> => {
  const wanted = spokenFor(readLanguageChoice(store))
  const { first } = await load(languages[wanted].loadFirst)
  speak(wanted, first)
  showInPage(wanted)
}

/** The rest of that language, which the first screen is painted without. */
export const showAllWords = (store: LanguageStore | undefined, load: LoadCatalogue): Promise<void> =>
  showLanguage(spokenFor(readLanguageChoice(store)), load)

/** Speaks what is chosen here, from now on. */
export const chooseLanguage = async (
  choice: LanguageChoice,
  store: LanguageStore | undefined,
  load: LoadCatalogue,
): Promise<void> => {
  const wanted = spokenFor(choice)
  if (wanted !== language.value) await showLanguage(wanted, load)
  try {
    if (choice === 'system') store?.removeItem(languageKey)
    else store?.setItem(languageKey, choice)
  } catch {
    // Full: it holds until the page is left.
  }
}
