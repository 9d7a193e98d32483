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

/** The groups of the data that are shown, each with an emoji for its button. Group 2 holds skin and hair only. */
export const emojiGroups = [
  { group: 0, name: 'Smileys', sign: '😀' },
  { group: 1, name: 'People', sign: '👋' },
  { group: 3, name: 'Animals and nature', sign: '🐻' },
  { group: 4, name: 'Food and drink', sign: '🍎' },
  { group: 5, name: 'Travel and places', sign: '🏠' },
  { group: 6, name: 'Activities', sign: '⚽' },
  { group: 7, name: 'Objects', sign: '💡' },
  { group: 8, name: 'Symbols', sign: '❤️' },
  { group: 9, name: 'Flags', sign: '🏳️' },
] as const
