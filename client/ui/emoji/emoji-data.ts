import type { WordKey } from '../language/language.ts'

/** One emoji as the picker and the completion know it. */
export interface Emoji {
  emoji: string
  /** As a screen reader says it. */
  name: string
  /** Without colons; the first is the usual one. */
  codes: readonly string[]
  /** What else one may look for. */
  words: readonly string[]
  group: number
}

/** Later ones are missing in the fonts of many devices, and would be an empty box there. */
const newestVersion = 15

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

const parseOne = (value: unknown): Emoji[] => {
  if (!isRecord(value)) return []
  const { emoji, annotation: name, group, version } = value
  const isKnown = typeof emoji === 'string' && typeof name === 'string' && typeof group === 'number'
  if (!isKnown || !(Number(version) <= newestVersion)) return []
  return [{ emoji, name, codes: strings(value.shortcodes), words: strings(value.tags), group }]
}

/** From the data of emoji-picker-element-data, in its order; what is not as expected is left out. */
export const parseEmoji = (json: string): Emoji[] => {
  const data: unknown = JSON.parse(json)
  return Array.isArray(data) ? data.flatMap(parseOne) : []
}

/** The same emoji, called as another language calls them. They are still found by their English codes, which many know by heart. */
export const nameEmoji = (english: readonly Emoji[], named: readonly Emoji[]): Emoji[] => {
  const names = new Map(named.map((one) => [one.emoji, one]))
  return english.map((one) => {
    const found = names.get(one.emoji)
    if (!found) return one
    const codes = found.codes.length > 0 ? found.codes : one.codes
    return { ...one, name: found.name, codes, words: [...found.words, ...one.codes] }
  })
}

/** The groups of the data that are shown, each with an emoji for its button. Group 2 holds skin and hair only. */
export const emojiGroups = [
  { group: 0, name: 'ui.emojiGroups.smileys', sign: '😀' },
  { group: 1, name: 'ui.emojiGroups.people', sign: '👋' },
  { group: 3, name: 'ui.emojiGroups.nature', sign: '🐻' },
  { group: 4, name: 'ui.emojiGroups.food', sign: '🍎' },
  { group: 5, name: 'ui.emojiGroups.travel', sign: '🏠' },
  { group: 6, name: 'ui.emojiGroups.activities', sign: '⚽' },
  { group: 7, name: 'ui.emojiGroups.objects', sign: '💡' },
  { group: 8, name: 'ui.emojiGroups.symbols', sign: '❤️' },
  { group: 9, name: 'ui.emojiGroups.flags', sign: '🏳️' },
] as const satisfies readonly { group: number; name: WordKey; sign: string }[]
