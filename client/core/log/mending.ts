import type { FeedHead, FeedId, LogId, LogStore } from '../ports.ts'
import type { MutableValue } from '../value.ts'
import type { Committing, OpenPage } from './committing.ts'
import { firstPrev } from './entry.ts'
import { walkRun, type PagePlace } from './feed.ts'
import { encodeEntries, findMissed } from './page-change.ts'
import type { PageLengths } from './page-lengths.ts'
import type { Page } from './page.ts'

/** Pages of which this disk has lost a part: what is here counts, and the rest comes back from other devices like anything else that lacks (Y2). */
export interface Mending {
  /** In the log's turn, when a damaged page is opened and after something came to it. True where it has more or less than before. */
  look(at: OpenPage): Promise<boolean>
  /** Whether a feed may go on in a page: what a device has signed and lost is not signed again (P6). */
  mayExtend(page: Page, feed: FeedId): boolean
  /** Pages, found so far, of which something is lost that has not come back. */
  readonly lackingPages: MutableValue<ReadonlySet<string>>
}

export interface MendingOptions extends Pick<Committing, 'fatesOf'> {
  store: LogStore
  lengths: PageLengths
  lackingPages: Mending['lackingPages']
}

export const createMending = ({ store, lengths, lackingPages, fatesOf }: MendingOptions): Mending => {
  /** Of these nobody will ever know whether all is back. */
  const uncertain = new WeakSet<Page>()
  const looked = new WeakSet<Page>()

  const note = (log: LogId, number: number, isLacking: boolean): void => {
    const name = `${log} ${number}`
    const before = lackingPages.get()
    if (before.has(name) === isLacking) return
    lackingPages.set(new Set(isLacking ? [...before, name] : [...before].filter((other) => other !== name)))
  }

  const isAllBack = (page: Page): boolean =>
    [...(page.damage?.promised ?? [])].every(([feed, length]) => page.lengthOf(feed) >= length)

  /** Its feeds are as long as they are here, one entry after the other; true where one was thought longer, or shorter. */
  const measure = async ({ group, log, number, page }: OpenPage): Promise<boolean> => {
    const heads: FeedHead[] = []
    let hasChanged = false
    for (const feed of page.feedsHere()) {
      const known = await page.headOf(feed)
      const here = page.elementsHere(feed)
      const isAsKnown = known?.length === here.length
      const head = isAsKnown ? known : await headAt({ group: group.id, log, page: number }, feed, known, here)
      hasChanged ||= !isAsKnown
      if (head) heads.push(head)
    }
    if (!hasChanged) return false
    page.standAt(heads)
    lengths.note(log, number, heads)
    return true
  }

  /** The page anew, without the rows that cannot be read. */
  const finish = async ({ group, log, number, page }: OpenPage): Promise<void> => {
    const fates = fatesOf(group, number)
    const husks = [...page.entries()].filter(({ bodyHash }) => bodyHash !== undefined)
    const missed = await findMissed(page, husks, (entry) =>
      fates.of(entry, page.erasures.of(entry.feed, entry.seq)),
    )
    const { messageCount, hasPins, frozen } = page
    const written = await store.write({
      log,
      page: number,
      update: page.encodeWith([], []),
      isWhole: true,
      heads: [...page.heads()],
      messageCount,
      timeline: [],
      missed: missed.map(({ feed, seq }) => ({ feed, seq })),
      hasPins,
      frozen,
      durability: 'strict',
    })
    // Should the disk be full, the next time that the page is opened tries again.
    if (!written.ok) return
    page.endDamage(missed)
    lengths.noteMissed(log, number, missed.length)
    note(log, number, false)
  }

  /** What the disk said of a page is lost: from now on it says what is here, and that nobody knows whether that is all. */
  const noteUncertain = async ({ log, number, page }: OpenPage): Promise<void> => {
    const { messageCount, missed, hasPins, frozen } = page
    const heads = [...page.heads()]
    await store.write({
      log,
      page: number,
      update: encodeEntries([]),
      isDamaged: true,
      heads,
      messageCount,
      timeline: [],
      missed,
      hasPins,
      frozen,
      durability: 'strict',
    })
  }

  return {
    lackingPages,

    async look(at) {
      const { log, number, page } = at
      const isFirstLook = !looked.has(page)
      looked.add(page)
      const hasChanged = await measure(at)
      const { damage } = page
      if (!damage || uncertain.has(page)) return hasChanged
      if (damage.hasLostHeads && (damage.unreadableRows > 0 || damage.hasGaps)) {
        uncertain.add(page)
        note(log, number, true)
        await noteUncertain(at)
      } else if (isFirstLook && damage.isOnlyNoted && !hasChanged) uncertain.add(page)
      else if (isAllBack(page)) await finish(at)
      else note(log, number, true)
      return hasChanged
    },

    mayExtend: (page, feed) =>
      !page.damage ||
      (!uncertain.has(page) &&
        !page.damage.hasLostHeads &&
        page.lengthOf(feed) >= (page.damage.promised.get(feed) ?? 0)),
  }
}

/** Where a feed ends of which these entries are here. They come from this disk, where only what was checked is kept. */
const headAt = async (
  place: PagePlace,
  feed: FeedId,
  known: FeedHead | undefined,
  here: readonly Uint8Array[],
): Promise<FeedHead | undefined> => {
  const from = known && known.length < here.length ? known : undefined
  const walked = await walkRun(place, feed, from, here.slice(from?.length ?? 0))
  if (walked.ok) return walked.value.head
  return from ?? (known && { ...known, length: 0, hash: firstPrev() })
}
