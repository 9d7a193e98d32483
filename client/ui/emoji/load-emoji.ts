import { loadPart } from '../load-part.ts'
import { parseEmoji, type Emoji } from './emoji-data.ts'

let loading: Promise<readonly Emoji[]> | undefined

/** All emoji with their English names, in a file of their own that is asked for when first needed, of our own server. */
export const loadEmoji = (): Promise<readonly Emoji[]> =>
  (loading ??= loadPart(
    async () => parseEmoji((await import('emoji-picker-element-data/en/emojibase/data.json?raw')).default),
    () => undefined,
  ))
