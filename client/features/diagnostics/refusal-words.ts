import type { RefusedThing } from '../../core/hearth.ts'
import { t, tCount, type WordKey } from '../../ui/language/language.ts'
import type { Moments } from '../moments.ts'

/** Why, as a sentence. A reason that is not in here does not compile. */
const reasons = {
  tooLarge: 'diagnostics.why.tooLarge',
  notAnUpdate: 'diagnostics.why.notAnUpdate',
  deletes: 'diagnostics.why.deletes',
  notAnAppend: 'diagnostics.why.notAnAppend',
  tooManyFeeds: 'diagnostics.why.tooManyFeeds',
  feedTooLong: 'diagnostics.why.feedTooLong',
  badEntry: 'diagnostics.why.badEntry',
  wrongKey: 'diagnostics.why.wrongKey',
  badSignature: 'diagnostics.why.badSignature',
  kindNotHere: 'diagnostics.why.kindNotHere',
  cutOff: 'diagnostics.why.cutOff',
  forked: 'diagnostics.why.forked',
  ofStrangers: 'diagnostics.why.ofStrangers',
  pageTooFarAhead: 'diagnostics.why.pageTooFarAhead',
  notASyncMessage: 'diagnostics.why.notASyncMessage',
  notAFamilyMessage: 'diagnostics.why.notAFamilyMessage',
  gapRemains: 'diagnostics.why.gapRemains',
  badFrame: 'diagnostics.why.badFrame',
  tooFast: 'diagnostics.why.tooFast',
  shownOut: 'diagnostics.why.shownOut',
  notItself: 'diagnostics.why.notItself',
  otherVersion: 'diagnostics.why.otherVersion',
  brokenHandshake: 'diagnostics.why.brokenHandshake',
  notOfThisFamily: 'diagnostics.why.notOfThisFamily',
  revoked: 'diagnostics.why.revoked',
} as const satisfies Record<RefusedThing['why'], WordKey>

export const explainRefusal = ({ why }: Pick<RefusedThing, 'why'>): string => t(reasons[why])

const subjects = {
  room: 'diagnostics.subject.room',
  sync: 'diagnostics.subject.sync',
  family: 'diagnostics.subject.family',
  door: 'diagnostics.subject.door',
  link: 'diagnostics.subject.link',
} as const satisfies Record<RefusedThing['about']['type'], WordKey>

/** What it was about. A room whose name is known stands within the words, set apart: it may run the other way. */
export const nameSubject = (about: RefusedThing['about']): { room: string } | { words: string } =>
  about.type === 'room' && about.name !== undefined
    ? { room: about.name }
    : { words: t(subjects[about.type]) }

/** Whose device it was, and which, where anybody has vouched for it. */
export const nameSender = ({ from }: Pick<RefusedThing, 'from'>): { who: string; device?: string } => {
  if (!from) return { who: t('diagnostics.from.unknown') }
  return {
    who: from.person.isMe ? t('diagnostics.from.me') : from.person.name,
    device: from.deviceName || t('diagnostics.from.nameless'),
  }
}

/** How often, where it was more than once. */
export const countRefusals = (
  { count, firstMs }: Pick<RefusedThing, 'count' | 'firstMs'>,
  moments: Moments,
  nowMs: number,
): string => (count === 1 ? '' : tCount('diagnostics.times', count, { when: moments.at(firstMs, nowMs) }))
