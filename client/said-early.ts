import type { KeepSaid } from './core/screen/early-hearth.ts'
import type { LogId } from './core/ports.ts'
import { createDrafts } from './features/chat/drafts.ts'

export interface SaidEarlyStore {
  keep: KeepSaid
  /** What is left from a page whose core never came is a draft again in its room (ux 17). */
  makeDrafts(): void
}

const prefix = 'hearth/said-early/'

/** What was said before the core is here, as text beside the drafts. Where the browser keeps nothing, it lasts as long as the page. */
export const createSaidEarly = (storage: Storage | undefined): SaidEarlyStore => ({
  keep(room, said) {
    try {
      if (said.length === 0) storage?.removeItem(prefix + room)
      else storage?.setItem(prefix + room, said.map(({ text }) => text).join('\n'))
    } catch {
      // It stays in memory.
    }
  },

  makeDrafts() {
    if (!storage) return
    const drafts = createDrafts(storage)
    try {
      for (const name of Object.keys(storage).filter((key) => key.startsWith(prefix))) {
        const room = name.slice(prefix.length) as LogId
        const texts = [storage.getItem(name), drafts.read(room)].filter(Boolean)
        drafts.write(room, texts.join('\n'))
        storage.removeItem(name)
      }
    } catch {
      // A browser that refuses has kept nothing either.
    }
  },
})
