import { language } from '../language/language.ts'
import type { Language } from '../language/languages.ts'
import { loadPart } from '../load-part.ts'
import { nameEmoji, parseEmoji, type Emoji } from './emoji-data.ts'

type Load = () => Promise<{ default: string }>

const loadEnglish: Load = () => import('emoji-picker-element-data/en/emojibase/data.json?raw')

/** The package has no Arabic: there they keep their English names. */
const loadNames: Readonly<Record<Language, Load | undefined>> = {
  en: undefined,
  de: () => import('emoji-picker-element-data/de/cldr/data.json?raw'),
  es: () => import('emoji-picker-element-data/es/cldr/data.json?raw'),
  ar: undefined,
}

const read = async (load: Load): Promise<readonly Emoji[]> => parseEmoji((await load()).default)

const loadIn = async (spoken: Language): Promise<readonly Emoji[]> => {
  const names = loadNames[spoken]
  const [english, named] = await Promise.all([read(loadEnglish), names && read(names)])
  return named ? nameEmoji(english, named) : english
}

const loading = new Map<Language, Promise<readonly Emoji[]>>()

/** All emoji with their names in the language spoken now, from files of their own that are asked for when first needed, of our own server. */
export const loadEmoji = (): Promise<readonly Emoji[]> => {
  const spoken = language.value
  const begun = loading.get(spoken)
  if (begun) return begun
  const begins = loadPart(
    () => loadIn(spoken),
    () => undefined,
  )
  loading.set(spoken, begins)
  return begins
}
