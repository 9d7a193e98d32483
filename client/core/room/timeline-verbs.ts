import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { Timeline } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import type { EraseTarget } from '../log/erase-body.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { LogId } from '../ports.ts'
import { encodeAnnotation, encodePin, isEmoji } from './annotation-body.ts'
import { toFact } from './annotated-pages.ts'
import { nameOfTarget } from './annotations.ts'

/** What one may do about a message that is there. */
export type TimelineVerbs = Pick<Timeline, 'edit' | 'react' | 'vote' | 'pin' | 'erase'>

export interface TimelineVerbsOptions {
  room: LogId
  logs: Pick<Logs, 'appendAbout' | 'readAbout' | 'erase'>
  accountOf(device: DeviceId): AccountId
  /** By the name it has on the screen. */
  entryOf(key: string): ReadEntry | undefined
}

export const createTimelineVerbs = (options: TimelineVerbsOptions): TimelineVerbs => {
  const { room, logs, accountOf, entryOf } = options
  const gone = fail({ type: 'messageGone' } as const)

  /** Its author's edits hold its text too. */
  const editsOf = async (entry: ReadEntry): Promise<Pick<EraseTarget, 'feed' | 'seq'>[]> => {
    const about = await logs.readAbout(room, entry.key.page)
    const author = accountOf(entry.author)
    return about.flatMap((one) => {
      const fact = toFact(one, accountOf)
      const isIt = fact?.says.type === 'edit' && nameOfTarget(fact.says.target) === nameOfTarget(entry.key)
      return isIt && fact.account === author ? [one.place] : []
    })
  }

  return {
    async edit(key, { text, mentions = [] }) {
      const entry = entryOf(key)
      if (!entry) return gone
      const content = { text, mentions }
      const body = encodeAnnotation({ type: 'edit', target: entry.key, content })
      if (!body.ok) return body
      return logs.appendAbout(room, entry.key, { kind: entryKinds.annotation, body: body.value })
    },

    async react(key, emoji) {
      const entry = entryOf(key)
      if (!entry || (emoji !== undefined && !isEmoji(emoji))) return gone
      const body = encodeAnnotation({ type: 'reaction', target: entry.key, emoji })
      if (!body.ok) return gone
      return logs.appendAbout(room, entry.key, { kind: entryKinds.annotation, body: body.value })
    },

    async vote(key, choices) {
      const entry = entryOf(key)
      const body = entry && encodeAnnotation({ type: 'vote', target: entry.key, choices })
      if (!entry || !body?.ok) return gone
      return logs.appendAbout(room, entry.key, { kind: entryKinds.annotation, body: body.value })
    },

    async pin(key, isPinned) {
      const entry = entryOf(key)
      if (!entry) return gone
      const body = encodePin({ target: entry.key, isPinned })
      return logs.appendAbout(room, entry.key, { kind: entryKinds.pin, body })
    },

    async erase(key) {
      const entry = entryOf(key)
      if (!entry) return ok(undefined) // gone already
      const { page } = entry.key
      const edits = await editsOf(entry)
      return logs.erase(room, [entry.key, ...edits.map((place) => ({ page, ...place }))])
    },
  }
}
