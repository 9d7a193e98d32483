import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { AboutEntry } from '../log/about.ts'
import { entryKinds, isAboutAnother } from '../log/entry.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { LogId, TimelineKey } from '../ports.ts'
import { parseAnnotation, parsePin } from './annotation-body.ts'
import { foldAnnotations, nameOfTarget, type Annotated, type AnnotationFact } from './annotations.ts'
import { nameOfKey } from './timeline-order.ts'

/** What is said about the messages of those pages of a room that are on the screen. */
export interface AnnotatedPages {
  of(key: TimelineKey): Annotated | undefined
  /** Entries that have just come, of any kind. */
  take(entries: readonly ReadEntry[]): void
  /** Reads these pages, as far as they were not read before; undefined where all were. */
  load(pages: Iterable<number>): Promise<void> | undefined
  /** Reads all of them anew: something went, or can be opened now. */
  reload(): Promise<void>
}

export interface AnnotatedPagesOptions {
  room: LogId
  logs: Pick<Logs, 'readAbout'>
  accountOf(device: DeviceId): AccountId
}

export const createAnnotatedPages = ({ room, logs, accountOf }: AnnotatedPagesOptions): AnnotatedPages => {
  const pages = new Map<number, Map<string, AnnotationFact>>()
  const folded = new Map<number, ReadonlyMap<string, Annotated>>()

  const add = (entries: readonly AboutEntry[]) => {
    for (const entry of entries) {
      const fact = toFact(entry, accountOf)
      const facts = pages.get(entry.place.page)
      if (!fact || !facts) continue // what is about a page that nobody looks at is read with it
      facts.set(nameOfTarget(fact.place), fact)
      folded.delete(entry.place.page)
    }
  }

  const read = async (page: number) => {
    // Before it is read, so that what comes meanwhile is not missed.
    pages.set(page, new Map())
    folded.delete(page)
    add(await logs.readAbout(room, page))
  }

  return {
    of({ page, feed, seq }) {
      const facts = pages.get(page)
      if (!facts || facts.size === 0) return undefined
      const ofPage = folded.get(page) ?? foldAnnotations([...facts.values()])
      folded.set(page, ofPage)
      return ofPage.get(nameOfTarget({ feed, seq }))
    },
    take: (entries) => add(entries.flatMap(toAbout)),
    load(wanted) {
      const fresh = [...new Set(wanted)].filter((page) => !pages.has(page))
      return fresh.length > 0 ? Promise.all(fresh.map(read)).then(() => undefined) : undefined
    },
    async reload() {
      await Promise.all([...pages.keys()].map(read))
    },
  }
}

const toAbout = ({ key, author, kind, body, time }: ReadEntry): AboutEntry[] =>
  isAboutAnother(kind) && body && time ? [{ place: key, author, kind, time, body }] : []

export const toFact = (
  { place, author, kind, time, body }: AboutEntry,
  accountOf: (device: DeviceId) => AccountId,
): AnnotationFact | undefined => {
  const pin = kind === entryKinds.pin ? parsePin(body) : undefined
  const says = pin ? ({ type: 'pin', ...pin } as const) : parseAnnotation(body)
  return says && { place, account: accountOf(author), time, says }
}

/** Where the message stands that something in the same page is about. */
export const targetName = (page: number, { target }: AnnotationFact['says']): string =>
  nameOfKey({ page, ...target })
