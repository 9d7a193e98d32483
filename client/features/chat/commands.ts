import type { InjectionKey } from 'vue'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { messageLimits } from '../../../shared/limits.ts'
import { foldName } from '../../../shared/names.ts'
import type { Person } from '../../core/hearth.ts'
import { formatNumber, t } from '../../ui/language/language.ts'
import { othersOf } from '../room-people.ts'

/**
 * Carries out what was typed where it is a command: words for why not, or nothing once it is done, which the text has
 * gone for then. Undefined for a message.
 */
export type Obey = (text: string) => Promise<string | undefined> | undefined
export const obeyKey: InjectionKey<Obey> = Symbol('obey')

/** What a line that begins with a slash wants done (ux 19). */
export type Command =
  | { type: 'direct'; rest: string }
  | { type: 'join'; name: string }
  /** Without words: what is it now? A dash: nothing from now on. */
  | { type: 'topic'; words: string }
  | { type: 'invite' | 'leave' | 'help' }
  /** A message that tells what one does. `start`: where its text begins, in UTF-16 units. */
  | { type: 'action'; start: number }
  | { type: 'shrug'; text: string }
  | { type: 'poll'; question: string; options: readonly string[] }

const line = /^\/(?<name>\p{L}+)(?:\s+(?<rest>.*))?$/isu

/** Undefined for a message: also for one that begins with a slash and is no command that is known. */
export const parseCommand = (text: string): Command | undefined => {
  const trimmed = text.trim()
  const found = line.exec(trimmed)?.groups
  const rest = found?.rest ?? ''
  const name = found?.name ?? ''
  switch (name.toLowerCase()) {
    case 'dm':
      return { type: 'direct', rest }
    case 'join':
      return { type: 'join', name: rest.replace(/^#/u, '') }
    case 'me':
      return { type: 'action', start: text.length - text.trimStart().length + trimmed.length - rest.length }
    case 'shrug':
      return { type: 'shrug', text: `${rest} ¯\\_(ツ)_/¯`.trim() }
    case 'poll': {
      const [question = '', ...options] = rest.split('|').map((part) => part.trim())
      return { type: 'poll', question, options: options.filter((option) => option !== '') }
    }
    case 'topic':
      return { type: 'topic', words: rest }
    case 'invite':
      return rest === '' ? { type: 'invite' } : undefined
    case 'leave':
      return rest === '' ? { type: 'leave' } : undefined
    case 'help':
      return rest === '' ? { type: 'help' } : undefined
    default:
      return undefined
  }
}

/** Why this cannot be asked; nothing where it can. */
export const explainPoll = ({
  question,
  options,
}: Pick<Extract<Command, { type: 'poll' }>, 'question' | 'options'>): string | undefined => {
  const { minPollOptions: least, maxPollOptions: most, maxPollOptionBytes: bytes } = messageLimits
  if (question === '' || options.length < least) return t('laterProblems.poll.incomplete')
  if (options.length > most) return t('laterProblems.poll.tooMany', { most: formatNumber(most) })
  if (new Set(options.map(foldName)).size < options.length) return t('laterProblems.poll.alike')
  if (options.some((option) => encodeUtf8(option).length > bytes)) return t('laterProblems.poll.tooLong')
  return undefined
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
      return t('laterProblems.addressee.noName')
    case 'myself':
      return t('laterProblems.addressee.myself')
    case 'nobody':
      return t('laterProblems.addressee.nobody', { name: found.name })
    case 'several':
      return t('laterProblems.addressee.several', { name: found.name })
    case 'blocked':
      return t('laterProblems.addressee.blocked', { name: found.person.name })
  }
}
