/** What a message is made of: text, and names of values. */
type Part = string | { name: string }
/** How vue-i18n puts parts together: as text, or as VNodes for `<I18nT>`. Its types leave out what its own compiler uses. */
interface Composer {
  named(name: string): unknown
  interpolate(value: unknown): string
  normalize(parts: string[]): string
  plural(forms: string[]): string
}

/** `{name}`, or what is written out between quotes: `{'@'}`. */
const bracesPattern = /\{(?:'([^']*)'|(\w+))\}/u

const partsOf = (form: string): Part[] =>
  form.split(bracesPattern).flatMap((piece, index): Part[] => {
    // Of each match two groups stand between the texts, one of them undefined.
    const isName = index % 3 === 2
    return piece ? [isName ? { name: piece } : piece] : []
  })

/** What vue-i18n calls for a message instead of compiling it. */
export type SaidMessage = (composer: Composer) => string

/**
 * The part of vue-i18n's message syntax that our catalogues use, which their tests hold: values in braces, and forms of a plural apart
 * by ` | `. Its own compiler knows much more, and is a twentieth of all that is loaded before the history is painted.
 */
export const compileMessage = (message: string): SaidMessage => {
  let compiled: Part[][] | undefined
  const say = (composer: Composer, parts: readonly Part[]) =>
    composer.normalize(
      parts.map((part) =>
        typeof part === 'string' ? part : composer.interpolate(composer.named(part.name)),
      ),
    )
  return (composer) => {
    // Most are never said.
    compiled ??= message.split(' | ').map(partsOf)
    const said = compiled.map((parts) => say(composer, parts))
    return said.length > 1 ? composer.plural(said) : (said[0] ?? '')
  }
}

interface CompiledWords {
  [key: string]: CompiledWords | SaidMessage
}

/** @param words of a catalogue, or of a part of one. */
export const compileWords = (words: object): CompiledWords =>
  Object.fromEntries(
    Object.entries(words).map(([key, part]: [string, unknown]) => [
      key,
      typeof part === 'string' ? compileMessage(part) : compileWords(part as object),
    ]),
  )
