import type { Person } from '../../core/hearth.ts'
import { listed, t, tCount } from '../../ui/language/language.ts'

const named = 3

/** Who of a room is here besides me, for the line under its name. */
export const describePresence = (members: readonly Person[]): string => {
  const others = members.filter(({ isMe }) => !isMe)
  if (others.length === 0) return t('chat.presence.onlyYou')
  const here = others.filter(({ isHere }) => isHere).map(({ name }) => name)
  if (here.length === 0) return t('chat.presence.nobodyHere')
  const more = here.length - named
  const names = more > 1 ? [...here.slice(0, named), tCount('chat.presence.more', more)] : here
  return tCount('chat.presence.here', here.length, { names: listed(names) })
}
