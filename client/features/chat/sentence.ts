import { t, type WordKey } from '../../ui/language/language.ts'

/** One sentence of the log, by its place in the catalogue: each language puts the names where it wants them. */
export interface Sentence {
  key: WordKey
  /** What stands in it as it is: names, each of which may run in its own direction. */
  parts: Readonly<Record<string, string>>
}

/** The same as plain text. */
export const sayPlainly = ({ key, parts }: Sentence): string => t(key, parts)
