import { screenLimits } from '../../../shared/limits.ts'
import type { TimelineItem, TimelineView } from '../hearth.ts'

/** What is on its way to the disk is no more than a wish, and would stand there as one for ever. */
const isKept = (item: TimelineItem): boolean =>
  item.type !== 'message' || (item.delivery?.status !== 'saving' && item.delivery?.status !== 'failed')

/** Of what a room shows, the newest that may be shown again later. */
export const keptItemsOf = ({ items, hasOlder }: TimelineView): Pick<TimelineView, 'items' | 'hasOlder'> => {
  const newest = items.filter(isKept).slice(-screenLimits.items)
  return { items: newest, hasOlder: hasOlder || newest.length < items.length }
}
