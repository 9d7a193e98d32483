import { ok } from '../../../shared/result.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Holder, Person, Reader, Timeline, TimelineView } from '../hearth.ts'
import { entryKinds, isAboutAnother } from '../log/entry.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { Clock, LogId, TimelineKey, Timer } from '../ports.ts'
import type { Holders } from '../sync/holders.ts'
import { createValue, type Value } from '../value.ts'
import { createAnnotatedPages } from './annotated-pages.ts'
import { encodeMessage, parseMessage } from './message-body.ts'
import type { Outgoing } from './outgoing.ts'
import { createPins } from './pins.ts'
import { createQuotes } from './quotes.ts'
import { reuseItems } from './reuse-items.ts'
import type { RoomFacts } from './room-facts.ts'
import { compareKeys, mergeByKey, nameOfKey, positionOf } from './timeline-order.ts'
import { contentOfWish } from './send-to.ts'
import { createTimelineItems } from './timeline-items.ts'
import { createTimelineVerbs } from './timeline-verbs.ts'

export interface TimelineOptions {
  room: LogId
  /** What the screen shows of it already: that stays until it was read. */
  shown?: TimelineView | undefined
  /** This device. */
  me: DeviceId
  logs: Logs
  holders: Holders
  outgoing: Outgoing
  clock: Clock
  rooms: Value<ReadonlyMap<LogId, RoomFacts>>
  /** How people are shown now. */
  person(account: AccountId): Person
  author(device: DeviceId): Person
  holder(device: DeviceId): Holder
  /** Changes when what these give does. */
  people: Value<readonly Person[]>
  /** Who of those that have one's own message have read it; and when that may be another. */
  readersOf(key: TimelineKey, held: readonly DeviceId[]): readonly Reader[]
  onReaders(listener: (room: LogId) => void): () => void
  /** What somebody else said was read by this person. */
  isRead(key: TimelineKey): boolean
  typing: Value<readonly Person[]>
  setTyping(isTyping: boolean): void
}

/** How many entries one look into the past brings. */
const windowEntries = 50
/** While only the end is looked at, no more than these stay: a first sync brings all that was ever said. */
const mostFollowed = 4 * windowEntries
/** More than so many are history. */
const mostSaidAtOnce = 10
/** History that comes faster than so is shown together. */
const historyEveryMs = 100
/** How far back it goes to show a message that is quoted or pinned, and in which steps. */
const reachEntries = 500
const reachRounds = 40

