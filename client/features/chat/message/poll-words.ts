import type { Person, PollView } from '../../../core/hearth.ts'

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

export const countAnswers = (answered: number): string => {
  if (answered === 0) return 'Nobody has answered yet'
  return answered === 1 ? '1 person answered' : `${answered} people answered`
}

export const nameVoters = (voters: readonly Person[]): string =>
  voters.length === 0
    ? 'Nobody yet'
    : new Intl.ListFormat('en-GB').format(voters.map(({ isMe, name }) => (isMe ? 'You' : name)))
