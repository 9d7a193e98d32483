import type { ReactionCount } from '../../../core/hearth.ts'

/** "👍 from Bob and you": I last, as people would say it. */
export const nameReaction = ({ emoji, people }: ReactionCount): string => {
  const names = people
    .toSorted((left, right) => Number(left.isMe) - Number(right.isMe))
    .map(({ isMe, name }) => (isMe ? 'you' : name))
  return `${emoji} from ${new Intl.ListFormat('en-GB').format(names)}`
}
