import { createSeededRandom } from '../../client/core/testing/seeded-random.ts'
import { lineOf } from '../filled-app/lines.ts'
import { authorOf, authors, createSayings } from '../search/family-talk.ts'

/** A message with what became of it. People are told by number; 0 says the most. */
export interface FamilyMessage {
  author: number
  text: string
  /** What it says since its author has edited it. */
  edited?: string
  reactions: readonly { author: number; emoji: string }[]
}

export { authors as people }

const emojis = ['❤️', '😂', '👍', '😮', '🎉', '🙏'] as const
const authorNumbers = new Map(Array.from({ length: authors }, (_, index) => [authorOf(index), index]))

/**
 * `count` messages of a room, the oldest first, the first of them its message `from`: what a family says (`search/family-talk.ts`), of which one
 * in thirty is edited and one in six has reactions. The same each time. The first and the last are `lineOf`, so that they can be looked for.
 */
export const createHistory = (room: string, count: number, from = 0): (() => FamilyMessage) => {
  const say = createSayings(count)
  const random = createSeededRandom(from + count)
  const react = () => ({
    author: random.below(authors),
    emoji: emojis[random.below(emojis.length)] ?? emojis[0],
  })
  let said = 0
  return () => {
    const { text, author } = say()
    const index = said++
    const message = { author: authorNumbers.get(author) ?? 0, text, reactions: [] }
    if (index === 0 || index === count - 1) return { ...message, text: lineOf(room, from + index) }
    return {
      ...message,
      ...(random.below(30) === 0 && { edited: `${text} ✏️` }),
      // Each person gives one: the latest would be all that counts.
      reactions:
        random.below(6) > 0
          ? []
          : [
              ...new Map(
                Array.from({ length: 1 + random.below(4) }, react).map((one) => [one.author, one]),
              ).values(),
            ],
    }
  }
}
