import { allWords } from './language/language-choice.ts'
import { loadPart } from './load-part.ts'

/** The picker, with the words it is made of. */
export const loadEmojiPicker = async () => {
  const part = await loadPart(
    () => import('./EmojiPicker.vue'),
    () => undefined,
  )
  await allWords
  return part.default
}
