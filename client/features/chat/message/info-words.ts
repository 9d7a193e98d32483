import type { Person } from '../../../core/hearth.ts'
import type { Sentence } from '../sentence.ts'

type Named = Pick<Person, 'name' | 'isMe'>

/** When a message was written, and by whom. */
export const describeWritten = (author: Named, moment: string): Sentence =>
  author.isMe
    ? { key: 'messageActions.info.writtenByYou', parts: { moment } }
    : { key: 'messageActions.info.writtenBy', parts: { moment, who: author.name } }

/** Who wrote first what was forwarded: whoever forwarded it says so, and nobody can prove it. */
export const describeFirstWritten = (first: Named, teller: Named): Sentence => {
  if (teller.isMe)
    return first.isMe
      ? { key: 'messageActions.info.first.youByYou', parts: {} }
      : { key: 'messageActions.info.first.otherByYou', parts: { who: first.name } }
  return first.isMe
    ? { key: 'messageActions.info.first.you', parts: { teller: teller.name } }
    : { key: 'messageActions.info.first.other', parts: { who: first.name, teller: teller.name } }
}
