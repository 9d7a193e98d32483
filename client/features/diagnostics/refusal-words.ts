import type { RefusedThing } from '../../core/hearth.ts'
import type { Moments } from '../moments.ts'

/** Why, as a sentence. A reason that is not in here does not compile. */
const reasons: Readonly<Record<RefusedThing['why'], string>> = {
  tooLarge: 'It was larger than a message may be.',
  notAnUpdate: 'It was damaged, or not made by Hearth.',
  deletes: 'It tried to erase what was written before.',
  notAnAppend: 'It tried to change what was written before.',
  tooManyFeeds: 'It named more devices than a room has place for.',
  feedTooLong: 'It held more than one device may write.',
  badEntry: 'A part of it was damaged, or not made by Hearth.',
  wrongKey: 'It claimed to be written by another device.',
  badSignature: 'Its signature was wrong: it was changed on the way, or made up.',
  kindNotHere: 'It was of a kind that does not belong there.',
  cutOff: 'It was written by somebody who could not write there any more.',
  forked:
    'It wrote two different messages in one place, as two copies of a browser’s profile do. One of them stays, the same for everybody, and nothing more of it is taken there.',
  ofStrangers: 'It kept sending what devices wrote that nobody has let into the family.',
  pageTooFarAhead: 'It was far ahead of all that was written so far.',
  notASyncMessage: 'It was nothing that Hearth understands.',
  notAFamilyMessage: 'It was nothing that Hearth says about a family.',
  gapRemains: 'A part before it was missing, and did not come when it was asked for.',
  badFrame: 'It sent what no Hearth sends, so the connection was closed.',
  tooFast: 'It sent more at once than can be checked, so the connection was closed.',
  shownOut: 'Too much of what it sent was refused, so the connection was closed.',
  notItself: 'It could not prove to be the device it claimed to be.',
  otherVersion: 'It has another version of Hearth. Reload the page on both devices.',
  brokenHandshake: 'It did not introduce itself as Hearth does.',
  notOfThisFamily: 'It does not belong to this family.',
  revoked: 'It was revoked, and may not come in any more.',
}

export const explainRefusal = ({ why }: Pick<RefusedThing, 'why'>): string => reasons[why]

const subjects: Readonly<Record<RefusedThing['about']['type'], string>> = {
  room: 'In a room',
  sync: 'Among the messages',
  family: 'About members and rooms',
  door: 'On coming in',
  link: 'On the connection',
}

/** What it was about. A room's name stands apart: it may run the other way. */
export const nameSubject = (about: RefusedThing['about']): { words: string; room?: string } =>
  about.type === 'room' && about.name !== undefined
    ? { words: 'In the room', room: about.name }
    : { words: subjects[about.type] }

/** Whose device it was, and which, where anybody has vouched for it. */
export const nameSender = ({ from }: Pick<RefusedThing, 'from'>): { who: string; device?: string } => {
  if (!from) return { who: 'An unknown device' }
  return {
    who: from.person.isMe ? 'You' : from.person.name,
    device: from.deviceName || 'A device without a name',
  }
}

const numbers = new Intl.NumberFormat('en-GB')

/** How often, where it was more than once. */
export const countRefusals = (
  { count, firstMs }: Pick<RefusedThing, 'count' | 'firstMs'>,
  moments: Moments,
  nowMs: number,
): string => (count === 1 ? '' : `${numbers.format(count)} times since ${moments.at(firstMs, nowMs)}`)
