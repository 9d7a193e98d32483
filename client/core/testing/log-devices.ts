import type { DeviceId } from '../../../shared/identifiers.ts'
import { decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { openDevice, type Device } from '../identity/device.ts'
import { entryKinds, type EntryKind } from '../log/entry.ts'
import type { ErasePermission } from '../log/gate.ts'
import { createHybridClock } from '../log/hybrid-clock.ts'
import type { PlacedPosition } from '../log/keeping.ts'
import { openLogs, type Logs, type Reception } from '../log/logs.ts'
import type { FeedId, LogId } from '../ports.ts'
import { clearBodies } from './clear-bodies.ts'
import { createMemoryStore, type MemoryStore } from './memory-store.ts'

/** One device's logs alone, with rules that a test turns by hand and bodies in the clear: what is on its disk can be looked for. */
export interface LogDevice {
  readonly device: Device
  readonly store: MemoryStore
  readonly logs: Logs
  /** Its own clock. */
  nowMs: number
  say(text: string): Promise<void>
  erase(text: string): Promise<boolean>
  /** Where a text stands, as far as it is here. */
  find(text: string): Promise<PlacedPosition | undefined>
  /** What a room shows: texts, and who erased what of whom. */
  lines(): Promise<string[]>
  /** Asks `other` for what is missing here, and takes all of the answer, or what it says of one feed. */
  fetch(other: LogDevice, only?: FeedId): Promise<Reception['type'][]>
  /** Whether these words are anywhere on its disk. */
  holds(text: string): boolean
}

export const testLog = 'BBBBBBBBBBBBBBBBBBBBBA' as LogId
export const testGroup = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId

export interface LogDeviceRules {
  mayErase(eraser: DeviceId, author: DeviceId): ErasePermission
  countOf?(device: DeviceId): number
  keepMs?(): number | undefined
}

const kinds: ReadonlySet<EntryKind> = new Set([entryKinds.message, entryKinds.erase])

export const createLogDevice = async (
  seed: number,
  rules: LogDeviceRules,
  store: MemoryStore = createMemoryStore(),
): Promise<LogDevice> => {
  const device = await openDevice(new Uint8Array(32).fill(seed))
  const clock = { now: () => self.nowMs }
  const countOf = (of: DeviceId) => rules.countOf?.(of) ?? Infinity
  const logs = await openLogs({
    device,
    store,
    time: createHybridClock({ ...clock, setTimer: () => 0, clearTimer: () => undefined }),
    groupOf: () => ({
      id: testGroup,
      bodies: clearBodies,
      rules: {
        kinds,
        judge: (entry) => (entry.seq < countOf(entry.device) ? 'good' : 'cutOff'),
        mayErase: rules.mayErase,
      },
      countOf,
      keepMs: () => rules.keepMs?.(),
    }),
  })
  const readAll = () => logs.read(testLog, { limit: 10_000 })

  const self: LogDevice = {
    device,
    store,
    logs,
    nowMs: 1_000,
    async say(text) {
      const written = await logs.append(testLog, entryKinds.message, encodeUtf8(text))
      if (!written.ok) throw new Error(written.problem.type)
    },
    async find(text) {
      const found = (await readAll()).find(({ body }) => body && decodeUtf8(body) === text)
      return found && { page: found.key.page, feed: found.key.feed, seq: found.key.seq }
    },
    async erase(text) {
      const position = await self.find(text)
      return position !== undefined && (await logs.erase(testLog, [position])).ok
    },
    async lines() {
      return (await readAll()).map(({ body, author, erasedBy }) =>
        erasedBy === undefined ? (decodeUtf8(body ?? new Uint8Array()) ?? '') : `${author} by ${erasedBy}`,
      )
    },
    async fetch(other, only) {
      const receptions: Reception['type'][] = []
      for (const [page, theirs] of other.logs.lengths().get(testLog) ?? []) {
        const ours = logs.lengths().get(testLog)?.get(page) ?? new Map<FeedId, number>()
        const asked = [...theirs.keys()].filter((feed) => only === undefined || feed === only)
        const known = new Map([...theirs.keys()].map((feed) => [feed, Infinity]))
        for (const feed of asked) known.set(feed, ours.get(feed) ?? 0)
        const missed = (await logs.missed(testLog, page)).filter(({ feed }) => asked.includes(feed))
        for (const update of await other.logs.missing(testLog, page, known, { missed }))
          receptions.push((await logs.receive(testLog, page, update, other.device.id)).type)
      }
      return receptions
    },
    holds: (text) => store.disk.bytes().some((bytes) => includes(bytes, encodeUtf8(text))),
  }
  return self
}

const includes = (bytes: Uint8Array, sought: Bytes): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(sought))
