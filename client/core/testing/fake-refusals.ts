import type { Holder, RefusedThing } from '../hearth.ts'
import type { RefusalReason } from '../refusals.ts'
import { anna, bob, layla, mia } from './fake-family.ts'

/** Each reason once; a reason that is not in here does not compile. */
const invented: Readonly<Record<RefusalReason, RefusedThing['about']>> = {
  badSignature: { type: 'room', name: 'general' },
  wrongKey: { type: 'room', name: 'Surprise for Grandpa' },
  shownOut: { type: 'link' },
  revoked: { type: 'door' },
  forked: { type: 'room', name: 'general' },
  deletes: { type: 'family' },
  notAnAppend: { type: 'room', name: 'حديقة' },
  cutOff: { type: 'room', name: undefined },
  notASyncMessage: { type: 'sync' },
  notItself: { type: 'door' },
  notOfThisFamily: { type: 'door' },
  otherVersion: { type: 'door' },
  brokenHandshake: { type: 'door' },
  tooLarge: { type: 'room', name: 'general' },
  notAnUpdate: { type: 'room', name: 'general' },
  tooManyFeeds: { type: 'room', name: 'general' },
  feedTooLong: { type: 'room', name: 'general' },
  badEntry: { type: 'room', name: 'general' },
  kindNotHere: { type: 'family' },
  ofStrangers: { type: 'family' },
  pageTooFarAhead: { type: 'room', name: 'general' },
  notAFamilyMessage: { type: 'family' },
  gapRemains: { type: 'family' },
  badFrame: { type: 'link' },
  tooFast: { type: 'family' },
}

const senders: readonly Holder[] = [
  { person: bob, deviceName: 'Chrome on Android' },
  { person: layla, deviceName: '' },
  { person: anna, deviceName: 'Safari on the old iPad' },
  { person: mia, deviceName: 'Firefox on Linux' },
]

/** One refusal of each reason, newest first. */
export const fakeRefusals = (nowMs: number): RefusedThing[] =>
  (Object.keys(invented) as RefusalReason[]).map((why, index) => {
    const latestMs = nowMs - index * index * 7 * 60_000
    const about = invented[why]
    return {
      key: why,
      firstMs: latestMs - 3 * 60 * 60_000,
      latestMs,
      count: index % 3 === 0 ? 1 + index * 411 : 1,
      from: about.type === 'door' && why !== 'revoked' ? undefined : senders[index % senders.length],
      about,
      why,
    }
  })
