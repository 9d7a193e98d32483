import { tokenise } from './link-tokens.ts'
import type { Inline, Meter, Passage } from './tokens.ts'

/** A run of one of the marks `*`, `_`, `~`, `|` that may begin or end something. */
export interface Marks {
  type: 'marks'
  mark: string
  count: number
  mayOpen: boolean
  mayClose: boolean
}

export type Piece = Exclude<Inline, { children: unknown }> | Marks

interface Atom {
  start: number
  end: number
  token: Exclude<Inline, { children: unknown }>
}

const marks = '*_~|'
const isWordCharacter = (character: string): boolean => /[\p{L}\p{N}]/u.test(character)
const isBlank = (character: string): boolean => character === '' || /\s/u.test(character)

const runEnd = (text: string, start: number, meter: Meter): number => {
  let end = start
  for (; text[end] === text[start] && end < text.length; end += 1) meter()
  return end
}

/** Of each run of backticks, where the next of the same length begins, which ends the code between them. */
const matchBackticks = (text: string, meter: Meter): Map<number, number> => {
  const runs: [start: number, length: number][] = []
  for (let at = text.indexOf('`'); at !== -1; at = text.indexOf('`', at)) {
    const end = runEnd(text, at, meter)
    runs.push([at, end - at])
    at = end
  }
  const next = new Map<number, number>()
  const latest = new Map<number, number>()
  for (const [start, length] of runs.reverse()) {
    const end = latest.get(length)
    if (end !== undefined) next.set(start, end)
    latest.set(length, start)
  }
  return next
}

const atomsOf = ({ text, mentions }: Passage): Atom[] => {
  const named = mentions.map(({ start, length, person }): Atom => {
    const end = start + length
    return { start, end, token: { type: 'mention', text: text.slice(start, end), person } }
  })
  const links: Atom[] = []
  let at = 0
  for (const token of tokenise(text)) {
    if (token.type === 'link') links.push({ start: at, end: at + token.text.length, token })
    at += token.text.length
  }
  return [...named, ...links].sort((one, other) => one.start - other.start)
}

/** A surrogate pair is one character: half of it is no letter. */
const characterBefore = (text: string, at: number): string =>
  at === 0
    ? ''
    : /[\udc00-\udfff]/.test(text[at - 1] ?? '') && at > 1
      ? text.slice(at - 2, at)
      : text.slice(at - 1, at)
const characterAt = (text: string, at: number): string =>
  at >= text.length ? '' : String.fromCodePoint(text.codePointAt(at) ?? 0)

const readMarks = (text: string, start: number, end: number): Marks | undefined => {
  const mark = text[start] ?? ''
  const count = end - start
  const isPair = mark === '~' || mark === '|'
  if (isPair ? count !== 2 : count > 3) return undefined
  const before = characterBefore(text, start)
  // `¯\_(ツ)_/¯` keeps its arms: a mark behind a backslash is none.
  if (before === '\\') return undefined
  const after = characterAt(text, end)
  // In the middle of a word only pairs count: 2*3*4 and snake_case are what they are.
  const mayTouchWords = isPair || (mark === '*' && count === 2)
  return {
    type: 'marks',
    mark,
    count,
    mayOpen: !isBlank(after) && (mayTouchWords || !isWordCharacter(before)),
    mayClose: !isBlank(before) && (mayTouchWords || !isWordCharacter(after)),
  }
}

/** One line or several in pieces, from left to right: what begins first counts. Each character is looked at a bounded number of times. */
export const lexInline = (passage: Passage, meter: Meter): Piece[] => {
  const { text } = passage
  const atoms = atomsOf(passage)
  const backticks = matchBackticks(text, meter)
  const pieces: Piece[] = []
  let plain = 0
  let nextAtom = 0

  const flush = (until: number) => {
    if (until > plain) pieces.push({ type: 'text', text: text.slice(plain, until) })
  }
  const push = (piece: Piece, start: number, end: number) => {
    flush(start)
    pieces.push(piece)
    plain = end
    return end
  }

  for (let at = 0; at < text.length;) {
    meter()
    while ((atoms[nextAtom]?.start ?? Infinity) < at) nextAtom += 1
    const atom = atoms[nextAtom]
    const character = text[at] ?? ''
    if (atom?.start === at) {
      const following = atoms[nextAtom + 1]
      // Whom one named counts more than the address that their name stands in.
      const isCut = atom.token.type === 'link' && following !== undefined && following.start < atom.end
      nextAtom += 1
      at = isCut ? at + 1 : push(atom.token, at, atom.end)
    } else if (character === '`') {
      const end = runEnd(text, at, meter)
      const closing = backticks.get(at)
      const code = closing === undefined ? undefined : text.slice(end, closing)
      at =
        code === undefined || closing === undefined
          ? end
          : push({ type: 'code', text: code }, at, closing + end - at)
    } else if (marks.includes(character)) {
      const end = runEnd(text, at, meter)
      const run = readMarks(text, at, end)
      at = run && (run.mayOpen || run.mayClose) ? push(run, at, end) : end
    } else at += 1
  }
  flush(text.length)
  return pieces
}
