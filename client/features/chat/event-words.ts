import type { Person } from '../../core/hearth.ts'
import type { EventItem } from './arrange.ts'
import { keepWords } from './keep-words.ts'

/** A sentence in the pieces of which names are set apart, as each may run in its own direction. */
export interface EventWords {
  /** Whom it begins with; nobody where it is about the room alone. */
  who: string
  did: string
  /** To whom, or which name. */
  whom?: string
  then?: string
}

const subject = ({ isMe, name }: Person): string => (isMe ? 'You' : name)
const object = ({ isMe, name }: Person): string => (isMe ? 'you' : name)
const are = ({ isMe }: Person): string => (isMe ? 'are' : 'is')

/** One line of a room's history, as the one who looks would say it. */
export const describeEvent = ({ person, event, by, name, keep }: EventItem): EventWords => {
  switch (event) {
    case 'created':
      return { who: subject(person), did: 'created this room' }
    case 'joined':
      return { who: subject(person), did: 'joined' }
    case 'left':
      return { who: subject(person), did: 'left' }
    case 'added':
    case 'removed':
      return by
        ? { who: subject(by), did: event, whom: object(person) }
        : { who: subject(person), did: `${person.isMe ? 'were' : 'was'} ${event}` }
    case 'renamed':
      return name === undefined
        ? { who: subject(by ?? person), did: 'renamed this room' }
        : { who: subject(by ?? person), did: 'renamed this room to', whom: `“${name}”` }
    case 'becameAdmin':
      return by
        ? { who: subject(by), did: 'made', whom: object(person), then: 'an admin' }
        : { who: subject(person), did: `${are(person)} an admin now` }
    case 'becameMember':
      return by
        ? { who: subject(by), did: 'made', whom: object(person), then: 'a plain member' }
        : { who: subject(person), did: `${are(person)} a plain member now` }
    case 'retained':
      return { who: subject(person), did: `set this room to be kept ${keepWords[keep ?? 'forever'].then}` }
    case 'forked':
      return {
        who: '',
        did: 'Two different messages of',
        whom: person.isMe ? 'yours' : person.name,
        then: 'stood in one place. Nothing more from that device is taken here for now',
      }
    case 'keysChanged':
      return { who: '', did: 'New keys: what comes from now on is sealed anew' }
  }
}
