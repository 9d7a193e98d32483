import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { logLimits } from '../../../shared/limits.ts'
import { openDevice, type Device } from '../identity/device.ts'
import { entryKinds } from '../log/entry.ts'
import { createHybridClock } from '../log/hybrid-clock.ts'
import { openLogs } from '../log/logs.ts'
import { linkChannels, type Link, type LogId } from '../ports.ts'
import { clearBodies } from '../testing/clear-bodies.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { createHousehold } from '../testing/household.ts'
import { createHub, type Hub } from '../testing/memory-network.ts'
import { createMemoryStore } from '../testing/memory-store.ts'
import { createHolders } from './holders.ts'
import { encodeSyncMessage, parseSyncMessage, type SyncMessage } from './messages.ts'
import { createPageSync } from './page-sync.ts'

const garden = 'BBBBBBBBBBBBBBBBBBBBBA' as LogId
const general = 'CCCCCCCCCCCCCCCCCCCCCA' as LogId

/** A device with logs and page sync, and nothing else: which rooms it knows is for the test to say. */
const createSide = async (clock: FakeClock, hub: Hub, device: Device, rooms: Set<LogId>) => {
  const logs = await openLogs({
    device,
    store: createMemoryStore(),
    time: createHybridClock(clock),
    groupOf: (log) =>
      rooms.has(log)
        ? {
            id: garden,
            bodies: clearBodies,
            rules: { kinds: new Set([entryKinds.message]), judge: () => 'good' },
            countOf: () => Infinity,
          }
        : undefined,
  })
  // A document in which nothing is written: the family is not what this is about.
  const network = hub.join(device.id, { doc: new Y.Doc(), admit: () => Promise.resolve('known') })
  const sync = createPageSync({
    device,
    logs,
    holders: createHolders(createMemoryStore()),
    network,
    clock,
    standing: (log) => (rooms.has(log) ? 'shared' : 'unknown'),
  })
  return {
    logs,
    network,
    rooms,
    learn(room: LogId) {
      rooms.add(room)
      sync.compareAll()
    },
    write: (text: string, room = garden) => logs.append(room, entryKinds.message, encodeUtf8(text)),
    countIn: (room = garden) =>
      [...(logs.lengths().get(room)?.values() ?? [])]
        .flatMap((lengths) => [...lengths.values()])
        .reduce((sum, length) => sum + length, 0),
  }
}

const createTwo = async (annas: readonly LogId[], bobs: readonly LogId[]) => {
  const clock = createFakeClock()
  const hub = createHub(clock)
  const devices = await Promise.all([1, 2].map((seed) => openDevice(new Uint8Array(32).fill(seed))))
  const [anna, bob] = devices as [Device, Device]
  return {
    clock,
    connect: async () => {
      hub.connect(anna.id, bob.id)
      await clock.advance(50)
    },
    anna: await createSide(clock, hub, anna, new Set(annas)),
    bob: await createSide(clock, hub, bob, new Set(bobs)),
  }
}
/** Less than it takes until all is compared once more. */
const soonMs = 1_000

describe('Y2: a room that becomes known after its pages were told of', () => {
  test('fills at once, without waiting for the next comparison', async () => {
    const { clock, connect, anna, bob } = await createTwo([garden], [])
    for (const text of ['one', 'two', 'three']) await anna.write(text)
    await connect()
    expect(bob.countIn()).toBe(0)
    expect(soonMs).toBeLessThan(logLimits.antiEntropyMs)
    bob.learn(garden)
    await clock.advance(soonMs)
    expect(bob.countIn()).toBe(3)
  })

  test('fills also where both have told each other of other rooms before', async () => {
    const { clock, connect, anna, bob } = await createTwo([garden, general], [general])
    await anna.write('in general', general)
    await anna.write('in the garden')
    await bob.write('from Bob', general)
    await connect()
    expect([bob.countIn(general), anna.countIn(general), bob.countIn()]).toEqual([2, 2, 0])
    bob.learn(garden)
    await clock.advance(soonMs)
    expect(bob.countIn()).toBe(1)
  })

  test('takes what was written while nobody knew it there, and what comes after', async () => {
    const { clock, connect, anna, bob } = await createTwo([garden], [])
    await connect()
    await anna.write('before')
    await clock.advance(soonMs)
    bob.learn(garden)
    await anna.write('while they compare')
    await clock.advance(soonMs)
    await anna.write('after')
    await clock.advance(soonMs)
    expect(bob.countIn()).toBe(3)
    await bob.write('from Bob')
    await clock.advance(soonMs)
    expect(anna.countIn()).toBe(4)
  })

  test('asks nobody for a room that neither knows', async () => {
    const { clock, connect, anna, bob } = await createTwo([general], [general])
    await anna.write('hello', general)
    await connect()
    bob.learn(garden)
    await clock.advance(soonMs)
    expect(bob.countIn()).toBe(0)
    expect(bob.countIn(general)).toBe(1)
  })
})

test('Y2: a whole core whose family document comes after the pages fills the room at once', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  const created = await anna.hearth.createRoom('garden')
  if (!created.ok) throw new Error(created.problem.type)
  anna.say('in the garden', created.value)
  await house.clock.advance(20)
  // Bob's way to the document is slow, as a busy browser's is.
  const { doc, admit } = bob.hearth.family
  const slowMs = 500
  const slowly: typeof admit = async (...update) => {
    await new Promise<void>((resolve) => house.clock.setTimer(resolve, slowMs))
    return admit(...update)
  }
  bob.hearth.attach(house.hub.join(bob.id, { doc, admit: slowly }), createPageSync)
  await house.connect(anna, bob)
  expect(bob.hearth.rooms.get().map(({ name }) => name)).not.toContain('garden')
  await house.clock.advance(slowMs + soonMs)
  expect(bob.hearth.rooms.get().map(({ name }) => name)).toContain('garden')
  expect(await bob.lines(created.value)).toContain('Anna: in the garden')
})

describe('Y2: a log of more pages than one message tells of', () => {
  // Somebody may have written a single entry on each of ever so many pages.
  const count = logLimits.maxPagesPerDigest + 10

  test('is told of in several', async () => {
    const clock = createFakeClock()
    const device = await openDevice(new Uint8Array(32).fill(1))
    const said: (SyncMessage | undefined)[] = []
    let hear: (message: Uint8Array<ArrayBuffer>) => void = () => undefined
    const link: Link = {
      device: device.id,
      isOpen: true,
      send: (_channel, message) => void said.push(parseSyncMessage(message)),
      listen: (channel, listener) => {
        if (channel === linkChannels.pages) hear = listener
      },
      onClose: () => undefined,
      close: () => undefined,
    }
    const { logs, network } = await createSide(clock, createHub(clock), device, new Set([garden]))
    const pages = Array.from({ length: count }, (_nothing, page) => [page, new Map([[1, 1]])] as const)
    const lengths = new Map([[garden, new Map(pages)]])
    createPageSync({
      device,
      logs: { ...logs, lengths: () => lengths },
      holders: createHolders(createMemoryStore()),
      network: { ...network, links: { get: () => [link], subscribe: () => () => undefined } },
      clock,
      standing: () => 'shared',
    })
    hear(encodeSyncMessage({ type: 'want', log: garden }))
    await clock.advance(10)
    expect(said).not.toContain(undefined)
    const told = said.flatMap((message) => (message?.type === 'pages' ? message.pages : []))
    expect(new Set(told.map(({ page }) => page)).size).toBe(count)
  })
})
