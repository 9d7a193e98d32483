import type { TimelineItem, TimelineView } from '../../core/hearth.ts'
import type { MessageItem } from './arrange.ts'

/** The first items of a room, older ones and what was loading are history: only what others say later arrives. */
export const findArrivals = (before: TimelineView, after: TimelineView): MessageItem[] => {
  if (before.status === 'loading') return []
  const known = new Set(before.items.map((item) => item.key))
  const firstKnown = after.items.findIndex((item) => known.has(item.key))
  return after.items
    .slice(Math.max(firstKnown, 0))
    .filter((item): item is MessageItem => isFromSomebodyElse(item) && !known.has(item.key))
}

export const isFromSomebodyElse = (item: TimelineItem): boolean =>
  item.type === 'message' && !item.author.isMe

/** One sentence for who listens instead of looking; a flood is counted, not read out. */
export const announce = (arrivals: readonly MessageItem[]): string =>
  arrivals.length > 3
    ? `${arrivals.length} new messages`
    : arrivals.map(({ author, text }) => `${author.name}: ${text}`).join('\n')