/** What a room shows: a window of its newest entries, which grows into the past on demand and follows what arrives. */
export const openTimeline = (options: TimelineOptions): Timeline & { loaded: Promise<void> } => {
  const { room, me, logs, holders, outgoing, person, author, clock } = options
  const { shown = { items: [], hasOlder: false } } = options
  let entries: readonly ReadEntry[] = []
  let holdersOf = new Map<string, readonly DeviceId[]>()
  let hasOlder = false
  let isReady = false
  let isClosed = false
  let loadingOlder: Promise<void> | undefined
  const view = createValue<TimelineView>({ ...shown, status: 'loading' })
  const accountOf = (device: DeviceId): AccountId => author(device).id
  const annotated = createAnnotatedPages({ room, logs, accountOf })
  const quotes = createQuotes({ room, logs }, () => show())
  const pins = createPins({ room, logs, accountOf, person })
  const itemsOf = createTimelineItems({ ...options, outgoing, annotated, quotes })
  const verbs = createTimelineVerbs({ room, logs, accountOf, entryOf: (key) => entryOf(key) })

  const show = () => {
    if (isClosed) return
    if (isReady) {
      const items = itemsOf({ entries, hasOlder, holdersOf })
      view.set({ items: reuseItems(view.get().items, items), hasOlder, status: 'ready' })
    } else {
      // Only what is being said comes to what is shown.
      const said = itemsOf({ entries: [], hasOlder: true, holdersOf })
      view.set({ items: [...shown.items, ...said], hasOlder: shown.hasOlder, status: 'loading' })
    }
  }

  let showing: Timer | undefined
  /** A history comes slice by slice, and would have the page drawn anew at each of them. */
  const showHistory = () => {
    showing ??= clock.setTimer(() => {
      showing = undefined
      show()
    }, historyEveryMs)
  }
  const showerOf = (arrived: readonly ReadEntry[]) => (arrived.length > mostSaidAtOnce ? showHistory : show)

  const countHolders = async (counted: readonly ReadEntry[]) => {
    const own = counted.filter((entry) => entry.author === me)
    const found = await Promise.all(own.map(({ key }) => holders.of(room, key.page, key.seq)))
    holdersOf = new Map([
      ...holdersOf,
      ...own.map(({ key }, index) => [nameOfKey(key), found[index] ?? []] as const),
    ])
  }

  let isAtEnd = true
  const forgetOld = () => {
    if (!isAtEnd || entries.length <= mostFollowed) return
    entries = entries.slice(-windowEntries)
    hasOlder = true
  }

  /** What comes while the first entries are still being read. */
  const early: ReadEntry[] = []
  /** What belongs before the window comes with it, once somebody looks there. */
  const take = (arrived: readonly ReadEntry[]) => {
    const oldest = entries[0]
    const isWithin = ({ key }: ReadEntry) => !hasOlder || !oldest || compareKeys(key, oldest.key) > 0
    annotated.take(arrived)
    entries = mergeByKey(
      entries,
      arrived.filter((entry) => !isAboutAnother(entry.kind) && isWithin(entry)),
    )
    forgetOld()
    const begun = annotated.load(arrived.map(({ key }) => key.page))
    if (begun) void begun.then(showerOf(arrived))
  }

  const load = async (limit = windowEntries) => {
    const before = entries[0]?.key
    const older = await logs.read(room, { ...(before ? { before } : {}), limit })
    hasOlder = older.length === limit
    await Promise.all([countHolders(older), annotated.load(older.map(({ key }) => key.page))])
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
    quotes.forget()
    await annotated.reload()
    void pins.look()
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

  const loadMore = (limit?: number): Promise<void> => {
    if (!hasOlder) return Promise.resolve()
    loadingOlder ??= load(limit).finally(() => {
      loadingOlder = undefined
    })
    return loadingOlder
  }

  const entryOf = (key: string): ReadEntry | undefined =>
    entries.find((one) => {
      const name = nameOfKey(one.key)
      return name === key || outgoing.firstNameOf(name) === key
    })

  const leave = [
    logs.onArrival((arrival) => {
      if (arrival.log !== room) return
      if (!isReady) return void early.push(...arrival.entries)
      take(arrival.entries)
      if (arrival.entries.some(({ kind }) => kind === entryKinds.pin)) void pins.look()
      showerOf(arrival.entries)()
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
    outgoing.onChange(show),
    options.onReaders((of) => {
      if (of === room) show()
    }),
  ]
  // What is still on its way to the disk stands at the end from the beginning.
  show()
  const loaded = load()

  void loaded.then(() => pins.look())

  return {
    view,
    loaded,
    pins: pins.value,
    typing: options.typing,
    setTyping: options.setTyping,
    isRead(key) {
      const entry = entryOf(key)
      return !entry || author(entry.author).isMe || options.isRead(entry.key)
    },
    ...verbs,
    send(wish) {
      const content = contentOfWish(
        typeof wish === 'string' ? { text: wish } : wish,
        (key) => entryOf(key)?.key ?? positionOf(key),
      )
      const body = encodeMessage(content)
      if (!body.ok) return body
      options.setTyping(false)
      outgoing.add(parseMessage(body.value) ?? content, body.value)
      return ok(undefined)
    },
    retry: (key) => outgoing.retry(key),
    loadOlder: () => loadMore(),
    follow(isNow) {
      isAtEnd = isNow
      const { length } = entries
      forgetOld()
      if (entries.length < length) show()
    },
    async reach(key) {
      if (entryOf(key)) return true
      const position = positionOf(key)
      const entry = position && (await logs.readAt(room, position))
      if (!entry || (entry.body === undefined && entry.erasedBy === undefined)) return false
      for (let round = 0; round < reachRounds && !entryOf(key) && hasOlder; round++)
        await loadMore(reachEntries)
      return entryOf(key) !== undefined
    },
    close() {
      isClosed = true
      if (showing !== undefined) clock.clearTimer(showing)
      for (const off of leave) off()
    },
  }
}
