import { logLimits } from '../../../shared/limits.ts'
import { equalBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { parseForkProof } from '../log/forks.ts'
import type { ForkOutcome } from '../log/freezing.ts'
import type { Doubt } from '../log/gate.ts'
import type { Logs } from '../log/logs.ts'
import type { Clock, FeedId, LogId } from '../ports.ts'
import type { Refusal } from '../refusals.ts'
import type { SyncMessage } from './messages.ts'

type Refused = Omit<Refusal, 'device'>

/** What of a Link is about forks (P6): signs of them are followed to a proof, and proofs are taken and given. */
export interface ForkTalk {
  /** Follows what may be signs of a fork. Whether one was proved. */
  lookInto(log: LogId, page: number, doubts: readonly Doubt[] | undefined): Promise<boolean>
  take(proof: Bytes): Promise<Refused | undefined>
  answer(trace: Extract<SyncMessage, { type: 'trace' }>): Promise<void>
  /** That these feeds are frozen here: each proof once a Link, since comparing gives it as well. */
  tell(log: LogId, page: number, feeds: readonly FeedId[]): void
}

export interface ForkTalkOptions {
  logs: Logs
  clock: Pick<Clock, 'now'>
  isShared(log: LogId): boolean
  say(message: SyncMessage): void
  want(log: LogId, page: number): void
}

export const createForkTalk = ({ logs, clock, isShared, say, want }: ForkTalkOptions): ForkTalk => {
  const [looks, proofs, answers] = [createAllowance(clock), createAllowance(clock), createAllowance(clock)]
  const told = new Set<Bytes>()
  const traced = new Map<string, number>()

  /** Asks where the other feed parts from ours. */
  const trace = async (log: LogId, page: number, feed: FeedId): Promise<void> => {
    const name = `${log} ${page} ${feed}`
    const now = clock.now()
    for (const [one, at] of traced) if (now - at >= logLimits.traceEveryMs || at > now) traced.delete(one)
    if (traced.has(name) || traced.size >= logLimits.forksAtOnce) return
    traced.set(name, now)
    say({ type: 'trace', log, page, feed, marks: await logs.marksOf(log, page, feed) })
  }

  const follow = async (log: LogId, page: number, outcome: ForkOutcome): Promise<void> => {
    if (outcome.type === 'gap') want(log, page)
    if (outcome.type === 'doubt') await trace(log, page, outcome.doubt.feed)
  }

  return {
    async lookInto(log, page, doubts = []) {
      let isProved = false
      for (const doubt of doubts) {
        if (!looks.takes()) break
        const outcome: ForkOutcome = doubt.element
          ? await logs.lookInto(log, page, doubt)
          : { type: 'doubt', doubt }
        isProved ||= outcome.type === 'frozen'
        await follow(log, page, outcome)
      }
      return isProved
    },

    async take(proof) {
      const claim = parseForkProof(proof)
      if (!claim) return { about: { type: 'sync' }, why: 'notASyncMessage' }
      const { log, page } = claim.place
      if (!isShared(log)) return undefined
      const isKnown = logs.frozenIn(log, page).some((one) => equalBytes(one.proof, proof))
      // What is too much now comes again with the next comparison.
      if (isKnown || !proofs.takes()) return undefined
      const outcome = await logs.takeFork(proof)
      await follow(log, page, outcome)
      return outcome.type === 'refused' ? { about: { type: 'page', log, page }, why: 'badEntry' } : undefined
    },

    async answer({ log, page, feed, marks }) {
      if (!answers.takes() || !logs.lengths().get(log)?.get(page)?.has(feed)) return
      const update = await logs.firstOther(log, page, feed, marks)
      if (update) say({ type: 'entries', log, page, update })
    },

    tell(log, page, feeds) {
      for (const { feed, proof } of logs.frozenIn(log, page)) {
        if (!feeds.includes(feed) || told.has(proof)) continue
        told.add(proof)
        say({ type: 'fork', proof })
      }
    },
  }
}

/** So much at once, and one more after each such time: whoever makes up forks costs others no more than that. */
const createAllowance = (clock: Pick<Clock, 'now'>) => {
  let used = 0
  let since = clock.now()
  return {
    takes(): boolean {
      const forgiven = Math.max(0, Math.floor((clock.now() - since) / logLimits.forkForgivenMs))
      since += forgiven * logLimits.forkForgivenMs
      used = Math.max(0, used - forgiven)
      if (used >= logLimits.forksAtOnce) return false
      used += 1
      return true
    },
  }
}
