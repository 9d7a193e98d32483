import { lexInline, type Marks } from './lex-inline.ts'
import type { Inline, Meter, Passage, Style } from './tokens.ts'

/** Something begun: it becomes a style when its end comes, else what it was written as. */
interface Frame {
  opening: string
  children: Inline[]
}

const styles: ReadonlyMap<string, Style> = new Map([
  ['**', 'bold'],
  ['__', 'bold'],
  ['*', 'italic'],
  ['_', 'italic'],
  ['~~', 'strike'],
  ['||', 'spoiler'],
])

/** Text beside text is one text. */
const add = (children: Inline[], token: Inline) => {
  const last = children.at(-1)
  if (token.type !== 'text') children.push(token)
  else if (last?.type === 'text')
    children[children.length - 1] = { type: 'text', text: last.text + token.text }
  else if (token.text !== '') children.push(token)
}

/**
 * A line's pieces as a tree. Each style is begun at most once at a time, so nothing nests deeper than there are styles, and a piece is
 * moved at most so many times: the work grows with the text and not faster.
 */
export const parseInline = (passage: Passage, meter: Meter): Inline[] => {
  const base: Inline[] = []
  const open: Frame[] = []
  const top = () => open.at(-1)?.children ?? base
  const placeOf = (opening: string) => open.findIndex((frame) => frame.opening === opening)

  /** Takes back what was begun there: its children go to whatever is around it. */
  const giveUp = (place: number) => {
    const [frame] = open.splice(place, 1)
    if (!frame) return
    const around = open[place - 1]?.children ?? base
    for (const token of [{ type: 'text', text: frame.opening } as const, ...frame.children]) {
      meter()
      add(around, token)
    }
  }
  const close = (place: number) => {
    while (open.length > place + 1) giveUp(open.length - 1)
    const frame = open.pop()
    const type = frame && styles.get(frame.opening)
    if (type && frame.children.length > 0) top().push({ type, children: frame.children })
    else if (frame) add(top(), { type: 'text', text: frame.opening.repeat(2) })
  }

  const applyMarks = ({ mark, count, mayOpen, mayClose }: Marks) => {
    let left = count
    while (left > 0) {
      meter()
      const closable = mayClose
        ? open.findLastIndex(({ opening }) => opening[0] === mark && opening.length <= left)
        : -1
      const frame = open[closable]
      if (frame) {
        left -= frame.opening.length
        close(closable)
        continue
      }
      const opening = mark.repeat(Math.min(left, 2))
      if (mayOpen) {
        const earlier = placeOf(opening)
        // The nearest beginning is the one that is meant.
        if (earlier >= 0) giveUp(earlier)
        open.push({ opening, children: [] })
      } else add(top(), { type: 'text', text: opening })
      left -= opening.length
    }
  }

  for (const piece of lexInline(passage, meter)) {
    meter()
    if (piece.type === 'marks') applyMarks(piece)
    else add(top(), piece)
  }
  while (open.length > 0) giveUp(open.length - 1)
  return base
}
