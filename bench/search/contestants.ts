import type { Saying } from '../../client/core/search/saying.ts'
import { eachWord } from '../../client/core/search/split-words.ts'
import type { Question } from './questions.ts'

/** What is written first: every text, from the newest on, until there are enough; no folding of accents, no mistakes. */
export const scanTexts = (sayings: readonly Saying[], { query, words }: Question): Saying[] => {
  const { from, afterMs = -Infinity, beforeMs = Infinity, hasLink = false } = query
  const found: Saying[] = []
  for (let index = sayings.length - 1; index >= 0 && found.length < 100; index--) {
    const saying = sayings[index]!
    if (from !== undefined && saying.author !== from) continue
    if (saying.ms < afterMs || saying.ms >= beforeMs) continue
    const text = saying.text.toLowerCase()
    if (hasLink && !text.includes('https://')) continue
    if (words.every((word) => text.includes(word))) found.push(saying)
  }
  return found
}

const repeats = 1_000

/** Takes the newest of a list that lies ready in a map. Answers the milliseconds, by the mean of many: one is over before a clock ticks. */
export const createPostingLookup = (
  sayings: readonly Saying[],
  questions: readonly Question[],
): ((question: Question) => number) => {
  const lists = new Map(questions.flatMap(({ words }) => words.map((word): [string, number[]] => [word, []])))
  for (const [index, { text }] of sayings.entries())
    eachWord(text, (term) => void lists.get(term)?.push(index))
  return ({ words }) => {
    const startMs = performance.now()
    let found: number[] | undefined
    for (let again = 0; again < repeats; again++) found = lists.get(words[0] ?? '')?.slice(-50)
    if (found && found.length > 50) throw new Error('too many')
    return (performance.now() - startMs) / repeats
  }
}
