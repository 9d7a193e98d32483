import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { logLimits } from '../../../shared/limits.ts'
import type { Device } from '../identity/device.ts'
import type { HistoryProgress } from '../hearth.ts'
import { markBytes } from '../log/forks.ts'
import type { Fork } from '../log/freezing.ts'
import type { Logs } from '../log/logs.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Clock, FeedId, Link, Network, PagePosition, Timer } from '../ports.ts'
import { createReadingTalk, type ReadingGround } from '../reading/reading-talk.ts'
import type { Refusal } from '../refusals.ts'
import type { Value } from '../value.ts'
import { createCarrying } from './carrying.ts'
import { createDigests } from './digests.ts'
import { createFetchPlan } from './fetch-plan.ts'
import { createHistoryWatch } from './history-progress.ts'
import type { Holders } from './holders.ts'
import { createInbox, type Inbox } from './inbox.ts'
import { openSession, say, type LogStanding, type SyncSession } from './sync-session.ts'

export interface PageSyncOptions {
  device: Device
  logs: Logs
  holders: Holders
  network: Network
  clock: Clock
  standing: LogStanding
  /** What is told of what was read (R2); where it is left out, nothing is. */
  reading?: ReadingGround
  /** A linked device has nothing that is not here. Comes again and again. */
  onCaughtUp?: () => void
  /** What a link was refused, for the diagnostics. */
  onRefusal?: (refusal: Refusal) => void
}

export interface PageSync {
  readonly history: Value<HistoryProgress | undefined>
  /** Compares with every linked device again, as when a room has become known. */
  compareAll(): void
  close(): void
}

/**
 * Brings the pages of linked devices together (Y2, Y3). Nothing is remembered about a peer but what was asked of it: each
 * answer follows from what it said and what is here, so a cut at any point costs only what was on its way.
 */
export const createPageSync = (options: PageSyncOptions): PageSync => {
  const { logs, network, clock } = options
  const sessions = new Map<Link, SyncSession>()
  const digests = createDigests(logs)
  const plan = createFetchPlan((link, { log, page }) => {
    const ask = (missed: readonly PagePosition[]) => {
      const lengths = new Map(logs.lengths().get(log)?.get(page))
      const hashes = new Map<FeedId, Bytes>()
      for (const { feed, hash } of logs.standings(log, page))
        if (hash) hashes.set(feed, copyBytes(hash.subarray(0, markBytes)))
      say(link, {
        type: 'have',
        log,
        page,
        lengths,
        hashes,
        missed: missed.slice(0, logLimits.maxMissedAsked),
      })
    }
    if (logs.missingMark(log, page) === undefined) ask([])
    else void logs.missed(log, page).then(ask)
  })
  const talk =
    options.reading &&
    createReadingTalk({
      ...options.reading,
      network,
      clock,
      isShared: (log, device) => options.standing(log, device) === 'shared',
      send: (link, body) => say(link, { type: 'reading', body }),
    })
  const carrying = createCarrying({ ...options, sessions })
  const history = createHistoryWatch({ plan, logs, clock })
  let isClosed = false
  const shared = { ...options, digests, plan, carrying, history, talk, isOver: () => isClosed }

  /** Of devices of which something waits, or that are linked. */
  const inboxes = new Map<DeviceId, Inbox>()
  const inboxOf = (device: DeviceId): Inbox => {
    const inbox = inboxes.get(device) ?? createInbox()
    inboxes.set(device, inbox)
    return inbox
  }

  /** What has come is not dropped with its Link, and asked of nobody else before it has been judged: it would come twice. */
  const endSession = async (link: Link, inbox: Inbox) => {
    sessions.delete(link)
    plan.leave(link)
    await inbox.run(() => Promise.resolve())
    plan.forget(link)
    carrying.tellOfAnswers()
    const isNeeded = !inbox.isEmpty || [...sessions.keys()].some(({ device }) => device === link.device)
    if (!isNeeded) inboxes.delete(link.device)
  }

  const openSessions = () => {
    for (const link of network.links.get()) {
      if (sessions.has(link)) continue
      const inbox = inboxOf(link.device)
      sessions.set(link, openSession(link, inbox, shared))
      link.onClose(() => void endSession(link, inbox))
    }
  }

  /** P6: everybody who shares the room is to know; and a body that was not here is wanted. */
  const tellFork = ({ log, page, proof }: Fork) => {
    for (const link of sessions.keys()) {
      if (options.standing(log, link.device) !== 'shared') continue
      say(link, { type: 'fork', proof })
      if (logs.missingMark(log, page) !== undefined) plan.want(link, { log, page })
    }
  }

  const compareAll = () => {
    for (const session of sessions.values()) session.compare()
  }

  let timer: Timer | undefined
  const compareRegularly = () => {
    timer = clock.setTimer(() => {
      plan.giveUpOld()
      compareAll()
      // The family document too: what was lost between two devices comes by a third (Y3).
      for (const link of sessions.keys()) network.askFamily(link.device)
      compareRegularly()
    }, logLimits.antiEntropyMs)
  }

  const leave = [
    logs.onArrival((arrival) => {
      const isAnswer = arrival.from !== undefined && plan.isAsked(arrival.from, arrival)
      if (isAnswer) history.came(arrival)
      carrying.passOn(arrival, isAnswer)
    }),
    logs.onFork(tellFork),
    network.links.subscribe(openSessions),
    // What this disk has lost comes back at once, and not with the next comparison.
    logs.lackingPages.subscribe(compareAll),
  ]
  openSessions()
  compareRegularly()
  return {
    history: history.progress,
    compareAll,
    close() {
      history.close()
      isClosed = true
      for (const off of leave) off()
      talk?.close()
      digests.close()
      if (timer !== undefined) clock.clearTimer(timer)
    },
  }
}
