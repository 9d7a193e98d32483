import type { AccountId } from '../../../shared/identifiers.ts'
import { compareTimes } from '../log/hybrid-clock.ts'
import type { EntryTime } from '../log/entry.ts'
import type { PlacedPosition } from '../log/keeping.ts'
import type { Annotation, Pin } from './annotation-body.ts'
import type { MessageContent } from './message-body.ts'

/** An annotation or a pin, by whom and when. */
export interface AnnotationFact {
  place: PlacedPosition
  account: AccountId
  time: EntryTime
  says: Annotation | ({ type: 'pin' } & Pin)
}

/** What has become of a message by all that was said about it. */
export interface Annotated {
  /** Oldest first; by whom they are is for the reader to check: only the author's own count. */
  edits: readonly { account: AccountId; ms: number; content: MessageContent }[]
  /** In the order in which they were first given. */
  reactions: ReadonlyMap<AccountId, string>
  votes: ReadonlyMap<AccountId, readonly number[]>
  pin: { isPinned: boolean; by: AccountId; ms: number } | undefined
}

/** The same on every device that has the same facts, whatever their order: by time, then by place. */
export const compareFacts = (left: AnnotationFact, right: AnnotationFact): number =>
  compareTimes(left.time, right.time) ||
  left.place.feed - right.place.feed ||
  left.place.seq - right.place.seq

/** What a message has become by all that is said about it. The later word of one person goes over their earlier one. */
export const foldAbout = (facts: readonly AnnotationFact[]): Annotated => {
  const of: Growing = { edits: [], reactions: new Map(), votes: new Map(), pin: undefined }
  for (const { says, account, time } of [...facts].sort(compareFacts)) {
    switch (says.type) {
      case 'edit':
        of.edits.push({ account, ms: time.ms, content: says.content })
        break
      case 'reaction':
        if (says.emoji === undefined) of.reactions.delete(account)
        else of.reactions.set(account, says.emoji)
        break
      case 'vote':
        if (says.choices.length === 0) of.votes.delete(account)
        else of.votes.set(account, says.choices)
        break
      case 'pin':
        of.pin = { isPinned: says.isPinned, by: account, ms: time.ms }
    }
  }
  return of
}

/** The same for each message of a page, by its place's name (`nameOfTarget`). */
export const foldAnnotations = (facts: readonly AnnotationFact[]): ReadonlyMap<string, Annotated> => {
  const about = new Map<string, AnnotationFact[]>()
  for (const fact of facts) {
    const name = nameOfTarget(fact.says.target)
    const known = about.get(name)
    if (known) known.push(fact)
    else about.set(name, [fact])
  }
  return new Map([...about].map(([name, of]) => [name, foldAbout(of)]))
}

export const nameOfTarget = ({ feed, seq }: { feed: number; seq: number }): string => `${feed} ${seq}`

interface Growing extends Annotated {
  edits: { account: AccountId; ms: number; content: MessageContent }[]
  reactions: Map<AccountId, string>
  votes: Map<AccountId, readonly number[]>
}
