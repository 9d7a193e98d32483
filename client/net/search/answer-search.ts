import * as v from 'valibot'
import type { SearchIndex } from '../../core/search/search-index.ts'
import { searchQuestionSchema, type SearchAnswer, type SearchQuestion } from './search-messages.ts'

const answer = (index: SearchIndex, question: SearchQuestion): { outcome: unknown } | undefined => {
  switch (question.call) {
    case 'put':
      return { outcome: index.put(question.place, question.index) }
    case 'pack':
      return { outcome: index.pack(question.place, question.covers) }
    case 'find':
      return { outcome: index.find(question.query, question.rooms) }
    case 'add':
      index.add(question.place, question.part)
      break
    case 'gather':
      index.gather(question.place, question.part, question.isFirst)
      break
    case 'hide':
      index.hide(question.place, question.position)
      break
    case 'drop':
      index.drop(question.place)
  }
  return undefined
}

/** The worker's whole work. A message that is no question of ours gets no answer, nor does one that only tells something. */
export const answerSearch = (index: SearchIndex, message: unknown): SearchAnswer | undefined => {
  const question = v.safeParse(searchQuestionSchema, message)
  if (!question.success) return undefined
  const answered = answer(index, question.output)
  return answered && { id: question.output.id, ...answered }
}
