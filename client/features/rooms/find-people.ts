import { foldName } from '../../../shared/names.ts'
import type { Person } from '../../core/hearth.ts'

/** With more people than this, a list of them can be searched. */
export const manyPeople = 8

/** Those in whose name the words stand; everybody for no words. */
export const findPeople = (people: readonly Person[], words: string): Person[] => {
  const wanted = foldName(words.trim())
  return people.filter(({ name }) => foldName(name).includes(wanted))
}
