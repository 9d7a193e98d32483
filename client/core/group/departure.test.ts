import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeRevocation } from '../../../shared/certificate.ts'
import { decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { encodeAppend } from '../log/append-update.ts'
import { entryKinds } from '../log/entry.ts'
import { openBody, type SignedEntry } from '../log/feed.ts'
import type { FeedHead } from '../ports.ts'
import { createDocumentWriter } from '../testing/hostile-document.ts'
import { createHostileMember, type HostileMember } from '../testing/hostile-member.ts'
import { createHostileScene, type HostileScene } from '../testing/hostile-scene.ts'
import type { Member } from '../testing/household.ts'
import { addDevice } from '../testing/relatives.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { recipientsOf } from './recipients.ts'
import { bytesOfEpoch, hashDeparted, makeRekey, openEpoch, recipientIdOf } from './rekey.ts'
import { makeStatement, revocationStatement } from './statements.ts'

/** The owner puts Mallory out; everybody who is linked hears of it, and somebody says what of hers counts. */
const remove = async ({ anna, owner, mallory, house }: HostileScene): Promise<void> => {
  const { account } = mallory.relative
  const { family } = anna.hearth
  const body = { type: 'removal', account, cuts: family.cutsOf(account), ms: house.clock.now() } as const
  const statement = await makeStatement(family.genesis.group, owner.device, body)
  await family.write({ kind: entryKinds.statement, statement })
  await house.clock.advance(5_000)
}
/** Entries of Mallory’s that follow one another. */
const writeSeveral = async (mallory: HostileMember, count: number, from?: FeedHead, ms?: number) => {
  const elements: Bytes[] = []
  let head = from
  for (let index = 0; index < count; index++) {
    const plaintext = encodeUtf8(`Mallory ${(head?.length ?? 0) + 1}`)
    const made = await mallory.write({
      head,
      plaintext,
      ...(ms !== undefined && { time: { ms, counter: index } }),
    })
    elements.push(made.element)
    head = made.head
  }
  return { elements, head }
}
const receive = async (scene: HostileScene, by: Member, update: Bytes, page = 0): Promise<string> => {
  const { general, mallory } = scene
  return (await by.hearth.logs.receive(general, page, update, mallory.relative.device.id)).type
}
const linesOfMallory = async (member: Member): Promise<string[]> =>
  (await member.lines()).filter((line) => line.includes('Mallory ')).map((line) => line.replace(/^.*: /, ''))

/** What somebody who has a copy of everything reads of it with the keys they have. */
const readWith = async (
  { family }: Pick<HostileMember, 'family'>,
  { anna, general }: HostileScene,
): Promise<Map<string, boolean>> => {
  const { group } = anna.hearth.family.genesis
  const texts = new Map<string, boolean>()
  const all: SignedEntry[] = await anna.hearth.logs.readAll(general)
  for (const entry of all) {
    const body = await openBody(family.bodies, { group, log: general, page: 0 }, entry)
    const own = await openBody(anna.hearth.family.bodies, { group, log: general, page: 0 }, entry)
    if (own) texts.set(decodeUtf8(own) ?? '', body !== undefined)
  }
  return texts
}

describe('G6: once Mallory is out', () => {
  test('nothing more of hers is taken, back-dated or not, on this page or another, whoever brings it', async () => {
    const scene = await createHostileScene()
    const { anna, bob, mallory, house } = scene
    const long = house.clock.now() - 100_000
    const first = await writeSeveral(mallory, 3)
    expect(await receive(scene, anna, encodeAppend(mallory.relative.device.feed, 0, first.elements))).toBe(
      'admitted',
    )
    await house.clock.advance(50)
    // Under keys that were good then.
    const { feed } = mallory.relative.device
    const more = await writeSeveral(mallory, 2, first.head, long)
    const elsewhere = await mallory.write({
      place: { group: anna.hearth.family.genesis.group, log: scene.general, page: 1 },
      time: { ms: long, counter: 0 },
    })
    await remove(scene)
    expect(anna.hearth.family.state.get().membership.uncut).toEqual([])
    const before = scene.told()
    for (const member of [anna, bob]) {
      expect(await receive(scene, member, encodeAppend(feed, 3, more.elements))).toBe('refused')
      expect(await receive(scene, member, encodeAppend(feed, 0, [...first.elements, ...more.elements]))).toBe(
        'refused',
      )
      expect(await receive(scene, member, elsewhere.update, 1)).toBe('refused')
    }
    expect(scene.told()).toEqual(before)
    // What she said while she belonged stays.
    for (const member of [anna, bob])
      expect(await linesOfMallory(member)).toEqual(['Mallory 1', 'Mallory 2', 'Mallory 3'])
    expect(await scene.talk()).toBe(true)
  })

  test('she reads nothing that is written from then on, though she has every page and every rekey', async () => {
    const scene = await createHostileScene()
    const { anna, bob, mallory, house } = scene
    anna.say('before')
    await house.clock.advance(50)
    await mallory.meet(anna)
    await remove(scene)
    for (const [member, text] of [
      [anna, 'after, from Anna'],
      [bob, 'after, from Bob'],
    ] as const) {
      member.say(text)
      await house.clock.advance(50)
    }
    // Her device is still linked here: so she has the document with all that is in it.
    await mallory.meet(bob)
    await mallory.meet(anna)
    await house.clock.advance(5_000)
    const read = await readWith(mallory, scene)
    expect(read.get('before')).toBe(true)
    expect(read.get('after, from Anna')).toBe(false)
    expect(read.get('after, from Bob')).toBe(false)
    expect(await scene.talk()).toBe(true)
  })

  test('a newcomer reads what was said before and while she was there', async () => {
    const scene = await createHostileScene()
    await remove(scene)
    scene.anna.say('after')
    await scene.house.clock.advance(50)
    const dora = await scene.house.move('Dora')
    await scene.house.connect(scene.anna, dora)
    await scene.house.clock.advance(5_000)
    const lines = await dora.lines()
    for (const line of ['Anna: one', 'Bob: two', 'Anna: after']) expect(lines).toContain(line)
  })

  test('her rekeys are nobody’s any more', async () => {
    const scene = await createHostileScene()
    const { anna, mallory, house } = scene
    const write = createDocumentWriter(scene)
    await remove(scene)
    const { membership } = anna.hearth.family.state.get()
    const epoch = await openEpoch(createSeededRandom(4).bytes(32))
    const wish = { recipients: recipientsOf(membership), departed: await hashDeparted([]), before: [] }
    const bytes = await makeRekey(anna.hearth.family.genesis.group, epoch, wish, createSeededRandom(5))
    await mallory.meet(anna)
    await write(entryKinds.rekey, bytes)
    await house.clock.advance(5_000)
    expect(anna.hearth.family.keys.has(bytes.slice(0, 16))).toBe(false)
    expect(await scene.talk()).toBe(true)
  })

  // Holds once the makers of rekeys are told to the keys (PlacedRekey.by).
  test('an epoch that she had made in advance without herself is used by nobody', async () => {
    const scene = await createHostileScene()
    const { anna, mallory, house } = scene
    const { device } = mallory.relative
    const { family } = anna.hearth
    const ahead = await openEpoch(createSeededRandom(4).bytes(32))
    const out = new Set([device.id, mallory.relative.account].map(recipientIdOf))
    const recipients = recipientsOf(family.state.get().membership).filter(({ id }) => !out.has(id))
    const write = createDocumentWriter(scene)
    for (const departed of [[], [mallory.relative.account]]) {
      const wish = { recipients, departed: await hashDeparted(departed), before: [] }
      const bytes = await makeRekey(family.genesis.group, ahead, wish, createSeededRandom(5))
      await write(entryKinds.rekey, bytes, house.clock.now() + 60_000)
    }
    await remove(scene)
    anna.say('after')
    await house.clock.advance(50)
    const written = await anna.hearth.logs.readAll(scene.general)
    const newest = written
      .filter(({ feed }) => feed === scene.owner.device.feed)
      .sort((left, right) => right.seq - left.seq)[0]
    expect(newest?.epoch).not.toEqual(bytesOfEpoch(ahead.id))
  })
})

test('G6: the cut holds, in whatever order her entries and the word about them come', async () => {
  const happening = fc.oneof(
    fc.record({
      type: fc.constant('entries' as const),
      from: fc.nat(5),
      count: fc.integer({ min: 1, max: 6 }),
    }),
    fc.constant({ type: 'hear' as const }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 8 }), async (happenings) => {
      const scene = await createHostileScene()
      const { anna, bob, mallory, house } = scene
      const { feed } = mallory.relative.device
      const { elements } = await writeSeveral(mallory, 6)
      // Anna has three of them when she puts Mallory out; Bob hears of that later.
      expect(await receive(scene, anna, encodeAppend(feed, 0, elements.slice(0, 3)))).toBe('admitted')
      await house.clock.advance(50)
      house.cut(anna, bob)
      await remove(scene)
      for (const one of happenings) {
        if (one.type === 'hear') await house.connect(anna, bob)
        else
          await receive(
            scene,
            bob,
            encodeAppend(feed, one.from, elements.slice(one.from, one.from + one.count)),
          )
        await house.clock.advance(20)
      }
      await house.connect(anna, bob)
      await house.clock.advance(40_000)
      for (const member of [anna, bob]) {
        expect(await linesOfMallory(member)).toEqual(['Mallory 1', 'Mallory 2', 'Mallory 3'])
        expect(member.hearth.logs.lengths().get(scene.general)?.get(0)?.get(feed)).toBe(3)
      }
      const again = await bob.restart()
      expect(await linesOfMallory(again)).toEqual(['Mallory 1', 'Mallory 2', 'Mallory 3'])
    }),
    { numRuns: 12 },
  )
})

