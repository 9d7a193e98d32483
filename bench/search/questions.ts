import { createSeededRandom } from '../../client/core/testing/seeded-random.ts'
import type { SearchQuery } from '../../client/core/search/query.ts'
import type { Saying } from '../../client/core/search/saying.ts'
import { splitWords } from '../../client/core/search/split-words.ts'
import { authorOf } from './family-talk.ts'

export interface Question {
  query: SearchQuery
  /** The words of it, as they stand in some message. */
  words: readonly string[]
}

const limit = 50

/** Questions whose answers are somewhere in it: about single messages, each in one of the ways in which people ask. */
export const askAbout = (sayings: readonly Saying[], count: number): Question[] => {
  const random = createSeededRandom(24)
  const pickSaying = (): { saying: Saying; terms: string[] } => {
    for (;;) {
      const saying = sayings[random.below(sayings.length)]!
      const terms = splitWords(saying.text).map(({ term }) => term)
      if (terms.length > 2) return { saying, terms }
    }
  }
  const misspell = (word: string): string => {
    const at = 1 + random.below(Math.max(1, word.length - 2))
    return word.slice(0, at) + word.slice(at + 1)
  }
  const ways: ((of: ReturnType<typeof pickSaying>) => Omit<SearchQuery, 'limit'> & { words: string })[] = [
    ({ terms }) => ({ words: terms[0] ?? '' }),
    ({ terms }) => ({ words: terms.slice(0, 2).join(' ') }),
    ({ terms }) => ({ words: terms.slice(0, 3).join(' ') }),
    ({ terms }) => ({ words: (terms[1] ?? '').slice(0, 2) }),
    ({ terms }) => ({ words: longest(terms).slice(0, 5) }),
    ({ terms }) => ({ words: misspell(longest(terms)) }),
    ({ terms }) => ({ words: `${misspell(longest(terms))} ${terms[0] ?? ''}` }),
    ({ terms, saying }) => ({ words: terms[0] ?? '', from: saying.author }),
    ({ terms, saying }) => ({
      words: terms[1] ?? '',
      afterMs: saying.ms - 864e5,
      beforeMs: saying.ms + 864e5,
    }),
    () => ({ words: '', hasLink: true, from: authorOf(random.below(4)) }),
  ]
  return Array.from({ length: count }, (_, index) => {
    const of = pickSaying()
    const query = ways[index % ways.length]!(of)
    return { query: { ...query, limit }, words: query.words === '' ? [] : query.words.split(' ') }
  })
}

const longest = (terms: readonly string[]): string =>
  terms.toSorted((left, right) => right.length - left.length)[0] ?? ''
