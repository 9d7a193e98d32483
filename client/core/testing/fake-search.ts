import type { FoundMessage, Search } from '../search/search.ts'
import { bob, fakeLogId, mia } from './fake-family.ts'

const hourMs = 3_600_000

const message = (text: string, author: typeof bob, hoursAgo: number, isSimilar = false): FoundMessage => ({
  room: fakeLogId('general'),
  key: `1-0-${hoursAgo}`,
  ms: Date.now() - hoursAgo * hourMs,
  author: { id: author.id, name: author.name, picture: author.picture },
  parts: text.split('*').map((part, index) => ({ text: part, isHit: index % 2 === 1 })),
  isSimilar,
})

const messages = [
  message('Who is driving to the *lake* on Saturday?', mia, 40),
  message('The *lake* is frozen, bring the skates!', bob, 3_000),
  message('I will *take* the dog', bob, 41, true),
]

/** Finds always the same, and nothing for “nothing”. */
export const fakeSearch: Pick<Search, 'find'> = {
  find: ({ words }) =>
    Promise.resolve(
      words === 'nothing'
        ? { type: 'found', messages: [], count: 0, isWhole: true }
        : { type: 'found', messages, count: messages.length, isWhole: words !== 'reading' },
    ),
}
