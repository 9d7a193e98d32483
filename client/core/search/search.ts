import type { AccountId } from '../../../shared/identifiers.ts'
import type { Person } from '../person.ts'
import type { LogId } from '../ports.ts'
import type { MarkedPart } from './mark-words.ts'
import type { SearchQuery } from './query.ts'

/** A message that was found, as a list shows it. */
export interface FoundMessage {
  room: LogId
  /** For `Timeline.reach`. */
  key: string
  ms: number
  author: { id: AccountId; name: string; picture: Person['picture'] }
  /** What it says, as far as it is worth showing. */
  parts: readonly MarkedPart[]
  /** It has not the words, but such as may have been meant. */
  isSimilar: boolean
}

export type Found =
  | {
      type: 'found'
      /** Those that have the words before those that have similar ones; the newest first. */
      messages: readonly FoundMessage[]
      /** How many there are; `searchLimits.maxHits` says "more than 99". */
      count: number
      /** Otherwise older messages are still being read, and there may be more. */
      isWhole: boolean
    }
  /** This browser gives no worker, or took it away. */
  | { type: 'unavailable' }

/** Looks through all that is on this device, without any network (ux 24). */
export interface Search {
  /** @param signal whoever asks something else meanwhile need not have this one shown. */
  find(query: SearchQuery, signal: { readonly aborted: boolean }): Promise<Found>
  close(): void
}
