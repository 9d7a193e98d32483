import type { TimelineItem, TimelineView } from '../../core/hearth.ts'
import { t, tCount } from '../../ui/language/language.ts'
import type { CallItem, MessageItem } from './arrange.ts'
import { plainText } from '../text/plain-text.ts'
import { describeCall } from './call-words.ts'

/** What makes a room unread: what others say, and their calls that one has missed. */
export type Arrival = MessageItem | CallItem

/** The first items of a room, older ones and what was loading are history: only what comes of others later arrives. */
export const findArrivals = (before: TimelineView, after: TimelineView): Arrival[] => {
  if (before.status === 'loading') return []
  const known = new Set(before.items.map((item) => item.key))
  const firstKnown = after.items.findIndex((item) => known.has(item.key))
  return after.items
    .slice(Math.max(firstKnown, 0))
    .filter((item): item is Arrival => isArrival(item) && !known.has(item.key))
}

export const isArrival = (item: TimelineItem): boolean =>
  (item.type === 'message' && !item.author.isMe) || (item.type === 'call' && describeCall(item).isMissed)

const sayArrival = (item: Arrival): string =>
  item.type === 'message'
    ? `${item.author.name}: ${plainText(item.text)}`
    : t('chat.call.missed', { whom: item.by.name })

/** One sentence for who listens instead of looking; a flood is counted, not read out. */
export const announce = (arrivals: readonly Arrival[]): string =>
  arrivals.length > 3 ? tCount('chat.log.arrived', arrivals.length) : arrivals.map(sayArrival).join('\n')
