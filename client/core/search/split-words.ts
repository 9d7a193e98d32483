import { foldWord } from './fold-word.ts'

/** A word of a text: what it is looked for by, and where it stands, in UTF-16 units. */
export interface Word {
  term: string
  start: number
  end: number
}

const letters = /[\p{L}\p{N}\p{M}]+/gu
/** Below this no script goes without spaces. */
const firstSpaceless = 0x0e00
const spaceless =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

const isSpaceless = (run: string): boolean => {
  for (let at = 0; at < run.length; at++) if (run.charCodeAt(at) >= firstSpaceless) return spaceless.test(run)
  return false
}

/** Old browsers have none: there each character is a word, and a word in the question several. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'word' }) : undefined

function* segment(run: string): Iterable<{ segment: string; index: number }> {
  if (segmenter) return yield* segmenter.segment(run)
  let index = 0
  for (const character of run) {
    yield { segment: character, index }
    index += character.length
  }
}

/** Folding takes longer than looking up, and people say the same words all the time. */
const folded = new Map<string, string>()
const maxFolded = 50_000
const foldOnce = (word: string): string => {
  const known = folded.get(word)
  if (known !== undefined) return known
  if (folded.size >= maxFolded) folded.clear()
  const term = foldWord(word)
  folded.set(word, term)
  return term
}

/** Calls for each word of a text, in order. Scripts without spaces are split where their words end. */
export const eachWord = (text: string, visit: (term: string, start: number, end: number) => void): void => {
  const take = (word: string, start: number) => {
    const term = foldOnce(word)
    if (term !== '') visit(term, start, start + word.length)
  }
  letters.lastIndex = 0
  for (let match = letters.exec(text); match; match = letters.exec(text)) {
    const [run] = match
    if (!isSpaceless(run)) take(run, match.index)
    else {
      const { lastIndex } = letters
      for (const { segment: word, index } of segment(run)) take(word, match.index + index)
      letters.lastIndex = lastIndex
    }
  }
}

export const splitWords = (text: string): Word[] => {
  const words: Word[] = []
  eachWord(text, (term, start, end) => words.push({ term, start, end }))
  return words
}
