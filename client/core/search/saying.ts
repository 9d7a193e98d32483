import type { AccountId } from '../../../shared/identifiers.ts'
import type { FeedId, LogId, PagePosition } from '../ports.ts'

/** A message as it reads now, with what it can be found by. */
export interface Saying extends PagePosition {
  ms: number
  counter: number
  author: AccountId
  /** As last edited. Of a poll, the question and what could be chosen, a line each. */
  text: string
  /** A poll: nobody changes a question that was answered. */
  isFixed: boolean
}

/** How far each feed of a page has been read. */
export type Covers = ReadonlyMap<FeedId, number>

export interface PagePlace {
  log: LogId
  page: number
}

export const nameOfPlace = ({ log, page }: PagePlace): string => `${log} ${page}`
export const nameOfPosition = ({ feed, seq }: PagePosition): string => `${feed} ${seq}`

export const compareSayings = (left: Saying, right: Saying): number =>
  left.ms - right.ms || left.counter - right.counter || left.feed - right.feed || left.seq - right.seq
