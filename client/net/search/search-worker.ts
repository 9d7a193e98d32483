import { createSearchIndex } from '../../core/search/search-index.ts'
import { answerSearch } from './answer-search.ts'

/** Reads and finds words for seconds on end where there is much to read, in which the screen should not stand still. */
const index = createSearchIndex()

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const answer = answerSearch(index, data)
  if (answer) postMessage(answer)
})
