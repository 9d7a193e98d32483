import type { AccountId } from '../../../shared/identifiers.ts'
import type { Person, Room } from '../../core/hearth.ts'
import { mustChoose, peopleToCall } from './whom-to-call.ts'

/** A call on its way: what has to be asked before it is placed or joined. */
export interface Placing {
  room: Room
  verb: 'Call' | 'Join'
  withVideo: boolean
  /** Of a room with more people than a call holds: who is rung; undefined until it is said. */
  called?: readonly AccountId[]
  /** I7: has been told that somebody came with a new identity. */
  isWarned?: boolean
  isPreviewed?: boolean
  /** Who is in it already. */
  inIt: readonly AccountId[]
}

export type PlacingStep =
  | { type: 'choose'; people: readonly Person[] }
  | { type: 'warn'; people: readonly Person[] }
  | { type: 'preview' }
  | { type: 'go'; called: readonly AccountId[] }

/** What comes next. `knowsPreview`: the preview was seen once in this browser. Pure. */
export const nextPlacing = (placing: Placing, knowsPreview: boolean): PlacingStep => {
  const { room, verb, withVideo, isWarned, isPreviewed, inIt } = placing
  const people = peopleToCall(room)
  const isCall = verb === 'Call'
  if (isCall && mustChoose(people) && placing.called === undefined) return { type: 'choose', people }
  const called = isCall ? (placing.called ?? people.map(({ id }) => id)) : []
  const met = new Set([...called, ...inIt])
  const strangers = people.filter(({ id, hasNewIdentity }) => hasNewIdentity && met.has(id))
  if (strangers.length > 0 && !isWarned) return { type: 'warn', people: strangers }
  if (withVideo && !knowsPreview && !isPreviewed) return { type: 'preview' }
  return { type: 'go', called }
}
