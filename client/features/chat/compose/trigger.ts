/** What stands before the caret and may be completed: whom, which emoji, which command (ux 19). */
export interface Trigger {
  type: 'person' | 'emoji' | 'command'
  /** Where its sign stands, in UTF-16 units; it ends at the caret. */
  start: number
  /** What was typed after the sign. */
  query: string
}

/** A name may be of several words; more than these are no name that one is still looking for. */
const maxPersonQuery = 40
const person = /(?:^|[\s(>*_~|"'“‘])@(?<query>[^@\n]*)$/u
const emoji = /(?:^|[\s(>*_~|"'“‘])(?::(?<query>[\p{L}\p{N}_+-]{2,32}))$/u
const command = /^\/(?<query>\p{L}*)$/u

/** Undefined where nothing is to be completed at the caret. */
export const findTrigger = (text: string, caret: number): Trigger | undefined => {
  const before = text.slice(0, caret)
  const wanted = command.exec(before)?.groups?.query
  if (wanted !== undefined) return { type: 'command', start: 0, query: wanted }
  const near = before.slice(-(maxPersonQuery + 2))
  const called = person.exec(near)?.groups?.query
  if (called !== undefined && called.length <= maxPersonQuery && !called.startsWith(' '))
    return { type: 'person', start: caret - called.length - 1, query: called }
  const named = emoji.exec(near)?.groups?.query
  return named === undefined ? undefined : { type: 'emoji', start: caret - named.length - 1, query: named }
}
