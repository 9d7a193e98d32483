import type { MentionRange } from '../../../core/hearth.ts'

const commonStart = (one: string, other: string, most: number): number => {
  let length = 0
  while (length < most && one[length] === other[length]) length += 1
  return length
}

const commonEnd = (one: string, other: string, most: number): number => {
  let length = 0
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length += 1
  return length
}

/**
 * Where the mentions of a text are once it was changed in one place: those before it stay, those after it move along, and those it cut
 * into are plain text from then on. `caret` is where the change ends in `after`; it tells which of two equal letters was typed.
 */
export const moveMentions = <Range extends Pick<MentionRange, 'start' | 'length'>>(
  mentions: readonly Range[],
  before: string,
  after: string,
  caret?: number,
): Range[] => {
  const shorter = Math.min(before.length, after.length)
  const mostEnd = caret === undefined ? shorter : Math.min(shorter, Math.max(0, after.length - caret))
  // Without a caret, what the texts begin with alike counts first.
  const startFirst = caret === undefined ? commonStart(before, after, shorter) : 0
  const same = commonEnd(before, after, Math.min(mostEnd, shorter - startFirst))
  const start = caret === undefined ? startFirst : commonStart(before, after, shorter - same)
  const oldEnd = before.length - same
  const moved = after.length - before.length
  return mentions.flatMap((mention) => {
    if (mention.start + mention.length <= start) return [mention]
    return mention.start >= oldEnd ? [{ ...mention, start: mention.start + moved }] : []
  })
}

/** The text without the blanks around it, or without what is cut off its start, and its mentions where they are then. */
export const trimText = (
  text: string,
  mentions: readonly MentionRange[],
  cutBefore = 0,
): { text: string; mentions: MentionRange[] } => {
  const rest = text.slice(cutBefore)
  const trimmed = rest.trim()
  const start = cutBefore + rest.length - rest.trimStart().length
  return {
    text: trimmed,
    mentions: mentions.flatMap((mention) =>
      mention.start >= start && mention.start + mention.length <= start + trimmed.length
        ? [{ ...mention, start: mention.start - start }]
        : [],
    ),
  }
}
