import { nameLimits, profileLimits } from './limits.ts'
import { fail, ok, type Result } from './result.ts'

export type NameProblem = { type: 'nameEmpty' } | { type: 'nameTooLong'; limit: number }

const segments = new Intl.Segmenter()
const countCharacters = (text: string): number => [...segments.segment(text)].length

/** Control characters, and marks that turn the direction of what stands beside them: nobody's name needs them. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu

const tidy = (name: string): string =>
  name.replace(unprintable, ' ').normalize('NFC').replace(/\s+/g, ' ').trim()

const parseName = (name: string, limit: number): Result<string, NameProblem> => {
  const tidied = tidy(name)
  if (tidied === '') return fail({ type: 'nameEmpty' })
  // A name of a thousand joined marks counts as one character: bound what it takes to store, too.
  if (countCharacters(tidied) > limit || tidied.length > limit * 8)
    return fail({ type: 'nameTooLong', limit })
  return ok(tidied)
}

export const parsePersonName = (name: string) => parseName(name, nameLimits.maxPersonName)
export const parseRoomName = (name: string) => parseName(name, nameLimits.maxRoomName)
export const parseFamilyName = (name: string) => parseName(name, nameLimits.maxFamilyName)

/** A line somebody says about themselves; may be empty. */
export const parseStatus = (status: string): Result<string, { type: 'statusTooLong'; limit: number }> => {
  const parsed = parseName(status, profileLimits.maxStatusChars)
  if (parsed.ok) return parsed
  const { problem } = parsed
  return problem.type === 'nameEmpty' ? ok('') : fail({ type: 'statusTooLong', limit: problem.limit })
}

/** What a room is about, in one line; may be empty, where it is about nothing any more. */
export const parseTopic = (topic: string): Result<string, { type: 'topicTooLong'; limit: number }> => {
  const parsed = parseName(topic, nameLimits.maxTopic)
  if (parsed.ok) return parsed
  const { problem } = parsed
  return problem.type === 'nameEmpty' ? ok('') : fail({ type: 'topicTooLong', limit: problem.limit })
}

/** Two names that fold alike are one name to a person (G8). */
export const foldName = (name: string): string => name.normalize('NFKC').toLocaleLowerCase('und')

/** The name, or "name (2)", "name (3)"… where those before it took it already (G8). */
export const uniqueName = (name: string, taken: Set<string>): string => {
  let unique = name
  for (let number = 2; taken.has(foldName(unique)); number++) unique = `${name} (${number})`
  taken.add(foldName(unique))
  return unique
}
