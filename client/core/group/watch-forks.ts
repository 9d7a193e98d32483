import type * as Y from 'yjs'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'
import { proveFork } from '../log/forks.ts'
import type { PagePlace } from '../log/feed.ts'
import type { Doubt } from '../log/gate.ts'
import type { Clock, FeedId } from '../ports.ts'

export interface ForkWatchOptions {
  doc: Y.Doc
  place: PagePlace
  clock: Pick<Clock, 'now'>
  onFork(device: DeviceId): void
}

/**
 * P6 in the family document: what is offered for a place that is taken, and was signed for it too, is told of. Nothing is frozen: y-webrtc's
 * document cannot be written anew under it. So the first that came stays here, which need not be the one that stays elsewhere.
 */
export const watchForks = ({ doc, place, clock, onFork }: ForkWatchOptions) => {
  const known = new Set<FeedId>()
  /** When each feed was last looked into: made-up entries cost no more than that. */
  const looked = new Map<FeedId, number>()
  return {
    async lookInto(doubts: readonly Doubt[] = []): Promise<void> {
      for (const { feed, seq, element } of doubts) {
        const lastMs = looked.get(feed) ?? -Infinity
        const isTooSoon = Math.abs(clock.now() - lastMs) < logLimits.traceEveryMs
        if (!element || known.has(feed) || isTooSoon) continue
        looked.set(feed, clock.now())
        const chain = doc
          .getArray<unknown>(String(feed))
          .slice(0, seq + 1)
          .filter((one) => one instanceof Uint8Array)
        const proof = chain.length > seq ? await proveFork(place, feed, chain, element) : undefined
        if (!proof) continue
        known.add(feed)
        onFork(proof.device)
      }
    },
  }
}
