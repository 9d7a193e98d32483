import { ok } from '../../../shared/result.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Holder, Person, Timeline, TimelineItem, TimelineView } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { Clock, LogId } from '../ports.ts'
import type { Holders } from '../sync/holders.ts'
import { createValue, type Value } from '../value.ts'
import { foldCallLines } from './call-lines.ts'
import { parseCallSummary } from './call-summary.ts'
import { encodeMessageBody, parseMessageBody } from './message-body.ts'
import { createOutgoing } from './outgoing.ts'
import { reuseItems } from './reuse-items.ts'
import type { RoomFacts } from './room-facts.ts'
import { compareKeys, mergeByKey, nameOfKey } from './timeline-order.ts'

export interface TimelineOptions {
  room: LogId
  /** This device. */
  me: DeviceId
  logs: Logs
  holders: Holders
  clock: Clock
  rooms: Value<ReadonlyMap<LogId, RoomFacts>>
  /** How people are shown now. */
  person(account: AccountId): Person
  author(device: DeviceId): Person
  holder(device: DeviceId): Holder
  /** Changes when what these give does. */
  people: Value<readonly Person[]>
  typing: Value<readonly Person[]>
  setTyping(isTyping: boolean): void
}

/** How many entries one look into the past brings. */
const windowEntries = 50

