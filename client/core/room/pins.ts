import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { messageLimits } from '../../../shared/limits.ts'
import type { PinnedMessage } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import type { PlacedPosition } from '../log/keeping.ts'
import type { Logs } from '../log/logs.ts'
import type { LogId } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import { toFact } from './annotated-pages.ts'
import { foldAnnotations, nameOfTarget, type AnnotationFact } from './annotations.ts'
import { parseMessage } from './message-body.ts'
import { showMessage, type ShowPerson } from './show-message.ts'
import { nameOfKey } from './timeline-order.ts'

export interface Pins {
  readonly value: Value<readonly PinnedMessage[]>
  /** Reads them anew. */
  look(): Promise<void>
}

export interface PinsOptions {
  room: LogId
  logs: Pick<Logs, 'readAbout' | 'readAt' | 'pinnedPages'>
  accountOf(device: DeviceId): AccountId
  person: ShowPerson
}

/** What is pinned in a room, wherever it stands: only pages that hold pins are opened for it. */
export const createPins = ({ room, logs, accountOf, person }: PinsOptions): Pins => {
  const value = createValue<readonly PinnedMessage[]>([])
  let looking: Promise<void> | undefined
  let isStale = false

  const onPage = async (page: number): Promise<PinnedMessage[]> => {
    const about = (await logs.readAbout(room, page))
      .map((entry) => toFact(entry, accountOf))
      .filter((fact) => fact !== undefined)
    const folded = foldAnnotations(about)
    const pinned = new Map<string, AnnotationFact>()
    for (const fact of about)
      if (folded.get(nameOfTarget(fact.says.target))?.pin?.isPinned)
        pinned.set(nameOfTarget(fact.says.target), fact)
    const found = [...pinned].map(async ([name, { says }]): Promise<PinnedMessage[]> => {
      const position: PlacedPosition = { page, ...says.target }
      const entry = await logs.readAt(room, position)
      const content = entry?.kind === entryKinds.message ? parseMessage(entry.body) : undefined
      const annotated = folded.get(name)
      if (!entry || !content || !annotated?.pin) return []
      const author = accountOf(entry.author)
      const { text } = showMessage(content, { author, ms: entry.key.ms, annotated }, person)
      const { by, ms } = annotated.pin
      return [{ key: nameOfKey(entry.key), author: person(author), text, by: person(by), ms }]
    })
    return (await Promise.all(found)).flat()
  }

  const lookOnce = async () => {
    const pages = await Promise.all(logs.pinnedPages(room).map(onPage))
    value.set(
      pages
        .flat()
        .sort((left, right) => right.ms - left.ms)
        .slice(0, messageLimits.maxPins),
    )
  }

  return {
    value,
    // However many ask meanwhile, it is looked once more: each look opens all that is about the messages of a page.
    look() {
      isStale = true
      looking ??= (async () => {
        while (isStale) {
          isStale = false
          await lookOnce()
        }
      })().finally(() => {
        looking = undefined
      })
      return looking
    },
  }
}
