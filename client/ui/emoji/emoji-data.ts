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
