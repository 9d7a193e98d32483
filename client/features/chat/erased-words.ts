import type { ErasedItem } from './arrange.ts'

/** The line that a deleted message leaves, in pieces of which names are set apart. */
export const describeErased = ({ author, by }: ErasedItem): { who: string; did: string; whose?: string } => {
  const who = by.isMe ? 'You' : by.name
  if (author.id === by.id) return { who, did: 'deleted a message' }
  return { who, did: 'deleted a message from', whose: author.isMe ? 'you' : author.name }
}
