import fc from 'fast-check'
import * as Y from 'yjs'
import { beforeAll, expect, test } from 'vitest'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { ok } from '../../../shared/result.ts'
import { entryKinds } from '../log/entry.ts'
import { createHybridClock } from '../log/hybrid-clock.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createMemoryStore } from '../testing/memory-store.ts'
import {
  addDevice,
  createRelative,
  foundFamily,
  inviteRelative,
  type Relative,
} from '../testing/relatives.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import type { ControlBody } from './control-bodies.ts'
import { openFamily, type Family } from './family.ts'
import type { Genesis } from './genesis.ts'
import { certificateStatement, makeStatement } from './statements.ts'

let genesis: Genesis
let owner: Relative

const open = async (
  { device, certificate }: Pick<Relative, 'device' | 'certificate'>,
  known: readonly Bytes[] = [],
): Promise<Family> => {
  const opened = await openFamily({
    genesis,
    device,
    certificate,
    known,
    store: createMemoryStore(),
    documentStore: { load: () => Promise.resolve(ok(undefined)), close: () => Promise.resolve() },
    epochs: [],
    time: createHybridClock(createFakeClock()),
    clock: createFakeClock(),
    random: createSeededRandom(device.feed % 1_000),
  })
  if (!opened.ok) throw new Error(opened.problem.type)
  return opened.value
}
const documentOf = ({ doc }: Family): Bytes => copyBytes(Y.encodeStateAsUpdate(doc))
const lengthsIn = ({ doc }: Pick<Family, 'doc'>) => new Map(Y.decodeStateVector(Y.encodeStateVector(doc)))

/** As y-webrtc does. */
const deliver = async (family: Family, update: Uint8Array) => {
  const verdict = await family.admit(copyBytes(update))
  if (verdict === 'admitted') Y.applyUpdate(family.doc, update, 'network')
  await family.settle()
  return verdict
}

/** Each entry as the update that brought it. */
const noteUpdates = (family: Family): Uint8Array[] => {
  const noted: Uint8Array[] = []
  family.doc.on('update', (update: Uint8Array) => void noted.push(update))
  return noted
}

interface Story {
  honest: Uint8Array[]
  strange: Uint8Array[]
  /** Of everybody who was ever let in. */
  feeds: Set<number>
}

/**
 * Anna founds the family and invites an aunt, who invites Bob, who has a phone; somebody comes and is removed. What vouches for each stands
 * now in one’s own feed, now in another’s. Strangers write as well, one of them what an account that belongs to nobody has certified.
 */
const tell = async (): Promise<Story> => {
  const [aunt, bob, gone, stranger, friend] = await Promise.all([2, 3, 4, 5, 6].map(createRelative))
  if (!aunt || !bob || !gone || !stranger || !friend) throw new Error('nobody there')
  const honest: Uint8Array[] = []
  const strange: Uint8Array[] = []
  const write = async (family: Family, into: Uint8Array[], ...bodies: ControlBody[]) => {
    const noted = noteUpdates(family)
    for (const body of bodies) await family.write(body)
    into.push(...noted)
  }
  const statement = (bytes: Bytes): ControlBody => ({ kind: entryKinds.statement, statement: bytes })
  const toAunt = await inviteRelative(genesis, owner, aunt, { role: 'admin', seed: 11 })
  const toBob = await inviteRelative(genesis, aunt, bob, { seed: 12 })
  const toGone = await inviteRelative(genesis, owner, gone, { seed: 13 })
  const phone = await addDevice(bob, 31)
  const own = ({ certificate }: Pick<Relative, 'certificate'>) => statement(certificateStatement(certificate))

  const removal = { type: 'removal', account: gone.account, cuts: [], ms: 90 } as const
  const ofOwner = [own(owner), ...toAunt.statements.map(statement), statement(toBob.join)]
  await write(
    await open(owner),
    honest,
    ...ofOwner,
    statement(await makeStatement(genesis.group, owner.device, removal)),
  )
  // The invitation that Bob came by stands with the aunt, and that he came with Anna.
  await write(await open(aunt), honest, own(aunt), statement(toBob.invitation))
  await write(await open(bob), honest, own(bob), own(phone))
  await write(await open(phone), honest, own(phone), own(aunt))
  await write(await open(gone), honest, ...[...toGone.statements].map(statement), own(gone))

  // Who says that they were invited by somebody who may not, and a device of theirs.
  const toStranger = await inviteRelative(genesis, gone, stranger, { seed: 14 })
  await write(await open(stranger), strange, own(stranger), ...toStranger.statements.map(statement))
  await write(await open(await addDevice(stranger, 51)), strange, own(bob), own(stranger))
  await write(await open(friend), strange, own(friend), statement(toBob.invitation), own(aunt))
  const feeds = new Set([owner, aunt, bob, phone, gone].map(({ device }) => device.feed))
  return { honest, strange, feeds }
}

