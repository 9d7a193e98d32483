import { logLimits } from '../../../shared/limits.ts'
import { feedOf, type Device } from '../identity/device.ts'
import { sameDigest } from '../log/digest.ts'
import type { Logs } from '../log/logs.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { linkChannels, type Clock, type FeedId, type Link, type LogId } from '../ports.ts'
import type { ReadingTalk } from '../reading/reading-talk.ts'
import type { Refusal } from '../refusals.ts'
import type { Carrying } from './carrying.ts'
import type { Digests } from './digests.ts'
import type { FetchPlan } from './fetch-plan.ts'
import { createForkTalk } from './fork-talk.ts'
import type { Holders } from './holders.ts'
import type { HistoryWatch } from './history-progress.ts'
import type { Inbox } from './inbox.ts'
import { encodeSyncMessage, parseSyncMessage, type SyncMessage } from './messages.ts'
import { createTolerance } from './tolerance.ts'
import { createTurns } from './turns.ts'

/** One link's side of page sync. */
export interface SyncSession {
  compare(): void
}

/**
 * What a log is between this device and another (Y1): `shared` where both may have it, `foreign` where it is known here and not theirs to
 * have, `unknown` where this device has not heard of its room.
 */
export type LogStanding = (log: LogId, device: DeviceId) => 'shared' | 'foreign' | 'unknown'

/** Logs of unknown rooms that are looked into at a time: each may be one that this device was added to. */
const maxUnknownWanted = 64

export interface SessionOptions {
  device: Device
  logs: Logs
  holders: Holders
  digests: Digests
  plan: FetchPlan
  carrying: Pick<Carrying, 'tellOfAnswers'>
  history: Pick<HistoryWatch, 'answered'>
  clock: Pick<Clock, 'now' | 'setTimer'>
  standing: LogStanding
  /** Page sync has ended: what waits stays where it is. */
  isOver(): boolean
  onCaughtUp?: (() => void) | undefined
  /** R2. */
  talk?: Pick<ReadingTalk, 'hear'> | undefined
  /** What a link was refused, for the diagnostics. */
  onRefusal?: ((refusal: Refusal) => void) | undefined
}

type Refused = Omit<Refusal, 'device'>
type OwnLengths = ReadonlyMap<LogId, ReadonlyMap<number, number>>
const notASyncMessage: Refused = { about: { type: 'sync' }, why: 'notASyncMessage' }
/** P3: more than can be checked as fast as it comes. */
const tooFast: Refused = { about: { type: 'sync' }, why: 'tooFast' }

/** Nothing is said to a link that has closed. */
export const say = (link: Link, message: SyncMessage) => {
  if (link.isOpen) link.send(linkChannels.pages, encodeSyncMessage(message))
}