/** What a room shows: a window of its newest entries, which grows into the past on demand and follows what arrives. */
export const openTimeline = (options: TimelineOptions): Timeline & { loaded: Promise<void> } => {
  const { room, me, logs, holders, clock, person, author, holder } = options
  let entries: readonly ReadEntry[] = []
  let holdersOf = new Map<string, readonly DeviceId[]>()
  let hasOlder = false
  let isReady = false
  let isClosed = false
  let loadingOlder: Promise<void> | undefined
  const view = createValue<TimelineView>({ items: [], hasOlder: false, status: 'loading' })
  const outgoing = createOutgoing({ room, logs, clock, onChange: () => show() })

  const show = () => {
    if (isClosed) return
    const items = [...messages(), ...calls(), ...waiting(), ...events()].sort(
      (left, right) => left.ms - right.ms,
    )
    view.set({ items: reuseItems(view.get().items, items), hasOlder, status: isReady ? 'ready' : 'loading' })
  }

  const messages = (): TimelineItem[] =>
    entries.flatMap((entry): TimelineItem[] => {
      const name = nameOfKey(entry.key)
      const place = { key: outgoing.firstNameOf(name) ?? name, ms: entry.key.ms }
      if (entry.erasedBy !== undefined)
        return [{ type: 'erased', ...place, author: author(entry.author), by: author(entry.erasedBy) }]
      const text = entry.kind === entryKinds.message ? parseMessageBody(entry.body) : undefined
      if (text === undefined) return []
      const mayErase = logs.mayErase(room, entry.author)
      const message = { type: 'message' as const, ...place, text, mayErase }
      // What one wrote on another device of one's own is in that device's care.
      if (entry.author !== me) return [{ ...message, author: author(entry.author) }]
      const held = holdersOf.get(name) ?? []
      const delivery =
        held.length === 0
          ? { status: 'onlyHere' as const }
          : { status: 'onDevices' as const, holders: held.map((device) => holder(device)) }
      return [{ ...message, author: author(me), delivery }]
    })

  const calls = (): TimelineItem[] =>
    foldCallLines(
      entries.flatMap(({ kind, key, author: device, body }) => {
        const summary = kind === entryKinds.call ? parseCallSummary(body) : undefined
        return summary ? [{ key, writer: author(device).id, summary }] : []
      }),
    ).map(({ key, summary: { by, outcome, durationMs, hadVideo, tookPart, called } }) => ({
      type: 'call',
      key: nameOfKey(key),
      ms: key.ms,
      by: person(by),
      outcome,
      durationMs,
      hadVideo,
      tookPart: tookPart.map(person),
      called: called.map(person),
    }))

  const waiting = (): TimelineItem[] =>
    outgoing.list().map(({ name, ms, text, problem }) => ({
      type: 'message',
      key: name,
      // A wrong clock elsewhere may have put messages ahead of ours; one's own newest still stands last.
      ms: Math.max(ms, entries.at(-1)?.key.ms ?? 0),
      author: author(me),
      text,
      delivery: problem ? { status: 'failed', problem } : { status: 'saving' },
    }))

  const events = (): TimelineItem[] => {
    const from = hasOlder ? (entries[0]?.key.ms ?? Infinity) : -Infinity
    const ofRoom = options.rooms.get().get(room)?.events ?? []
    // P6. Its author's clock may be anything.
    const forks = logs
      .forksIn(room)
      .map((fork) => ({ ...fork, ms: Math.min(fork.ms, clock.now()) }))
      .filter(({ ms }) => ms >= from)
      .map(({ page, feed, ms, device }): TimelineItem => {
        return { type: 'event', key: `fork-${page}-${feed}`, ms, person: author(device), event: 'forked' }
      })
    const happened = ofRoom
      .filter((event) => event.ms >= from)
      .map(({ key, ms, account, type, by, name, keep }): TimelineItem => ({
        type: 'event',
        key,
        ms,
        person: person(account),
        event: type,
        ...(by !== undefined && { by: person(by) }),
        ...(name !== undefined && { name }),
        ...(keep !== undefined && { keep }),
      }))
    return [...happened, ...forks]
  }

  const countHolders = async (counted: readonly ReadEntry[]) => {
    const own = counted.filter((entry) => entry.author === me)
    const found = await Promise.all(own.map(({ key }) => holders.of(room, key.page, key.seq)))
    holdersOf = new Map([
      ...holdersOf,
      ...own.map(({ key }, index) => [nameOfKey(key), found[index] ?? []] as const),
    ])
  }

  /** What comes while the first entries are still being read. */
  const early: ReadEntry[] = []
  /** What belongs before the window comes with it, once somebody looks there. */
  const take = (arrived: readonly ReadEntry[]) => {
    const oldest = entries[0]
    const isWithin = ({ key }: ReadEntry) => !hasOlder || !oldest || compareKeys(key, oldest.key) > 0
    entries = mergeByKey(entries, arrived.filter(isWithin))
  }

  const load = async () => {
    const before = entries[0]?.key
    const older = await logs.read(room, { ...(before ? { before } : {}), limit: windowEntries })
    hasOlder = older.length === windowEntries
    await countHolders(older)
    entries = mergeByKey(older, entries)
    isReady = true
    take(early.splice(0))
    show()
  }

  let refreshing: Promise<void> | undefined
  let isStale = false
  /** Reads the window again: a key has come, or somebody was cut. What arrives meanwhile stays. */
  const refresh = async () => {
    const before = new Set(entries.map(({ key }) => nameOfKey(key)))
    // Bodies may have come back where there was nothing to show.
    const limit = Math.max(entries.length, windowEntries)
    const again = await logs.read(room, { limit })
    hasOlder ||= again.length === limit
    const since = entries.filter(({ key }) => !before.has(nameOfKey(key)))
    entries = mergeByKey(again, since)
    show()
  }
  const refreshOnce = () => {
    isStale = true
    refreshing ??= loaded
      .then(async () => {
        while (isStale) {
          isStale = false
          await refresh()
        }
      })
      .finally(() => {
        refreshing = undefined
      })
  }

  const leave = [
    logs.onArrival((arrival) => {
      if (arrival.log !== room) return
      if (!isReady) return void early.push(...arrival.entries)
      take(arrival.entries)
      show()
    }),
    holders.onChange((log) => {
      if (log === room) void countHolders(entries).then(show)
    }),
    options.rooms.subscribe(() => {
      show()
      if (entries.some(({ body, erasedBy }) => body === undefined && erasedBy === undefined)) refreshOnce()
    }),
    logs.onShortened((log) => {
      if (log === room) refreshOnce()
    }),
    logs.onErased((log) => {
      if (log === room) refreshOnce()
    }),
    options.people.subscribe(show),
  ]
  const loaded = load()

  return {
    view,
    loaded,
    typing: options.typing,
    setTyping: options.setTyping,
    send(text) {
      const body = encodeMessageBody(text)
      if (!body.ok) return body
      options.setTyping(false)
      outgoing.add(text.trim(), body.value)
      return ok(undefined)
    },
    retry: (key) => outgoing.retry(key),
    async erase(key) {
      const entry = entries.find((one) => {
        const name = nameOfKey(one.key)
        return name === key || outgoing.firstNameOf(name) === key
      })
      return entry ? logs.erase(room, [entry.key]) : ok(undefined) // gone already
    },
    loadOlder() {
      if (!hasOlder) return Promise.resolve()
      loadingOlder ??= load().finally(() => {
        loadingOlder = undefined
      })
      return loadingOlder
    },
    close() {
      isClosed = true
      for (const off of leave) off()
    },
  }
}
