import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { logLimits, nameLimits } from '../../../shared/limits.ts'
import { ok } from '../../../shared/result.ts'
import { importSigningKey } from '../../../shared/crypto/ed25519.ts'
import { deviceIdOf, feedOf, type Device } from '../identity/device.ts'
import { encodeAppend } from '../log/append-update.ts'
import { entryKinds } from '../log/entry.ts'
import { appendEntry } from '../log/feed.ts'
import { createHybridClock } from '../log/hybrid-clock.ts'
import type { LogId } from '../ports.ts'
import { clearBodies } from '../testing/clear-bodies.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createHostileScene } from '../testing/hostile-scene.ts'
import { joinBlocks } from '../testing/hostile-updates.ts'
import { createCast, tellAbout } from '../testing/histories.ts'
import { createMemoryStore } from '../testing/memory-store.ts'
import { createRelative, foundFamily, inviteRelative, type Relative } from '../testing/relatives.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { openFamily } from './family.ts'
import { foldFamily, type ControlEntry } from './family-state.ts'

const random = createSeededRandom(41)
const idOf = (number: number): LogId =>
  toBase64Url(new Uint8Array(new Uint32Array([number, 0, 0, 0]).buffer)) as LogId

test('G8: a member who makes a thousand rooms of a time long past takes nobody’s away', async () => {
  const cast = await createCast()
  const membership = tellAbout(cast).fold()
  const create = ({ device }: Relative, seq: number, ms: number, id: number): ControlEntry => ({
    feed: device.feed,
    device: device.id,
    seq,
    time: { ms, counter: 0 },
    body: { kind: entryKinds.room, room: idOf(id), name: `room ${id}` },
  })
  const honest = create(cast.owner, 50, 1_000_000, 7_000_000)
  const many = Array.from({ length: nameLimits.maxRooms + 1 }, (_nothing, index) =>
    create(cast.member, 50 + index, 1, index),
  )
  const { rooms } = foldFamily({ membership, entries: [honest, ...many] }, idOf(9_000_000))
  expect(rooms.has(idOf(7_000_000))).toBe(true)
})

/** As much of a device as can sign. */
const createStranger = async ({ kem }: Pick<Device, 'kem'>): Promise<Device> => {
  const { publicKey, sign } = await importSigningKey(random.bytes(32))
  const id = deviceIdOf(publicKey)
  return { id, feed: await feedOf(id), publicKey, sign, kem }
}

/** Anybody’s first entry in a family document. */
const beginFeed = async (device: Device, group: LogId) => {
  const made = await appendEntry(clearBodies, {
    place: { group, log: group, page: 0 },
    device,
    head: undefined,
    kind: entryKinds.statement,
    time: { ms: 1, counter: 0 },
    plaintext: encodeUtf8('x'),
  })
  if (!made.ok) throw new Error(made.problem.type)
  return encodeAppend(device.feed, 0, [made.value.element])
}

// As long as whoever has no say may write there, one member can take all the places for feeds that there are.
test.fails(
  'P3: a thousand devices that nobody knows leave room in the family document for who comes in',
  async () => {
    const [owner, member] = await Promise.all([1, 2].map(createRelative))
    if (!owner || !member) throw new Error('nobody there')
    const genesis = await foundFamily(owner)
    const open = async (
      { device, certificate }: Relative,
      known: readonly Uint8Array<ArrayBuffer>[] = [],
    ) => {
      const clock = createFakeClock()
      const opened = await openFamily({
        genesis,
        device,
        certificate,
        known,
        store: createMemoryStore(),
        documentStore: { load: () => Promise.resolve(ok(undefined)), close: () => Promise.resolve() },
        epochs: [],
        time: createHybridClock(clock),
        clock,
        random: createSeededRandom(3),
      })
      if (!opened.ok) throw new Error(opened.problem.type)
      return opened.value
    }
    const family = await open(owner)
    await family.announce()
    const strangers: Uint8Array[] = []
    for (let seed = 0; seed < logLimits.maxFeedsPerPage - 1; seed++)
      strangers.push(await beginFeed(await createStranger(owner.device), genesis.group))
    await family.take(copyBytes(Y.mergeUpdates(strangers)))
    const newcomer = await open(member, (await inviteRelative(genesis, owner, member)).statements)
    await newcomer.announce()
    await family.take(copyBytes(Y.encodeStateAsUpdate(newcomer.doc)))
    expect(family.standingOf(member.device.id)).toBe('member')
  },
)

describe('P3: in the family document, too, Yjs takes what the gate has judged', () => {
  test('where one writer has two blocks', async () => {
    const { anna, bob, mallory, house } = await createHostileScene()
    house.cut(anna, bob)
    const updates: Uint8Array[] = []
    const note = (update: Uint8Array) => void updates.push(update)
    bob.hearth.family.doc.on('update', note)
    for (const name of ['attic', 'cellar']) {
      await bob.hearth.createRoom(name)
      await house.clock.advance(20)
    }
    bob.hearth.family.doc.off('update', note)
    expect(updates).toHaveLength(2)
    await mallory.meet(anna)
    mallory.sendDocument(anna, joinBlocks(...updates))
    await house.clock.advance(50)
    await house.connect(anna, bob)
    await house.clock.advance(1_000)
    const names = anna.hearth.rooms.get().map(({ name }) => name)
    expect(names).toContain('attic')
    expect(names).toContain('cellar')
  })
})
