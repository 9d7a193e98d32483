import type { PagePosition } from '../ports.ts'
import { encodeRuns } from './append-update.ts'
import { encodeElement, entryKinds, toHusk } from './entry.ts'
import { parseEraseBody } from './erase-body.ts'
import { createErasures, type Erasure } from './erasures.ts'
import type { Fate, Fates } from './fate.ts'
import type { SignedEntry } from './feed.ts'
import type { Admission } from './gate.ts'
import type { Page, PageChange } from './page.ts'

/**
 * What an admission does to a page (P4, P8): what it brings and is to go is never kept, what it erases here goes, and bodies that were
 * missed come back. Everything is written anew, so that no byte of an update is kept that was not looked at.
 */
export const planChange = async (page: Page, admission: Admission, fates: Fates): Promise<PageChange> => {
  const brought = createErasures()
  brought.add(admission.entries)
  const erasuresAt = ({ feed, seq }: PagePosition): readonly Erasure[] => [
    ...page.erasures.of(feed, seq),
    ...brought.of(feed, seq),
  ]
  const fateOf = (entry: SignedEntry) => fates.of(entry, erasuresAt(entry))

  const entries: SignedEntry[] = []
  for (const entry of admission.entries)
    entries.push((await fateOf(entry)).type === 'stays' ? entry : await toHusk(entry))

  const changed: SignedEntry[] = []
  for (const { feed, seq } of targetsOf(admission.entries)) {
    const entry = page.read(feed, seq)
    if (!entry || entry.bodyHash) continue
    if ((await fateOf(entry)).type !== 'stays') changed.push(await toHusk(entry))
  }
  for (const entry of admission.fills ?? []) if ((await fateOf(entry)).type === 'stays') changed.push(entry)

  const wholeAgain = new Set(changed.filter((entry) => !entry.bodyHash).map(nameOf))
  const still = page.missed.filter((position) => !wholeAgain.has(nameOf(position)))
  const erases = admission.entries.some(({ kind }) => kind === entryKinds.erase)
  const missed = erases ? await findMissed(page, still, fateOf) : still
  for (const entry of entries)
    if (entry.bodyHash && (await fateOf(entry)).type === 'stays')
      missed.push({ feed: entry.feed, seq: entry.seq })

  const isWhole = changed.length > 0
  const update = isWhole ? page.encodeWith(changed, entries) : encodeEntries(entries)
  return { update, isWhole, entries, heads: admission.heads, missed }
}

/** Of these husks those that nothing explains: their bodies are wanted back. */
export const findMissed = async (
  page: Page,
  positions: readonly PagePosition[],
  fateOf: (entry: SignedEntry) => Promise<Fate>,
): Promise<PagePosition[]> => {
  const missed: PagePosition[] = []
  for (const position of positions) {
    const husk = page.read(position.feed, position.seq)
    if (husk && (await fateOf(husk)).type === 'stays') missed.push(position)
  }
  return missed
}

/** What goes from a page without anything coming: what is over (P8). */
export const planErasing = async (page: Page, erased: readonly SignedEntry[]): Promise<PageChange> => {
  const husks = await Promise.all(erased.map(toHusk))
  const { missed } = page
  return { update: page.encodeWith(husks, []), isWhole: true, entries: [], heads: [], missed }
}

const nameOf = ({ feed, seq }: PagePosition) => `${feed} ${seq}`

const targetsOf = (entries: readonly SignedEntry[]): PagePosition[] => {
  const targets = entries
    .filter(({ kind }) => kind === entryKinds.erase)
    .flatMap(({ body }) => parseEraseBody(body) ?? [])
  return [...new Map(targets.map((target) => [nameOf(target), target])).values()]
}

/** As an update that appends them: runs of one feed follow one another. */
export const encodeEntries = (entries: readonly SignedEntry[]) => {
  const runs = new Map<number, { feed: number; clock: number; elements: Uint8Array[] }>()
  for (const entry of entries) {
    const run = runs.get(entry.feed) ?? { feed: entry.feed, clock: entry.seq, elements: [] }
    runs.set(entry.feed, run)
    run.elements.push(encodeElement(entry))
  }
  return encodeRuns([...runs.values()])
}
