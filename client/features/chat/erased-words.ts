import type { ErasedItem } from './arrange.ts'
import type { Sentence } from './sentence.ts'

/** The line that a deleted message leaves. */
export const describeErased = ({ author, by }: ErasedItem): Sentence => {
  if (author.id === by.id)
    return by.isMe
      ? { key: 'chat.erased.you', parts: {} }
      : { key: 'chat.erased.other', parts: { who: by.name } }
  if (by.isMe) return { key: 'chat.erased.youOther', parts: { whom: author.name } }
  if (author.isMe) return { key: 'chat.erased.otherYou', parts: { who: by.name } }
  return { key: 'chat.erased.otherOther', parts: { who: by.name, whom: author.name } }
}
