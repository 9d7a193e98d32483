import { foldName } from '../../../shared/names.ts'

/** What can be gone to or done. */
export interface Choice {
  key: string
  kind: 'room' | 'person' | 'command'
  label: string
  /** Said beside the label; not searched. */
  note: string
  /** When it was last of use, in milliseconds since the epoch; 0 for never. */
  recentMs: number
}

/** Accents and vowel signs are left out by who is in a hurry. */
const fold = (text: string): string => foldName(text).normalize('NFD').replace(/\p{M}/gu, '')

/** How well words fit a label, the best first. Letters in order with others between them are the last that counts. */
const fits = ['whole', 'beginning', 'words', 'inside', 'letters'] as const
type Fit = (typeof fits)[number]

const partsOf = (folded: string): string[] => folded.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')

/** Each word begins a word of the label, in the same order. */
const beginWords = (label: string, wanted: string): boolean => {
  const parts = partsOf(label)
  let from = 0
  return wanted.split(/\s+/u).every((word) => {
    const at = parts.findIndex((part, index) => index >= from && part.startsWith(word))
    from = at + 1
    return at >= 0
  })
}

const hasLetters = (label: string, wanted: string): boolean => {
  let from = 0
  for (const letter of wanted.replace(/\s/gu, '')) {
    const at = label.indexOf(letter, from)
    if (at < 0) return false
    from = at + letter.length
  }
  return true
}

/** Both folded, and `wanted` not empty. */
const fitOf = (label: string, wanted: string): Fit | undefined => {
  if (label === wanted) return 'whole'
  if (label.startsWith(wanted)) return 'beginning'
  if (beginWords(label, wanted)) return 'words'
  if (label.includes(wanted)) return 'inside'
  return hasLetters(label, wanted) ? 'letters' : undefined
}

const kinds: readonly Choice['kind'][] = ['room', 'person', 'command']
const byKind = (one: Choice, other: Choice) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind)
const byUse = (one: Choice, other: Choice) => other.recentMs - one.recentMs

/**
 * Those that fit, the best first; what fits alike is ordered by kind, then by when it was of use, then as it was given. Without words
 * everything, as far as it was of use the most recent first.
 */
export const rankChoices = <C extends Choice>(choices: readonly C[], words: string): C[] => {
  const wanted = fold(words.trim())
  if (wanted === '') return choices.toSorted((one, other) => byUse(one, other) || byKind(one, other))
  return choices
    .flatMap((choice) => {
      const fit = fitOf(fold(choice.label), wanted)
      return fit === undefined ? [] : [{ choice, rank: fits.indexOf(fit) }]
    })
    .sort(
      (one, other) =>
        one.rank - other.rank || byKind(one.choice, other.choice) || byUse(one.choice, other.choice),
    )
    .map(({ choice }) => choice)
}
