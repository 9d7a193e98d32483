import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { readingLimits } from '../../../shared/limits.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { createAllowance } from '../allowance.ts'
import { feedOf } from '../identity/device.ts'
import type { Clock, FeedId, Link, LogId, Network, Timer } from '../ports.ts'
import type { LastSeen } from './last-seen.ts'
import { lateOf } from './mark.ts'
import type { Marks } from './marks.ts'
import { encodeReadingMessage, parseReadingMessage, type ReadingMessage, type ToldMark } from './messages.ts'
import type { PrivacyChoice } from './privacy.ts'

/** What is told of, and where what others tell goes. */
export interface ReadingGround {
  me: AccountId
  accountOf(device: DeviceId): AccountId | undefined
  marks: Marks
  privacy: PrivacyChoice
  lastSeen: Pick<LastSeen, 'note'>
  /** More rooms or devices are known than before. */
  onGrowth(listener: () => void): () => void
}

export interface ReadingTalk {
  /** What a Link's device says. Gives why it is refused, where it is. */
  hear(link: Link, message: Bytes): 'notASyncMessage' | 'tooFast' | undefined
  close(): void
}

export interface ReadingTalkOptions extends ReadingGround {
  network: Pick<Network, 'links'>
  clock: Clock
  /** Whether a room may be named to a device (Y1). */
  isShared(log: LogId, device: DeviceId): boolean
  send(link: Link, message: Bytes): void
}

interface Listener {
  link: Link
  /** Its device's own, in which it is told what came late. */
  feed: FeedId
}

/** R2: tells every linked device what it may know of this one's person, and takes what it tells of its own. */
export const createReadingTalk = (options: ReadingTalkOptions): ReadingTalk => {
  const { me, marks, privacy, network, clock } = options
  const listeners = new Map<Link, Listener | undefined>()
  const allowances = new WeakMap<Link, () => boolean>()
  const isMine = (device: DeviceId) => options.accountOf(device) === me
  const say = (link: Link, message: ReadingMessage) => options.send(link, encodeReadingMessage(message))

  const tellMarks = ({ link, feed }: Listener, logs: Iterable<LogId>) => {
    const isOwn = isMine(link.device)
    if (!isOwn && !privacy.value.get().receipts) return
    const told = [...logs].flatMap((log): ToldMark[] => {
      const mark = options.isShared(log, link.device) ? marks.of(log, me) : undefined
      return mark ? [{ ...mark, log, late: isOwn ? mark.late : lateOf(mark.late, feed) }] : []
    })
    for (const part of inParts(told)) say(link, { type: 'marks', marks: part })
  }
  const tellChoice = ({ link }: Listener) => {
    const decidedMs = privacy.decidedMs()
    if (isMine(link.device) && decidedMs > 0)
      say(link, { type: 'privacy', privacy: privacy.value.get(), decidedMs })
    say(link, { type: 'about', lastSeen: privacy.value.get().lastSeen })
  }
  const tellAll = (listener: Listener) => {
    tellChoice(listener)
    tellMarks(listener, marks.mine().keys())
  }
  const everybody = () => [...listeners.values()].filter((listener) => listener !== undefined)

  const open = () => {
    for (const link of network.links.get()) {
      if (listeners.has(link)) continue
      listeners.set(link, undefined)
      link.onClose(() => {
        listeners.delete(link)
        early.delete(link)
      })
      void feedOf(link.device).then((feed) => {
        if (!listeners.has(link)) return
        const listener = { link, feed }
        listeners.set(link, listener)
        tellAll(listener)
      })
    }
  }

  /** By room: when what was told last was read. */
  const told = new Map<LogId, number>()
  const waiting = new Set<LogId>()
  let timer: Timer | undefined
  const flush = () => {
    timer = undefined
    const logs = [...waiting]
    waiting.clear()
    for (const log of logs) told.set(log, marks.of(log, me)?.atMs ?? 0)
    for (const listener of everybody()) tellMarks(listener, logs)
  }
  const onChange = (log: LogId, account: AccountId) => {
    if (account !== me) return
    // What came late has to be told before it is acknowledged, or its author would take it for read.
    if (told.get(log) === marks.of(log, me)?.atMs) {
      for (const listener of everybody()) tellMarks(listener, [log])
      return
    }
    waiting.add(log)
    timer ??= clock.setTimer(flush, readingLimits.tellAfterMs)
  }

  /** Of devices of which is not known yet whose they are. */
  const early = new Map<Link, readonly ReadingMessage[]>()
  const takeEarly = () => {
    for (const [link, messages] of early) {
      if (options.accountOf(link.device) === undefined) continue
      early.delete(link)
      for (const message of messages) take(link, message)
    }
  }

  let growthTimer: Timer | undefined
  const onGrowth = () => {
    takeEarly()
    // A first sync makes ever so much known, piece by piece.
    growthTimer ??= clock.setTimer(() => {
      growthTimer = undefined
      for (const listener of everybody()) {
        tellAll(listener)
        say(listener.link, { type: 'ask' })
      }
    }, readingLimits.growthAfterMs)
  }

  const take = (link: Link, message: ReadingMessage) => {
    const account = options.accountOf(link.device)
    if (account === undefined) {
      const before = early.get(link) ?? []
      if (link.isOpen && before.length < readingLimits.maxEarly) early.set(link, [...before, message])
      return
    }
    switch (message.type) {
      case 'marks':
        if (account !== me && !privacy.value.get().receipts) return
        for (const { log, ...mark } of message.marks)
          if (options.isShared(log, link.device)) marks.take(log, account, mark)
        return
      case 'about':
        if (account !== me) options.lastSeen.note(account, message.lastSeen)
        return
      case 'privacy':
        if (account === me) privacy.take(message.privacy, message.decidedMs)
        return
      case 'ask': {
        const listener = listeners.get(link)
        if (listener) tellAll(listener)
      }
    }
  }

  const leave = [
    network.links.subscribe(open),
    marks.onChange(onChange),
    privacy.value.subscribe(() => {
      for (const listener of everybody()) tellAll(listener)
    }),
    options.onGrowth(onGrowth),
  ]
  open()
  return {
    hear(link, bytes) {
      const allows = allowances.get(link) ?? createAllowance(clock, readingLimits)
      allowances.set(link, allows)
      if (!allows()) return 'tooFast'
      const message = parseReadingMessage(bytes)
      if (!message) return 'notASyncMessage'
      take(link, message)
      return undefined
    },
    close() {
      for (const off of leave) off()
      for (const one of [timer, growthTimer]) if (one !== undefined) clock.clearTimer(one)
    },
  }
}

/** As many to a message as one holds: a mark weighs one and what it says came late. */
const inParts = (marks: readonly ToldMark[]): ToldMark[][] => {
  const parts: ToldMark[][] = []
  let weight = Infinity
  for (const mark of marks) {
    weight += 1 + mark.late.length
    if (weight > readingLimits.maxMarks) {
      parts.push([])
      weight = 1 + mark.late.length
    }
    parts.at(-1)?.push(mark)
  }
  return parts
}
