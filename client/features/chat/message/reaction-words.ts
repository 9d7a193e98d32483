import type { ReactionCount } from '../../../core/hearth.ts'
import { listed, t } from '../../../ui/language/language.ts'

/** "👍 from Bob and you": I last, as people would say it. */
export const nameReaction = ({ emoji, people }: ReactionCount): string => {
  const names = people
    .toSorted((left, right) => Number(left.isMe) - Number(right.isMe))
    .map(({ isMe, name }) => (isMe ? t('chat.reactions.you') : name))
  return t('chat.reactions.from', { emoji, names: listed(names) })
}
