import type { Person } from '../../core/hearth.ts'
import { compareNames } from '../compare-names.ts'

const rank = ({ isMe, isHere }: Person) => (isMe ? 0 : isHere ? 1 : 2)

/** Me, then who is here, then the others, each by name. */
export const sortPeople = (people: readonly Person[]): Person[] =>
  people.toSorted((a, b) => rank(a) - rank(b) || compareNames(a.name, b.name))
