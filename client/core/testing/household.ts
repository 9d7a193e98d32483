import * as Y from 'yjs'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { ok } from '../../../shared/result.ts'
import { createHearth, type RunningHearth } from '../create-hearth.ts'
import type { FamilyDocumentStore } from '../group/family.ts'
import { openDevice } from '../identity/device.ts'
import type { Timeline } from '../hearth.ts'
import type { LogId } from '../ports.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'
import { createHub, type Hub } from './memory-network.ts'
import { createMemoryStore, type MemoryStore } from './memory-store.ts'
import { createSeededRandom } from './seeded-random.ts'

/** A family of whole cores in one process: real logs, gates and sync over links in memory, on a clock that stands still. */
export interface Household {
  readonly clock: FakeClock
  readonly hub: Hub
  move(name: string): Promise<Member>
  connect(...members: Member[]): Promise<void>
  cut(left: Member, right: Member): void
}

export interface Member {
  readonly name: string
  readonly id: DeviceId
  readonly hearth: RunningHearth
  readonly store: MemoryStore
  /** The browser ends and starts again with what was on its disk. */
  restart(): Promise<Member>
  /** What a room shows now, one line an item, oldest first. */
  lines(room?: LogId): Promise<string[]>
  say(text: string, room?: LogId): void
}

export const group = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId

/** Keeps what came to the document, as y-indexeddb does when it is given the time. */
const createMemoryDocument = (): FamilyDocumentStore => {
  const updates: Uint8Array[] = []
  return {
    load(doc) {
      for (const update of updates) Y.applyUpdate(doc, update)
      doc.on('update', (update: Uint8Array) => void updates.push(update))
      return Promise.resolve(ok(undefined))
    },
    close: () => Promise.resolve(),
  }
}

export const createHousehold = (): Household => {
  const clock = createFakeClock()
  const hub = createHub(clock)
  let moved = 0
  const live = async (
    name: string,
    seed: number,
    store: MemoryStore,
    documentStore: FamilyDocumentStore,
  ): Promise<Member> => {
    const device = await openDevice(createSeededRandom(seed).bytes(32))
    const random = createSeededRandom(clock.now() + seed)
    const created = await createHearth({ group, device, store, documentStore, clock, random })
    if (!created.ok) throw new Error(created.problem.type)
    const hearth = created.value
    const network = hub.join(device.id, hearth.family)
    hearth.attach(network)
    const open = new Map<LogId, Timeline>()
    const timeline = (room: LogId): Timeline => {
      const opened = open.get(room) ?? hearth.openTimeline(room)
      open.set(room, opened)
      return opened
    }
    return {
      name,
      id: device.id,
      hearth,
      store,
      restart() {
        network.close()
        return live(name, seed, store.crash(), documentStore)
      },
      async lines(room = hearth.family.general) {
        timeline(room)
        await clock.settle()
        return timeline(room)
          .view.get()
          .items.map((item) =>
            item.type === 'message'
              ? `${item.author.name}: ${item.text}`
              : `${item.person.name} ${item.event}`,
          )
      },
      say(text, room = hearth.family.general) {
        timeline(room).send(text)
      },
    }
  }

  return {
    clock,
    hub,
    async move(name) {
      const seed = ++moved
      const member = await live(name, seed, createMemoryStore(), createMemoryDocument())
      await member.hearth.setName(name)
      await clock.advance(10)
      return member
    },
    async connect(...members) {
      for (const [index, left] of members.entries()) {
        for (const right of members.slice(index + 1)) hub.connect(left.id, right.id)
      }
      await clock.advance(100)
    },
    cut: (left, right) => hub.cut(left.id, right.id),
  }
}
