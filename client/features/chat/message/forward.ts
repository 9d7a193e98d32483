import type { MessageItem, MessageWish } from '../../../core/hearth.ts'

/** A message as it is said again elsewhere: whoever wrote it first stays named, however often it is passed on. */
export const forwardOf = ({
  text,
  mentions = [],
  author,
  forwardedFrom,
  isAction,
}: MessageItem): MessageWish => ({
  text,
  mentions: mentions.map(({ start, length, person }) => ({ start, length, account: person.id })),
  forwardedFrom: (forwardedFrom ?? author).id,
  ...(isAction && { isAction }),
})
