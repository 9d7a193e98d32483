import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { AboutEntry } from '../log/about.ts'
import { entryKinds, isAboutAnother } from '../log/entry.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { LogId, TimelineKey } from '../ports.ts'
import { parseAnnotation, parsePin } from './annotation-body.ts'
import { foldAbout, nameOfTarget, type Annotated, type AnnotationFact } from './annotations.ts'

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

type PageAbout = Map<string, About>

/** What is said about one message, and what that comes to as long as nothing more is said. */
interface About {
  facts: Map<string, AnnotationFact>
  folded: Annotated | undefined
}

export const createAnnotatedPages = ({ room, logs, accountOf }: AnnotatedPagesOptions): AnnotatedPages => {
  // Message by message: a flood about one of them makes nobody think about the others again.
  const pages = new Map<number, PageAbout>()
  /** Those being read anew: until they are whole, what was known before stays on the screen. */
  const coming = new Map<number, PageAbout>()

  const addTo = (about: PageAbout, fact: AnnotationFact) => {
    const name = nameOfTarget(fact.says.target)
    const ofOne = about.get(name) ?? { facts: new Map<string, AnnotationFact>(), folded: undefined }
    about.set(name, ofOne)
    ofOne.facts.set(nameOfTarget(fact.place), fact)
    ofOne.folded = undefined
  }

  const read = async (page: number) => {
    const fresh: PageAbout = new Map()
    coming.set(page, fresh)
    if (!pages.has(page)) pages.set(page, fresh)
    for (const entry of await logs.readAbout(room, page)) {
      const fact = toFact(entry, accountOf)
      if (fact) addTo(fresh, fact)
    }
    if (coming.get(page) !== fresh) return
    coming.delete(page)
    pages.set(page, fresh)
  }

  return {
    of({ page, feed, seq }) {
      const about = pages.get(page)?.get(nameOfTarget({ feed, seq }))
      if (!about) return undefined
      about.folded ??= foldAbout([...about.facts.values()])
      return about.folded
    },
    take(entries) {
      for (const entry of entries.flatMap(toAbout)) {
        const fact = toFact(entry, accountOf)
        const { page } = entry.place
        // What is about a page that nobody looks at is read with it.
        for (const about of new Set([pages.get(page), coming.get(page)]))
          if (fact && about) addTo(about, fact)
      }
    },
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
