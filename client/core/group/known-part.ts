import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'
import { encodeRuns } from '../log/append-update.ts'
import { entryKinds, parseElement } from '../log/entry.ts'
import { walkRun, type PagePlace } from '../log/feed.ts'
import { readRuns, type ReadRun } from '../log/read-runs.ts'
import type { DocumentFeeds } from './document-feeds.ts'
import { countPlaces } from './document-places.ts'
import type { Genesis } from './genesis.ts'
import { readStatement, type Statement } from './statements.ts'
import { readVouchers, type Vouchers } from './vouchers.ts'

/** What of an update may stand in the family document by who wrote it. What is wrong with it otherwise is the gate's to say. */
export interface KnownPart {
  update: Bytes
  /** Whether feeds were left out: of devices that nobody vouches for yet, or that have no place. */
  isCut: boolean
}

export interface KnownPartOptions {
  genesis: Genesis
  place: PagePlace
  feeds: DocumentFeeds
  /** By the statements that are here. */
  vouchers: Vouchers
  statements: readonly Statement[]
}

interface Candidate {
  run: ReadRun
  device: DeviceId
  /** Whether it would begin the feed here. */
  isNew: boolean
  statements: readonly Statement[]
}

/** Leaving out one feed may leave another with nobody who vouches for it. Of an honest device’s document nothing is left out at all. */
const maxRounds = 8

/**
 * P3: the feeds of an update whose devices are vouched for by what is here and by what these feeds say themselves: all of them that can be at
 * once, so that it does not matter how the update was put together (G7).
 */
export const findKnownPart = async (update: Bytes, options: KnownPartOptions): Promise<KnownPart> => {
  const { genesis, place, feeds, vouchers } = options
  const whole = { update, isCut: false }
  if (update.length > logLimits.maxUpdateBytes) return whole
  // Twice what may be new: a family document from before may carry as many feeds of devices that nobody knows (P3).
  const runs = readRuns(update, 2 * logLimits.maxFeedsPerPage)
  if (!runs.ok) return whole

  const named: Omit<Candidate, 'statements'>[] = []
  for (const run of runs.value) {
    const device = await writerOf(place, feeds, run)
    // The gate finds out what is wrong with it.
    if (device === undefined) return whole
    named.push({ run, device, isNew: feeds.lengthOf(run.feed) === 0 })
  }
  if (areFine(named, vouchers, feeds).length === named.length) return whole

  const candidates: Candidate[] = []
  for (const one of named) {
    const here = feeds.lengthOf(one.run.feed)
    candidates.push({ ...one, statements: await statementsOf(genesis, one.run, here) })
  }
  let kept = candidates
  for (let round = 0; round <= maxRounds; round++) {
    const isLast = round === maxRounds
    const said = isLast ? [] : kept.flatMap(({ statements }) => statements)
    const next = areFine(kept, readVouchers(genesis, [...options.statements, ...said]), feeds)
    const isStable = next.length === kept.length
    kept = next
    if (isStable) break
  }
  return { update: encodeRuns(kept.map(({ run }) => run)), isCut: kept.length < candidates.length }
}

const areFine = <One extends Omit<Candidate, 'statements'>>(
  candidates: readonly One[],
  vouchers: Vouchers,
  feeds: DocumentFeeds,
): One[] => {
  const places = countPlaces(vouchers, feeds.devices())
  return candidates.filter(({ device, isNew }) =>
    isNew ? places.take(device) : vouchers.accountsOf(device).length > 0,
  )
}

/** Whose feed a run is of; undefined where that cannot be said. */
const writerOf = async (
  place: PagePlace,
  feeds: DocumentFeeds,
  { feed, clock, elements: [first] }: ReadRun,
): Promise<DeviceId | undefined> => {
  const head = await feeds.headOf(feed)
  if (head) return head.device
  const walked = clock === 0 && first ? await walkRun(place, feed, undefined, [first]) : undefined
  return walked?.ok ? walked.value.head.device : undefined
}

/** Of what a run brings that is not here yet. Each is signed by itself, so the feed’s own signature is not looked at. */
const statementsOf = async (
  { group }: Genesis,
  { clock, elements }: ReadRun,
  here: number,
): Promise<Statement[]> => {
  const found: Statement[] = []
  for (const [index, element] of elements.entries()) {
    const seq = clock + index
    const entry = seq < here ? undefined : parseElement(element, seq)
    const statement = entry?.kind === entryKinds.statement && (await readStatement(group, entry.body))
    if (statement) found.push(statement)
  }
  return found
}
