import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { PagePlace } from '../log/feed.ts'
import { judgeUpdate, type Feeds, type LogRules, type Verdict } from '../log/gate.ts'
import { controlKinds } from './control-bodies.ts'
import type { DocumentFeeds } from './document-feeds.ts'
import { countPlaces } from './document-places.ts'
import type { FamilyFacts } from './family-facts.ts'
import type { Genesis } from './genesis.ts'
import { findKnownPart } from './known-part.ts'
import { readVouchers, type Vouchers } from './vouchers.ts'

/** What the family document thinks of an update (P3). */
export interface Judged {
  verdict: Verdict
  /** The verdict is about a part of it: the rest came early, and is left out. */
  isCut: boolean
}

export interface DocumentGateOptions {
  genesis: Genesis
  place: PagePlace
  feeds: DocumentFeeds
  facts: Pick<FamilyFacts, 'statements'>
}

/** Of a device that somebody vouches for nothing is held back here: what has no say says nothing, since the fold hears members only. */
const familyRules: LogRules = { kinds: controlKinds, judge: () => 'good' }

/** The gate of the family document: by what is here at the moment. Changes nothing. */
export const createDocumentGate = ({ genesis, place, feeds, facts }: DocumentGateOptions) => {
  const statementsHere = () => facts.statements.map(({ statement }) => statement)
  let read: { amount: number; vouchers: Vouchers } | undefined
  const vouchersHere = (): Vouchers => {
    const amount = facts.statements.length
    if (read?.amount !== amount) read = { amount, vouchers: readVouchers(genesis, statementsHere()) }
    return read.vouchers
  }

  return async (update: Bytes): Promise<Judged> => {
    const vouchers = vouchersHere()
    const statements = statementsHere()
    const part = await findKnownPart(update, { genesis, place, feeds, vouchers, statements })
    const known: Feeds = {
      // What a document from before holds of strangers takes nobody's place.
      count: countPlaces(vouchers, feeds.devices()).count,
      lengthOf: (feed) => feeds.lengthOf(feed),
      headOf: (feed) => feeds.headOf(feed),
      signatureAt: (feed, seq) => feeds.signatureAt?.(feed, seq),
    }
    return { verdict: await judgeUpdate(place, known, part.update, familyRules), isCut: part.isCut }
  }
}
