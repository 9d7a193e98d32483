/** The part of localStorage that is needed here. */
type TextStorage = Pick<Storage, 'getItem' | 'setItem'>

const key = 'hearth/emoji'
const maxRecent = 6
const maxEmojiLength = 64
const usual = ['👍', '❤️', '😂', '😮', '😢', '🙏']

const parseKept = (kept: string | null): string[] => {
  if (kept === null) return []
  try {
    const list: unknown = JSON.parse(kept)
    if (!Array.isArray(list)) return []
    return list.filter(
      (item): item is string => typeof item === 'string' && item !== '' && item.length <= maxEmojiLength,
    )
  } catch {
    return []
  }
}

/** The six that were picked last, newest first, filled up with those that everybody needs. `storage` may be absent or refuse. */
export const readRecentEmoji = (storage: TextStorage | undefined): string[] => {
  let kept: string[] = []
  try {
    kept = parseKept(storage?.getItem(key) ?? null)
  } catch {
    // Then the usual ones do.
  }
  return [...new Set([...kept, ...usual])].slice(0, maxRecent)
}

/** One that stands among the six already keeps its place: what a hand has learned does not move. */
export const noteRecentEmoji = (storage: TextStorage | undefined, emoji: string): void => {
  const recent = readRecentEmoji(storage)
  if (recent.includes(emoji)) return
  try {
    storage?.setItem(key, JSON.stringify([emoji, ...recent].slice(0, maxRecent)))
  } catch {
    // It is not remembered, which costs a tap.
  }
}