let story: Story
beforeAll(async () => {
  owner = await createRelative(1)
  genesis = await foundFamily(owner)
  story = await tell()
})

/** All of them in some order, in some portions. */
const portions = (updates: readonly Uint8Array[]): fc.Arbitrary<Bytes[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...updates], { minLength: updates.length }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: updates.length, maxLength: updates.length }),
    )
    .map(([shuffled, sizes]) => {
      const cut: Bytes[] = []
      let at = 0
      for (const size of sizes) {
        if (at < shuffled.length) cut.push(copyBytes(Y.mergeUpdates(shuffled.slice(at, at + size))))
        at += size
      }
      return cut
    })

test('G7, P3: whatever comes first and with what, in the end the document is what members wrote, and nothing else', async () => {
  const all = copyBytes(Y.mergeUpdates([...story.honest, ...story.strange]))
  const honest = new Y.Doc()
  Y.applyUpdate(honest, Y.mergeUpdates(story.honest))
  const wanted = lengthsIn({ doc: honest })
  const reference = await open(await createRelative(8))
  await reference.take(copyBytes(Y.mergeUpdates(story.honest)))
  const membersOf = (family: Family) =>
    [...family.state.get().membership.members].map(([account, { role, isRemoved, devices }]) => [
      account,
      role,
      isRemoved,
      [...devices.keys()].sort(),
    ])
  await fc.assert(
    fc.asyncProperty(portions([...story.honest, ...story.strange]), async (updates) => {
      const family = await open(await createRelative(8))
      for (const update of updates) {
        await deliver(family, update)
        for (const feed of lengthsIn(family).keys()) expect(story.feeds.has(feed)).toBe(true)
      }
      // What came early or with a gap is asked for again, as a whole (net/family-gate.ts).
      expect(await deliver(family, all)).toBe('early')
      expect(lengthsIn(family)).toEqual(wanted)
      expect(new Map(membersOf(family).map((one) => [one[0], one]))).toEqual(
        new Map(membersOf(reference).map((one) => [one[0], one])),
      )
    }),
    { numRuns: 40 },
  )
})

test('P3: of an update the part that is known is taken, and the rest when somebody vouches for it', async () => {
  const [bob, cleo] = [await createRelative(20), await createRelative(21)]
  const { statements } = await inviteRelative(genesis, owner, bob, { seed: 22 })
  const [ofBob, ofCleo] = [await open(bob, statements), await open(cleo)]
  await ofBob.announce()
  await ofCleo.announce()
  const family = await open(owner)
  const both = Y.mergeUpdates([documentOf(ofBob), documentOf(ofCleo)])
  expect(await deliver(family, both)).toBe('early')
  expect([...lengthsIn(family).keys()]).toEqual([bob.device.feed])
  // Nothing new, and still early: it is not kept, and not refused.
  expect(await deliver(family, both)).toBe('early')
  const invited = await inviteRelative(genesis, owner, cleo, { seed: 23 })
  for (const statement of invited.statements) await family.write({ kind: entryKinds.statement, statement })
  expect(await deliver(family, both)).toBe('admitted')
  expect(family.standingOf(cleo.device.id)).toBe('member')
})

test('P3: a forged entry beside what is early is refused all the same, and nothing is taken', async () => {
  const [bob, cleo] = [await createRelative(20), await createRelative(21)]
  const ofBob = await open(bob, (await inviteRelative(genesis, owner, bob, { seed: 22 })).statements)
  const ofCleo = await open(cleo)
  await ofBob.announce()
  await ofCleo.announce()
  await ofBob.write({ kind: entryKinds.statement, statement: certificateStatement(owner.certificate) })
  const broken = documentOf(ofBob)
  broken[broken.length - 10]! ^= 1
  const family = await open(owner)
  expect(await deliver(family, Y.mergeUpdates([broken, documentOf(ofCleo)]))).toBe('refused')
  expect(lengthsIn(family).size).toBe(0)
})
