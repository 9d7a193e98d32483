import { createPageSync } from '../sync/page-sync.ts'
import * as Y from 'yjs'
import { parsePersonName } from '../../../shared/names.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { ok } from '../../../shared/result.ts'
import { createHearth, type RunningHearth } from '../create-hearth.ts'
import type { FamilyDocumentStore } from '../group/family.ts'
import type { Genesis } from '../group/genesis.ts'
import { entryKinds } from '../log/entry.ts'
import { createMemoryReadingStore } from '../reading/memory-reading-store.ts'
import { noTrustMarks } from '../room/trust-marks.ts'
import { createValue } from '../value.ts'
import { addDevice, createRelative, foundFamily, inviteRelative, type Relative } from './relatives.ts'
import type { Timeline } from '../hearth.ts'
import type { LogId, Network } from '../ports.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'
import { createHub, type Hub, type Wires } from './memory-network.ts'
import { createMemoryStore, type MemoryStore } from './memory-store.ts'
import { createSeededRandom } from './seeded-random.ts'

/** A family of whole cores in one process: real logs, gates and sync over links in memory, on a clock that stands still. */
export interface Household {
  readonly clock: FakeClock
  readonly hub: Hub
  move(name: string): Promise<Member>
  /** One more device of somebody who has moved in. */
  addDevice(of: Member): Promise<Member>
  connect(...members: Member[]): Promise<void>
  cut(left: Member, right: Member): void
}

export interface HouseholdOptions {
  wires?: Wires
  /** Fewer than in life, so that a short history has many pages. */
  messagesPerPage?: number
}

export interface Member {
  readonly name: string
  readonly id: DeviceId
  readonly hearth: RunningHearth
  readonly store: MemoryStore
  readonly network: Network
  /** The browser ends and starts again with what was on its disk. */
  restart(): Promise<Member>
  /** What a room shows now, one line an item, oldest first. */
  lines(room?: LogId): Promise<string[]>
  say(text: string, room?: LogId): void
}

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

const giveName = async (hearth: RunningHearth, name: string): Promise<void> => {
  const parsed = parsePersonName(name)
  if (!parsed.ok) throw new Error(parsed.problem.type)
  await hearth.family.write({
    kind: entryKinds.profile,
    name: parsed.value,
    status: '',
    picture: new Uint8Array(0),
  })
}

export const createHousehold = ({ wires, messagesPerPage }: HouseholdOptions = {}): Household => {
  const clock = createFakeClock()
  const hub = createHub(clock, wires)
  let moved = 0
  let added = 0
  const seeds = new Map<string, number>()
  let founding: { owner: Relative; genesis: Genesis } | undefined
  let founder: RunningHearth | undefined
  /** The first to move in founds the family, and invites the others. */
  const arrive = async (seed: number, deviceSeed: number | undefined) => {
    const first = await createRelative(seed)
    const relative = deviceSeed === undefined ? first : { ...first, ...(await addDevice(first, deviceSeed)) }
    founding ??= { owner: relative, genesis: await foundFamily(relative) }
    const { owner, genesis } = founding
    const known =
      relative.account === owner.account
        ? []
        : (await inviteRelative(genesis, owner, relative, { seed })).statements
    return { relative, genesis, known }
  }
  const live = async (
    name: string,
    seed: number,
    store: MemoryStore,
    documentStore: FamilyDocumentStore,
    readingStore = createMemoryReadingStore(),
    deviceSeed?: number,
  ): Promise<Member> => {
    const { relative, genesis, known } = await arrive(seed, deviceSeed)
    const { account, device, certificate } = relative
    const trust = createValue(noTrustMarks)
    const random = createSeededRandom(clock.now() + (deviceSeed ?? seed))
    const created = await createHearth({
      genesis,
      account,
      loginName: name,
      device,
      certificate,
      known,
      epochs: (await founder?.family.keys.secrets()) ?? [],
      trust,
      store,
      documentStore,
      readingStore,
      clock,
      random,
      ...(messagesPerPage !== undefined && { messagesPerPage }),
    })
    if (!created.ok) throw new Error(created.problem.type)
    const hearth = created.value
    founder ??= hearth
    await hearth.family.announce()
    const network = hub.join(device.id, hearth.family)
    hearth.attach(network, createPageSync)
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
      network,
      restart() {
        network.close()
        return live(name, seed, store.crash(), documentStore, readingStore, deviceSeed)
      },
      async lines(room = hearth.family.general) {
        timeline(room)
        await clock.settle()
        return timeline(room)
          .view.get()
          .items.map((item) => {
            if (item.type === 'message') return `${item.author.name}: ${item.text}`
            if (item.type === 'erased') return `${item.by.name} erased what ${item.author.name} said`
            if (item.type === 'call') return `${item.by.name} called: ${item.outcome}`
            return `${item.person.name} ${item.event}`
          })
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
      seeds.set(name, seed)
      const member = await live(name, seed, createMemoryStore(), createMemoryDocument())
      await giveName(member.hearth, name)
      await clock.advance(10)
      return member
    },
    async addDevice({ name }) {
      const seed = seeds.get(name)
      if (seed === undefined) throw new Error(`${name} has not moved in`)
      const store = createMemoryStore()
      const member = await live(name, seed, store, createMemoryDocument(), undefined, 1_000 + ++added)
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
