import type { DeviceStorage } from '../device-storage.ts'
import type {
  ConnectionState,
  Hearth,
  HistoryProgress,
  MessageWish,
  OwnFork,
  RefusedThing,
} from '../hearth.ts'
import type { LogId } from '../ports.ts'
import { createValue } from '../value.ts'
import { createEarlyTimeline, followValue, type EarlyTimeline, type SaidEarly } from './early-timeline.ts'
import type { KeptScreen } from './kept-screen.ts'

/** The members of a Hearth that answer in their own time. */
type Verb = {
  [Name in keyof Hearth]: Hearth[Name] extends (...asked: never[]) => Promise<unknown> ? Name : never
}[keyof Hearth]

/** Keeps what was said in a room before the core is here, until it is; nothing is left of it then. */
export type KeepSaid = (room: LogId, said: readonly MessageWish[]) => void

export interface EarlyHearth {
  hearth: Hearth
  /** The core is not here, since the server did not give it: that is said until it comes. */
  missServer(): void
  /** The core is here: all that is shown is its from now on, and what was asked for meanwhile is done. */
  become(real: Hearth): void
}

/**
 * What the screen showed last, in the shape of the core, so that the screen need not know which of both it sees. It says nothing that could
 * have changed meanwhile but what its person saw last, and does nothing before the core is here.
 */
export const createEarlyHearth = (options: {
  kept: KeptScreen
  nowMs: () => number
  keepSaid: KeepSaid
}): EarlyHearth => {
  const { nowMs, keepSaid } = options
  const { home, rooms } = options.kept
  const me = createValue(home.me)
  const people = createValue(home.people)
  const allRooms = createValue(home.rooms)
  const connection = createValue<ConnectionState>({ server: 'notYet', linkedDevices: 0 })
  const isHistoryComing = createValue(false)
  const history = createValue<HistoryProgress | undefined>(undefined)
  const unread = createValue(home.unread)
  const latest = createValue(home.latest)
  const lastSeen = createValue(home.lastSeen)
  const privacy = createValue(home.privacy)
  const refusals = createValue<readonly RefusedThing[]>([])
  const ownForks = createValue<readonly OwnFork[]>([])
  const storage = createValue<DeviceStorage | undefined>(undefined)
  const opened: { room: LogId; timeline: EarlyTimeline }[] = []
  const said = new Map<LogId, SaidEarly>()
  const saidIn = (room: LogId): SaidEarly => {
    const before = said.get(room)
    if (before) return before
    const wishes: MessageWish[] = []
    const made = { wishes, keep: () => keepSaid(room, wishes) }
    said.set(room, made)
    return made
  }
  /** Of a room at which nobody looks any more. What is not taken stays kept. */
  const sendTo = async (core: Hearth, room: LogId, { wishes, keep }: SaidEarly): Promise<void> => {
    for (const wish of [...wishes]) {
      if (!(await core.sendTo(room, wish)).ok) return
      wishes.shift()
      keep()
    }
  }
  let real: Hearth | undefined
  let arrive: (hearth: Hearth) => void
  const arrived = new Promise<Hearth>((resolve) => (arrive = resolve))

  const later = <Name extends Verb>(name: Name): Hearth[Name] =>
    (async (...asked: never[]) => {
      const verb = (await arrived)[name] as (...asked: never[]) => Promise<unknown>
      return verb(...asked)
    }) as Hearth[Name]

  const hearth: Hearth = {
    me,
    people,
    rooms: allRooms,
    connection,
    isHistoryComing,
    history,
    unread,
    latest,
    lastSeen,
    privacy,
    refusals,
    ownForks,
    storage,
    createRoom: later('createRoom'),
    createPrivateRoom: later('createPrivateRoom'),
    openDirect: later('openDirect'),
    addToRoom: later('addToRoom'),
    removeFromRoom: later('removeFromRoom'),
    renameRoom: later('renameRoom'),
    setRoomRole: later('setRoomRole'),
    joinRoom: later('joinRoom'),
    leaveRoom: later('leaveRoom'),
    keepRoom: later('keepRoom'),
    setTopic: later('setTopic'),
    sendTo: later('sendTo'),
    prepareRoom: later('prepareRoom'),
    close: later('close'),
    // Who is looking at a room says so again once it has been opened.
    markRead: (room) => real?.markRead(room),
    changePrivacy(change) {
      if (real) return real.changePrivacy(change)
      privacy.set({ ...privacy.get(), ...change })
      void arrived.then((come) => come.changePrivacy(change))
    },
    openTimeline(room, shown) {
      if (real) return real.openTimeline(room, shown)
      const timeline = createEarlyTimeline({ kept: rooms.get(room), said: saidIn(room), me: me.get, nowMs })
      opened.push({ room, timeline })
      return timeline
    },
  }

  return {
    hearth,
    missServer() {
      if (!real) connection.set({ server: 'unreachable', linkedDevices: 0 })
    },
    become(come) {
      real = come
      followValue(me, come.me)
      followValue(people, come.people)
      followValue(allRooms, come.rooms)
      followValue(connection, come.connection)
      followValue(isHistoryComing, come.isHistoryComing)
      followValue(history, come.history)
      followValue(unread, come.unread)
      followValue(latest, come.latest)
      followValue(lastSeen, come.lastSeen)
      followValue(privacy, come.privacy)
      followValue(refusals, come.refusals)
      followValue(ownForks, come.ownForks)
      followValue(storage, come.storage)
      for (const { room, timeline } of opened.splice(0))
        timeline.become((shown) => come.openTimeline(room, shown))
      for (const [room, left] of said) void sendTo(come, room, left)
      arrive(come)
    },
  }
}
