import type { InjectionKey } from 'vue'
import { foldName } from '../../../shared/names.ts'
import type { Person } from '../../core/hearth.ts'
import { othersOf } from '../room-people.ts'

/**
 * Carries out what was typed where it is a command: words for why not, or nothing once it is done, which the text has
 * gone for then. Undefined for a message.
 */
export type Obey = (text: string) => Promise<string | undefined> | undefined
export const obeyKey: InjectionKey<Obey> = Symbol('obey')

/** `/dm` and whatever stands after it (ux 19). */
export interface Command {
  type: 'direct'
  rest: string
}

/** Undefined for a message: also for one that begins with a slash and is no command that is known. */
export const parseCommand = (text: string): Command | undefined => {
  const found = /^\/dm(?:\s+(?<rest>.*))?$/isu.exec(text.trim())
  return found ? { type: 'direct', rest: found.groups?.rest ?? '' } : undefined
}

/** Whom `/dm` means, and what is to be written to them. */
export type Addressee =
  | { type: 'person'; person: Person; text: string }
  | { type: 'noName' | 'myself' }
  | { type: 'nobody' | 'several'; name: string }
  | { type: 'blocked'; person: Person }

/** A name is of so few words that trying each length costs nothing. */
const maxNameWords = 40

/** Names may be of several words, so the longest that is somebody's counts; a first name alone does where one person has it. */
export const findAddressee = (rest: string, people: readonly Person[]): Addressee => {
  const wanted = rest.trim().replace(/^@/u, '')
  const words = [...wanted.matchAll(/\S+/gu)].slice(0, maxNameWords)
  const starts = words.map(({ index, 0: word }) => index + word.length)
  const nameOf = (count: number) => foldName(words.slice(0, count).join(' '))
  const [firstEnd] = starts
  if (firstEnd === undefined) return { type: 'noName' }

  const others = othersOf(people)
  const mine = people.filter(({ isMe }) => isMe)
  for (const [index, end] of [...starts.entries()].reverse()) {
    const isCalled = ({ name }: Person) => foldName(name) === nameOf(index + 1)
    const called = others.filter(isCalled)
    if (called.length > 0) return choose(called, wanted, end)
    if (mine.some(isCalled)) return { type: 'myself' }
  }
  const begins = others.filter(({ name }) => foldName(name).startsWith(`${nameOf(1)} `))
  return choose(begins, wanted, firstEnd)
}

const choose = (called: readonly Person[], wanted: string, end: number): Addressee => {
  const [person] = called
  const name = wanted.slice(0, end)
  if (!person) return { type: 'nobody', name }
  if (called.length > 1) return { type: 'several', name }
  return person.isBlocked
    ? { type: 'blocked', person }
    : { type: 'person', person, text: wanted.slice(end).trim() }
}

/** Why nobody was written to; the text is still in the composer. */
export const explainAddressee = (found: Exclude<Addressee, { type: 'person' }>): string => {
  switch (found.type) {
    case 'noName':
      return 'Write a name after /dm, as in “/dm Bob”.'
    case 'myself':
      return 'That is you. Write the name of somebody else after /dm.'
    case 'nobody':
      return `Nobody in the family is called “${found.name}”. Everybody is listed under “New message”.`
    case 'several':
      return `More than one person is called “${found.name}”. Write the whole name, or choose under “New message”.`
    case 'blocked':
      return `You have blocked ${found.person.name}. Unblock them first, on the page with their name.`
  }
}