test('G5: a device that is revoked reads nothing more, while the others of its account do', async () => {
  const scene = await createHostileScene()
  const { anna, bob, member, house } = scene
  // Bob’s phone, in other hands.
  const phone = await addDevice(member, 4_711)
  const stolen = await createHostileMember(house, anna, { seed: 2, device: phone })
  await stolen.meet(anna)
  await house.clock.advance(5_000)
  anna.say('before')
  await house.clock.advance(50)
  const { update } = await stolen.write({ time: { ms: 1, counter: 1 } })
  const fields = {
    identityKey: member.keys.identity.key,
    deviceKey: phone.device.publicKey,
    at: 1,
    accepted: 9,
  }
  const statement = revocationStatement(await makeRevocation(member.keys.sign, fields))
  await bob.hearth.family.write({ kind: entryKinds.statement, statement })
  await house.clock.advance(5_000)
  anna.say('after')
  await house.clock.advance(50)
  await stolen.meet(anna)
  await house.clock.advance(5_000)
  const read = await readWith(stolen, scene)
  expect(read.get('before')).toBe(true)
  expect(read.get('after')).toBe(false)
  expect(await bob.lines()).toContain('Anna: after')
  // And what it had in store is taken by nobody any more.
  expect((await anna.hearth.logs.receive(scene.general, 0, update, phone.device.id)).type).toBe('refused')
  expect(await scene.talk()).toBe(true)
})

test('G6: what an honest member wrote under keys that Mallory made stays, though they were cut off with her', async () => {
  const scene = await createHostileScene()
  const { anna, bob, mallory, house } = scene
  // Bob meets Mallory alone, takes over her keys and writes under them, while Anna puts her out.
  house.cut(anna, bob)
  house.hub.cut(mallory.relative.device.id, anna.id)
  await mallory.meet(bob)
  await house.clock.sleep(31 * 24 * 3_600_000)
  expect((await mallory.family.rekey()).ok).toBe(true)
  await house.clock.advance(1_000)
  bob.say('under her keys')
  await house.clock.advance(50)
  await remove(scene)
  await house.connect(anna, bob)
  await house.clock.advance(5_000)
  expect(await anna.lines()).toContain('Bob: under her keys')
  const dora = await house.move('Dora')
  await house.connect(anna, dora)
  await house.clock.advance(5_000)
  expect(await dora.lines()).toContain('Bob: under her keys')
  const again = await bob.restart()
  expect(await again.lines()).toContain('Bob: under her keys')
})