/** One link's side of it: messages are answered in the order in which they came. */
export const openSession = (link: Link, inbox: Inbox, options: SessionOptions): SyncSession => {
  const { device, logs, digests, holders, plan, carrying, history } = options
  const standing = (log: LogId) => options.standing(log, link.device)
  const isShared = (log: LogId) => standing(log) === 'shared'
  const theirFeed = feedOf(link.device)
  const tolerance = createTolerance(options.clock)
  const turns = createTurns(options.clock)
  const forks = createForkTalk({
    logs,
    clock: options.clock,
    isShared,
    say: (message) => say(link, message),
    want: (log, page) => want(log, page),
  })
  /** Nobody answers over a Link that has closed. */
  const want = (log: LogId, page: number) => {
    if (link.isOpen) plan.want(link, { log, page })
  }

  const lengthOf = (log: LogId, page: number, feed: FeedId) =>
    logs.lengths().get(log)?.get(page)?.get(feed) ?? 0

  /** Y4: of my feed the peer has `length` on its disk. What it claims beyond what there is counts for nothing. */
  const noteHeld = async (log: LogId, page: number, length: number, isAlike = false) => {
    const own = logs.frozenIn(log, page).find(({ feed }) => feed === device.feed)
    // Of a feed that was forked, what is there at the fork may be the other entry, unless all is alike (P6).
    const certain = own && !isAlike ? own.seq : Infinity
    const held = Math.min(length, certain, lengthOf(log, page, device.feed))
    if (held > 0) await holders.note(log, page, link.device, held)
  }
  /** My feeds, page by page. Taken before digests are: what is written while they are worked out is not in them (Y4). */
  const ownLengths = (log: LogId): ReadonlyMap<number, number> =>
    new Map([...(logs.lengths().get(log) ?? [])].map(([page, of]) => [page, of.get(device.feed) ?? 0]))
  const allOwnLengths = (): OwnLengths =>
    new Map([...logs.lengths().keys()].filter(isShared).map((log) => [log, ownLengths(log)]))
  /** Theirs is the same as what I had then. */
  const noteAllHeld = async (log: LogId, then: OwnLengths) => {
    for (const [page, length] of then.get(log) ?? []) await noteHeld(log, page, length, true)
  }

  const sayPages = async (log: LogId) => {
    const pages = [...(await digests.pages(log))].map(([page, digest]) => ({ page, digest }))
    // As many messages as it takes, and one where there is none: somebody may have written a little on each of ever so many.
    const { maxPagesPerDigest } = logLimits
    for (let from = 0; from === 0 || from < pages.length; from += maxPagesPerDigest)
      say(link, { type: 'pages', log, pages: pages.slice(from, from + maxPagesPerDigest) })
  }

  const answer = async (message: SyncMessage): Promise<Refused | undefined> => {
    switch (message.type) {
      case 'root': {
        const then = allOwnLengths()
        const ours = await digests.logs(isShared)
        if (sameDigest(message.digest, await digests.root(isShared))) {
          options.onCaughtUp?.()
          for (const log of ours.keys()) await noteAllHeld(log, then)
        } else say(link, { type: 'logs', logs: [...ours].map(([log, digest]) => ({ log, digest })) })
        return
      }
      case 'logs': {
        const theirs = new Map(message.logs.map(({ log, digest }) => [log, digest]))
        const then = allOwnLengths()
        const ours = await digests.logs(isShared)
        for (const [log, digest] of ours) {
          const their = theirs.get(log)
          if (their && sameDigest(their, digest)) await noteAllHeld(log, then)
          else await sayPages(log)
        }
        // Of a room that has just become known there is nothing here yet that could be compared.
        const lacking = [...theirs.keys()].filter((log) => !ours.has(log))
        const unknown = lacking.filter((log) => standing(log) === 'unknown').slice(0, maxUnknownWanted)
        for (const log of [...lacking.filter(isShared), ...unknown]) say(link, { type: 'want', log })
        return
      }
      case 'want':
        if (isShared(message.log) && logs.lengths().has(message.log)) await sayPages(message.log)
        return
      case 'pages': {
        if (standing(message.log) === 'foreign') return
        const then = ownLengths(message.log)
        const ours = await digests.pages(message.log)
        // Newest first: the last screen is readable while history is still coming (Y5).
        for (const { page, digest } of [...message.pages].sort((left, right) => right.page - left.page)) {
          const mine = ours.get(page)
          if (mine && sameDigest(mine, digest)) await noteHeld(message.log, page, then.get(page) ?? 0, true)
          else if (!logs.wasDropped(message.log, page, digest)) want(message.log, page)
        }
        return
      }
      case 'have':
        if (!isShared(message.log)) return
        await noteHeld(message.log, message.page, message.lengths.get(device.feed) ?? 0)
        await serve(message)
        return
      case 'served':
        if (!message.more && plan.isAsked(link.device, message)) history.answered(message)
        plan.answered(link, message, message.more)
        if (plan.wanted().length === 0) options.onCaughtUp?.()
        carrying.tellOfAnswers()
        return
      case 'entries':
        return take(message)
      case 'stored':
        if (!isShared(message.log)) return
        await noteHeld(message.log, message.page, message.length)
        return
      case 'trace':
        if (isShared(message.log)) await forks.answer(message)
        return
      case 'fork':
        return forks.take(message.proof)
      case 'reading': {
        const why = options.talk?.hear(link, message.body)
        return why && { about: { type: 'sync' }, why }
      }
    }
  }

  const serve = async ({ log, page, lengths, missed, hashes }: Extract<SyncMessage, { type: 'have' }>) => {
    let bytes = 0
    for (const update of await logs.missing(log, page, lengths, { missed, hashes })) {
      if (bytes > logLimits.syncAnswerBytes) {
        say(link, { type: 'served', log, page, more: true })
        return
      }
      bytes += update.length
      say(link, { type: 'entries', log, page, update })
    }
    // After the entries, since a proof is about what is there.
    for (const { proof } of logs.frozenIn(log, page)) say(link, { type: 'fork', proof })
    say(link, { type: 'served', log, page, more: false })
  }

  const take = async ({
    log,
    page,
    update,
  }: Extract<SyncMessage, { type: 'entries' }>): Promise<Refused | undefined> => {
    if (standing(log) === 'foreign') return undefined
    const feed = await theirFeed
    const before = lengthOf(log, page, feed)
    const reception = await logs.receive(log, page, update, link.device)
    // It waited for the disk, and everything else had its turn meanwhile.
    if (reception.type === 'admitted') {
      turns.begin()
      if (plan.isAsked(link.device, { log, page })) plan.heard(link)
    }
    const length = lengthOf(log, page, feed)
    if (reception.type === 'gap') want(log, page)
    // An acknowledgement is of what is on the disk, and goes to the author alone (Y4).
    const isKnown = reception.type === 'known' && !reception.doubts
    if (length > before || isKnown) say(link, { type: 'stored', log, page, length })
    if (reception.type === 'frozen') forks.tell(log, page, reception.feeds)
    if (await forks.lookInto(log, page, reception.doubts)) return undefined
    // Not stored: never acknowledged, so it comes again. Unknown log: its room has yet to come, then all is compared anew.
    return reception.type === 'refused'
      ? { about: { type: 'page', log, page }, why: reception.why.type }
      : undefined
  }

  let isShownOut = false
  const refuse = (refused: Refused, isTheEnd: boolean) => {
    options.onRefusal?.({ device: link.device, ...refused })
    isShownOut ||= isTheEnd
    if (isTheEnd) link.close({ type: 'refused', why: refused.why })
  }

  const handle = async (bytes: Uint8Array) => {
    await turns.pass()
    // Whoever was shown out is not heard any more.
    if (isShownOut || options.isOver()) return
    const message = parseSyncMessage(bytes)
    // Of a Link that was cut what it had brought is taken, and nothing is answered.
    if (!link.isOpen && message?.type !== 'entries') return
    const refused = message ? await answer(message) : notASyncMessage
    if (refused) refuse(refused, tolerance.isTheEnd(refused.why))
  }

  const compare = () =>
    void inbox.run(async () => say(link, { type: 'root', digest: await digests.root(isShared) }))
  link.listen(linkChannels.pages, (bytes) => {
    if (!link.isOpen) return
    if (inbox.isEmpty) turns.begin()
    if (!inbox.take(bytes, () => handle(bytes))) refuse(tooFast, true)
  })
  compare()
  return { compare }
}
