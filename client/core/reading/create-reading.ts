import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Hearth, Person, Privacy, Reader } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { Clock, LogId, Network, ReadingRow, ReadingStore, TimelineKey } from '../ports.ts'
import { parseMessage } from '../room/message-body.ts'
import type { Value } from '../value.ts'
import { createLastSeen } from './last-seen.ts'
import { covers } from './mark.ts'
import { createMarks } from './marks.ts'
import { createPrivacyChoice, hideTyping } from './privacy.ts'
import type { ReadingGround } from './reading-talk.ts'
import { createUnread, type ShownCounts } from './unread.ts'

/** What was read, by whom and when; who was here; and what of that is told (R1–R4). */
export interface Reading extends Pick<Hearth, 'unread' | 'latest' | 'lastSeen' | 'privacy' | 'markRead'> {
  changePrivacy(change: Partial<Privacy>): void
  /** Whether an entry of somebody else's has been before this person's eyes, on whichever device. */
  isRead(log: LogId, key: TimelineKey): boolean
  /** Who of those that have one's own message have read it. */
  readersOf(log: LogId, key: TimelineKey, held: readonly DeviceId[]): readonly Reader[]
  /** What `readersOf` says of a room may be another now. */
  onReaders(listener: (log: LogId) => void): () => void
  shownTyping(typing: Value<readonly Person[]>): Value<readonly Person[]>
  /** Counts what is unread, from now on. */
  begin(): void
  /** For whoever tells others, once there is a network. */
  ground(onGrowth: ReadingGround['onGrowth']): ReadingGround
  follow(network: Network): () => void
  close(): void
}

export interface ReadingOptions {
  me: AccountId
  store: ReadingStore
  rows: readonly ReadingRow[]
  logs: Logs
  rooms: Hearth['rooms']
  people: Hearth['people']
  accountOf(device: DeviceId): AccountId | undefined
  author(device: DeviceId): Person
  person(account: AccountId): Person
  clock: Clock
  shown?: ShownCounts | undefined
}

export const createReading = (options: ReadingOptions): Reading => {
  const { me, logs, clock, rows, accountOf, author, person } = options
  const save = (row: ReadingRow) => void options.store.save([row])
  const since = rows.find(({ type }) => type === 'since')
  const sinceMs = since?.type === 'since' ? since.ms : clock.now()
  if (!since) save({ type: 'since', ms: sinceMs })

  const marks = createMarks({ me, rows, sinceMs, clock, save })
  const choice = createPrivacyChoice(rows, clock, save)
  const privacy = choice.value
  const lastSeen = createLastSeen({ rows, privacy, clock, save })
  const { rooms, people, shown } = options
  const isMention = ({ body }: ReadEntry): boolean =>
    parseMessage(body)?.mentions?.some(({ account }) => account === me) ?? false
  const unread = createUnread({ me, logs, marks, rooms, people, author, person, isMention, clock, shown })

  const leave = [
    logs.onArrival(({ log, entries }) => {
      for (const { key, kind, author: device } of entries)
        if ((kind === entryKinds.message || kind === entryKinds.call) && accountOf(device) !== me)
          marks.noteLate(log, key)
    }),
  ]

  return {
    unread: unread.unread,
    latest: unread.latest,
    lastSeen: lastSeen.value,
    privacy,
    changePrivacy: choice.decide,
    isRead: marks.isRead,

    markRead(log) {
      const newest = unread.newest(log)
      if (newest) marks.readTo(log, newest)
      else
        logs.read(log, { limit: 1 }).then(
          ([entry]) => entry && marks.readTo(log, entry.key),
          () => undefined, // the disk is let go of: next time
        )
    },

    readersOf(log, key, held) {
      if (!privacy.get().receipts) return []
      const holders = new Set(held.map(accountOf))
      return [...marks.ofLog(log)]
        .filter(([account, mark]) => account !== me && holders.has(account) && covers(mark, key))
        .map(([account, { atMs }]) => ({ person: person(account), ms: atMs }))
        .sort((left, right) => left.ms - right.ms)
    },
    onReaders(listener) {
      const off = [
        marks.onChange((log, account) => {
          if (account !== me) listener(log)
        }),
        privacy.subscribe(() => {
          for (const { id } of rooms.get()) listener(id)
        }),
      ]
      return () => {
        for (const one of off) one()
      }
    },
    shownTyping: (typing) => hideTyping(typing, privacy),
    begin: unread.begin,
    ground: (onGrowth) => ({ me, accountOf, marks, privacy: choice, lastSeen, onGrowth }),
    follow(network) {
      const look = () => {
        const accounts = network.links.get().map(({ device }) => accountOf(device))
        lastSeen.here(new Set(accounts.filter((account) => account !== undefined)))
      }
      look()
      const off = [network.links.subscribe(look), people.subscribe(look)]
      return () => {
        for (const one of off) one()
      }
    },
    close() {
      for (const off of leave) off()
      lastSeen.close()
      unread.close()
    },
  }
}
