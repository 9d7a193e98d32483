const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

const firstCharacter = (word: string): string =>
  segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? ''

/** One or two letters for an avatar, whole as people see them: of the first and the last word. */
export const initialsOf = (name: string): string => {
  const words = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word))
  const first = words[0] ?? name.trim()
  const last = words.length > 1 ? words.at(-1) : undefined
  const initials = firstCharacter(first) + (last === undefined ? '' : firstCharacter(last))
  return initials.toLocaleUpperCase()
}
