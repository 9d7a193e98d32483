import type { AccountId } from '../../../shared/identifiers.ts'
import type { MessageItem, Person, PollView, ReactionCount } from '../hearth.ts'
import type { Annotated } from './annotations.ts'
import type { MessageContent } from './message-body.ts'

/** How people are shown. */
export type ShowPerson = (account: AccountId) => Person

type Shown = Pick<
  MessageItem,
  'text' | 'mentions' | 'isAction' | 'forwardedFrom' | 'poll' | 'edited' | 'reactions' | 'isPinned'
>

/** What a message says now, by all that was said about it. `ms`: when it was first said. */
export const showMessage = (
  first: MessageContent,
  { author, ms, annotated }: { author: AccountId; ms: number; annotated: Annotated | undefined },
  person: ShowPerson,
): Shown => {
  // Nobody changes what somebody else said; nor a poll's question, once it was answered.
  const edits = first.poll ? [] : (annotated?.edits.filter(({ account }) => account === author) ?? [])
  const { text, mentions = [] } = edits.at(-1)?.content ?? first
  const shown: Shown = { text }
  if (mentions.length > 0)
    shown.mentions = mentions.map(({ start, length, account }) => ({
      start,
      length,
      person: person(account),
    }))
  if (first.isAction) shown.isAction = true
  if (first.forwardedFrom !== undefined) shown.forwardedFrom = person(first.forwardedFrom)
  if (first.poll) shown.poll = showPoll(first.poll, annotated?.votes ?? new Map(), person)
  const last = edits.at(-1)
  if (last) {
    const said = [
      { ms, text: first.text },
      ...edits.map((edit) => ({ ms: edit.ms, text: edit.content.text })),
    ]
    shown.edited = { ms: last.ms, earlier: said.slice(0, -1) }
  }
  const reactions = countReactions(annotated?.reactions ?? new Map(), person)
  if (reactions.length > 0) shown.reactions = reactions
  if (annotated?.pin?.isPinned) shown.isPinned = true
  return shown
}

const countReactions = (given: ReadonlyMap<AccountId, string>, person: ShowPerson): ReactionCount[] => {
  const byEmoji = new Map<string, Person[]>()
  for (const [account, emoji] of given) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), person(account)])
  return [...byEmoji].map(([emoji, people]) => ({ emoji, people, isMine: people.some(({ isMe }) => isMe) }))
}

const showPoll = (
  { options, allowsSeveral }: NonNullable<MessageContent['poll']>,
  votes: ReadonlyMap<AccountId, readonly number[]>,
  person: ShowPerson,
): PollView => ({
  allowsSeveral,
  options: options.map((text, place) => {
    const voters = [...votes].flatMap(([account, choices]) => {
      const counted = allowsSeveral ? choices : choices.slice(0, 1)
      return counted.includes(place) ? [person(account)] : []
    })
    return { text, voters, isMine: voters.some(({ isMe }) => isMe) }
  }),
})
