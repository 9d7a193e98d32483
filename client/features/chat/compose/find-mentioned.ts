import { foldName } from '../../../../shared/names.ts'
import type { Person } from '../../../core/hearth.ts'
import { othersOf } from '../../room-people.ts'

const maxShown = 8

/** Without accents too: nobody should have to type them to find somebody. */
const fold = (name: string): string => foldName(name).normalize('NFKD').replace(/\p{M}/gu, '')

/** Whom an `@` and these letters may mean: whose name begins so comes first, then those of whose names a later word does. */
export const findMentioned = (query: string, people: readonly Person[]): Person[] => {
  const wanted = fold(query.trimEnd())
  const others = othersOf(people).filter(({ isBlocked }) => !isBlocked)
  const begins = others.filter(({ name }) => fold(name).startsWith(wanted))
  const later = others.filter(
    (person) => !begins.includes(person) && fold(person.name).includes(` ${wanted}`),
  )
  return [...begins, ...later].slice(0, maxShown)
}
