import type { Person, PollView } from '../../../core/hearth.ts'
import { listed, t, tCount } from '../../../ui/language/language.ts'

type Option = PollView['options'][number]

/** What one has chosen after a press on the answer at `place`. */
export const choicesAfter = ({ options, allowsSeveral }: PollView, place: number): number[] => {
  const mine = options.flatMap(({ isMine }, at) => (isMine ? [at] : []))
  if (mine.includes(place)) return mine.filter((at) => at !== place)
  return allowsSeveral ? [...mine, place] : [place]
}

/** How much of all that answered an answer has, from 0 to 1. */
export const shareOf = ({ voters }: Option, answered: number): number =>
  answered === 0 ? 0 : voters.length / answered

export const countAnswers = (answered: number): string =>
  answered === 0 ? t('chat.poll.unanswered') : tCount('chat.poll.answered', answered)

export const nameVoters = (voters: readonly Person[]): string =>
  voters.length === 0
    ? t('chat.poll.nobody')
    : listed(voters.map(({ isMe, name }) => (isMe ? t('chat.poll.you') : name)))
