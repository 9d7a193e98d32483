import type { Person } from '../../core/hearth.ts'

const named = 3

/** Who of a room is here besides me, for the line under its name. */
export const describePresence = (members: readonly Person[]): string => {
  const others = members.filter(({ isMe }) => !isMe)
  if (others.length === 0) return 'Only you, so far'
  const here = others.filter(({ isHere }) => isHere).map(({ name }) => name)
  if (here.length === 0) return 'Nobody else is here right now'
  const more = here.length - named
  const names = more > 1 ? [...here.slice(0, named), `${more} more`] : here
  return `${new Intl.ListFormat('en-GB').format(names)} ${here.length === 1 ? 'is' : 'are'} here`
}
