import type { FrozenFeed, PagePosition } from '../ports.ts'
import { isErasableKind, toHusk } from './entry.ts'
import { createErasures } from './erasures.ts'
import type { Fates } from './fate.ts'
import type { SignedEntry } from './feed.ts'
import { countMessages, type Page, type PageChange } from './page.ts'

/**
 * P6: what of a page stays when a feed of it freezes: all but what the feed has after the fork, with `kept` at the fork where that is not the
 * entry that is here. The rest of the page is then what it would be if the cut part had never come: what an erase entry in it erased is
 * missed, so that all devices end alike.
 */
export const planFreeze = async (
  page: Page,
  frozen: FrozenFeed,
  kept: SignedEntry | undefined,
  fates: Fates,
): Promise<PageChange> => {
  const { feed, device, seq, hash } = frozen
  const cut = { feed, length: kept ? seq : seq + 1 }
  const left = [...page.entries()].filter((entry) => entry.feed !== feed || entry.seq < cut.length)
  const after = kept ? [...left, kept] : left
  const erasures = createErasures()
  erasures.add(after)

  const changed: SignedEntry[] = []
  const missed: PagePosition[] = []
  for (const entry of after) {
    if (!isErasableKind(entry.kind)) continue
    const fate = await fates.of(entry, erasures.of(entry.feed, entry.seq))
    // What is over goes when the room is swept, with its row in the index.
    const goes = fate.type === 'erased' || (fate.type === 'over' && entry === kept)
    if (!entry.bodyHash && goes) changed.push(await toHusk(entry))
    if (entry.bodyHash && fate.type === 'stays') missed.push({ feed: entry.feed, seq: entry.seq })
  }
  const brought = kept && (changed.find((entry) => entry.feed === feed && entry.seq === seq) ?? kept)
  const others = changed.filter((entry) => entry !== brought)
  const appended = brought ? [brought] : []
  return {
    update: page.encodeWith(others, appended, cut),
    isWhole: true,
    entries: appended,
    heads: [{ feed, device, length: seq + 1, hash }],
    missed,
    frozen: [...page.frozen.filter((one) => one.feed !== feed), frozen],
    messageCount: countMessages(after),
  }
}
