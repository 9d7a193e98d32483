import { shallowReadonly, shallowRef } from 'vue'
import { chooseLanguage, readLanguageChoice, type LanguageChoice } from '../../ui/language/language-choice.ts'
import { loadPart } from '../../ui/load-part.ts'
import { readLocalStorage } from '../../ui/local-storage.ts'

type Load = <Part>(load: () => Promise<Part>) => Promise<Part>

export interface LanguagePort {
  read(): LanguageChoice
  /** Fetches the words by `load`, speaks them and remembers the choice. Rejects as `load` does. */
  choose(choice: LanguageChoice, load: Load): Promise<void>
  /** Goes on asking until it is here, and never rejects. */
  load: Load
}

const outdated = new Error('another language was chosen meanwhile')

const browserLanguage = (): LanguagePort => {
  const store = readLocalStorage()
  return {
    read: () => readLanguageChoice(store),
    choose: (choice, load) => chooseLanguage(choice, store, load),
    load: (load) => loadPart(load, () => undefined),
  }
}

/**
 * The language that was chosen for this browser, with the way to choose another. Its words may be long in coming, and people change their
 * minds meanwhile: the latest wish wins, whatever comes first.
 */
export const useLanguageChoice = (port: LanguagePort = browserLanguage()) => {
  const choice = shallowRef(port.read())
  let wishes = 0

  const choose = async (wanted: LanguageChoice): Promise<void> => {
    const wish = ++wishes
    choice.value = wanted
    const loadIfStillWanted: Load = async (load) => {
      const part = await port.load(load)
      if (wish !== wishes) throw outdated
      return part
    }
    await port.choose(wanted, loadIfStillWanted).catch((error: unknown) => {
      if (error !== outdated) throw error
    })
  }

  return { choice: shallowReadonly(choice), choose }
}
