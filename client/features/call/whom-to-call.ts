import { callLimits } from '../../../shared/limits.ts'
import type { Person, Room } from '../../core/hearth.ts'
import { othersOf } from '../room-people.ts'

/** Whom one can call in a room: everybody else in it whom one has not blocked. */
export const peopleToCall = (room: Pick<Room, 'members'>): Person[] =>
  othersOf(room.members).filter(({ isBlocked }) => !isBlocked)

/** One place in the call is ours. */
export const mostToCall = callLimits.maxDevices - 1

/** With more people than a call holds somebody has to say who is rung. */
export const mustChoose = (people: readonly unknown[]): boolean => people.length > mostToCall
