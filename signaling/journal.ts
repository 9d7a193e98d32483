import type { DeviceId } from '../shared/identifiers.ts'
import type { ServerEventKind } from '../shared/server-overview.ts'
import type { AccountsStore } from './data/accounts-store.ts'
import type { ServerEvent } from './data/stored.ts'
import type { ServerLog } from './log.ts'

/**
 * What happens, for whoever runs the server: as log lines, and in the store for the admin's page. Only what is in `ServerEvent` gets
 * there: an account, its name, an address, a stable word. Never what somebody typed, nor a token, ticket, code or topic.
 */
export interface Journal {
  note(kind: ServerEventKind, about?: Omit<ServerEvent, 'at' | 'kind'>): void
  /** A device was here until now. */
  seen(device: DeviceId): void
  /** Writes what has been noted since the last time: many at once, so that a crowd costs one write. */
  flush(): Promise<void>
  stop(): Promise<void>
}

export interface JournalOptions {
  store: Pick<AccountsStore, 'events' | 'devices'>
  log: ServerLog
  now: () => number
}

const flushEveryMs = 1_000
/** Sockets come and go all day: only `debug` tells of each. */
/** What anybody can bring about as often as they like: told once in each turn, or it would crowd out all else. */
const byAnybody: ReadonlySet<ServerEventKind> = new Set(['socketRefused', 'limited'])
const ofSockets: ReadonlySet<ServerEventKind> = new Set(['socketOpened', 'socketClosed', 'socketRefused'])

export const createJournal = ({ store, log, now }: JournalOptions): Journal => {
  let waiting: ServerEvent[] = []
  let devices = new Set<DeviceId>()
  let told = new Set<string>()
  const isTold = (kind: ServerEventKind, { address, why }: Partial<ServerEvent>): boolean => {
    if (!byAnybody.has(kind)) return false
    const key = `${kind} ${address ?? ''} ${why ?? ''}`
    const isKnown = told.has(key)
    told.add(key)
    return isKnown
  }
  const write = async (): Promise<void> => {
    const [events, seen] = [waiting, devices]
    told = new Set()
    if (events.length === 0 && seen.size === 0) return
    waiting = []
    devices = new Set()
    try {
      await store.events.add(events)
      await store.devices.seen([...seen], now())
    } catch (error) {
      // A full disk: the family goes on talking, and whoever looks into the log learns why the page knows nothing of it.
      log.error({ err: error }, 'events could not be written')
    }
  }
  const timer = setInterval(() => void write(), flushEveryMs)
  timer.unref()
  return {
    note: (kind, about = {}) => {
      if (isTold(kind, about)) return
      waiting.push({ at: now(), kind, ...about })
      log[ofSockets.has(kind) ? 'debug' : 'info']({ event: kind, ...about })
    },
    seen: (device) => void devices.add(device),
    flush: write,
    stop: async () => {
      clearInterval(timer)
      await write()
    },
  }
}
