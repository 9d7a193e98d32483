import type { Person } from '../../core/hearth.ts'

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
const rank = ({ isMe, isHere }: Person) => (isMe ? 0 : isHere ? 1 : 2)

/** Me, then who is here, then the others, each by name. */
export const sortPeople = (people: readonly Person[]): Person[] =>
  people.toSorted((a, b) => rank(a) - rank(b) || byName.compare(a.name, b.name))
