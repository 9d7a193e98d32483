import type { WordKey } from '../language/language.ts'

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
