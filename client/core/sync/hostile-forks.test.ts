import { describe, expect, test } from 'vitest'
import { copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { logLimits } from '../../../shared/limits.ts'
import { encodeAppend } from '../log/append-update.ts'
import { entryKinds } from '../log/entry.ts'
import { makeForkProof, proveFork } from '../log/forks.ts'
import { createForkScene, type ForkScene } from '../testing/fork-scene.ts'
import { headInDocument } from '../testing/hostile-document.ts'
import { createRelative } from '../testing/relatives.ts'

/** Two branches, the first with Anna and the second with Bob, after what all have; and they know. */
const createForked = async () => {
  const scene = await createForkScene()
  const [anna, bob, carla] = scene.members
  const common = await scene.branch('common', 2)
  for (const member of scene.members) await scene.give(member, common)
  const [one, other] = [await scene.branch('A', 4, common.head), await scene.branch('B', 4, common.head)]
  await scene.give(anna!, one)
  await scene.give(bob!, other)
  await scene.settle()
  const [fork] = anna!.hearth.logs.forksIn(scene.general)
  if (!fork) throw new Error('no fork')
  return { ...scene, anna: anna!, bob: bob!, carla: carla!, common, one, other, fork }
}

const areLinked = ({ members }: ForkScene) => {
  const [anna] = members
  return anna?.hearth.connection.get().linkedDevices
}

test('P6: more of a frozen feed costs no link, is not taken, and is answered once with the proof', async () => {
  const scene = await createForked()
  const { anna, mallory, house, general, one } = scene
  const before = [await scene.stateOf(anna), areLinked(scene)]
  let { head } = one
  for (let count = 0; count < logLimits.carriedTolerated * 3; count++) {
    const next = await mallory.write({ head })
    mallory.sendEntries(anna, next.update)
    head = next.head
  }
  await house.clock.advance(200)
  // What nobody can follow, since all between is missing, is asked for by nobody either.
  const further = await mallory.write({ head })
  house.hub.traffic.messages = 0
  mallory.sendEntries(anna, further.update)
  await house.clock.advance(200)
  expect(house.hub.traffic.messages).toBe(1)
  expect([await scene.stateOf(anna), areLinked(scene)]).toEqual(before)
  const whys = anna.hearth.refusals.get().map(({ why }) => why)
  expect(whys).not.toContain('badSignature')
  expect(anna.hearth.logs.frozenIn(general, 0)).toHaveLength(1)
  expect(await scene.talk()).toBe(true)
})

test('P6: once all know, nothing is asked again: comparing says no more than that all is alike', async () => {
  const scene = await createForked()
  await scene.settle()
  scene.house.hub.traffic.messages = 0
  await scene.house.clock.advance(logLimits.antiEntropyMs)
  // One digest to each peer, from each: three members, and Mallory, who does not answer.
  const pairs = scene.members.length * (scene.members.length - 1)
  expect(scene.house.hub.traffic.messages).toBeLessThanOrEqual(pairs + 2 * scene.members.length)
})

test('P6: a feed stays frozen after a restart, and whoever was away learns of it', async () => {
  const scene = await createForked()
  const { house, general, one, mallory, fork } = scene
  const again = await scene.bob.restart()
  expect(again.hearth.logs.forksIn(general)).toEqual([fork])
  await house.connect(again, scene.carla)
  await house.clock.advance(100)
  await mallory.meet(again)
  const tail = await mallory.write({ head: one.head })
  mallory.sendEntries(again, one.update)
  mallory.sendEntries(again, tail.update)
  await house.clock.advance(100)
  expect(await scene.stateOf(again)).toEqual(await scene.stateOf(scene.anna))
  const newcomer = await house.move('Dora')
  await house.connect(newcomer, again)
  await house.clock.advance(5_000)
  await scene.settle()
  expect(newcomer.hearth.logs.forksIn(general)).toMatchObject([{ seq: fork.seq, hash: fork.hash }])
  expect(await scene.stateOf(newcomer)).toEqual(await scene.stateOf(again))
})

test('P6: people are told, in the room and among what was refused', async () => {
  const scene = await createForked()
  for (const member of scene.members) {
    expect(member.hearth.refusals.get()).toContainEqual(
      expect.objectContaining({ why: 'forked', about: { type: 'room', name: 'general' } }),
    )
    expect(await member.lines()).toContain('Somebody forked')
    expect(member.hearth.ownForks.get()).toEqual([])
  }
})

describe('P6: nobody freezes what another writes', () => {
  const proofAgainstBob = async (scene: ForkScene): Promise<Bytes> => {
    const { mallory, general, members } = scene
    const [anna] = members
    const place = { group: anna!.hearth.family.genesis.group, log: general, page: 0 }
    const bob = await createRelative(2)
    const entries = await anna!.hearth.logs.readAll(general)
    const [first] = entries.filter(({ device, seq }) => device === bob.device.id && seq === 0)
    const made = await mallory.write({ plaintext: encodeUtf8('made up'), device: bob.device })
    const proof =
      first &&
      (await makeForkProof({ place, device: bob.device.id, seq: 0, prev: new Uint8Array(32) }, [
        first,
        made.entry,
      ]))
    if (!proof) throw new Error('no proof')
    return proof.bytes
  }

  test('a proof with a signature that is not of its author is refused, and three cost the link', async () => {
    const scene = await createForkScene()
    const [anna, bob] = scene.members
    bob!.say('mine')
    await scene.house.clock.advance(50)
    const whole = await proofAgainstBob(scene) // with Bob's own key, as nobody else could make it
    const forged = copyBytes(whole)
    forged[forged.length - 40]! ^= 1
    const before = await scene.stateOf(anna!)
    for (let count = 0; count < logLimits.refusalsTolerated; count++) {
      expect(scene.mallory.isLinked(anna!)).toBe(true)
      scene.mallory.say(anna!, { type: 'fork', proof: forged })
      await scene.house.clock.advance(20)
    }
    expect(scene.mallory.isLinked(anna!)).toBe(false)
    expect(await scene.stateOf(anna!)).toEqual(before)
    expect(await scene.talk()).toBe(true)
  })

  test('what claims to be more of somebody’s feed, and is not, freezes nothing', async () => {
    const scene = await createForkScene()
    const [anna, bob] = scene.members
    bob!.say('mine')
    await scene.house.clock.advance(50)
    const { device } = await createRelative(2)
    const forged = await scene.mallory.write()
    for (const clock of [0, 1]) {
      scene.mallory.sendEntries(anna!, encodeAppend(device.feed, clock, [forged.element]))
      await scene.house.clock.advance(50)
    }
    expect(anna!.hearth.logs.forksIn(scene.general)).toEqual([])
    expect(await scene.talk()).toBe(true)
  })
})

describe('P6: a flood', () => {
  test('of proofs of ever earlier forks makes each page be written a few times at most', async () => {
    const scene = await createForkScene()
    const [anna] = scene.members
    const { mallory, house, general } = scene
    const trunk = await scene.branch('trunk', 60)
    for (const member of scene.members) await scene.give(member, trunk)
    const place = { group: anna!.hearth.family.genesis.group, log: general, page: 0 }
    const chain = trunk.made.map(({ element }) => element)
    const proofs: Bytes[] = []
    for (let seq = 59; seq > 0; seq--) {
      const rival = await mallory.write({ head: trunk.made[seq - 1]?.head, plaintext: encodeUtf8('other') })
      const proof = await proveFork(place, scene.feed, chain.slice(0, seq + 1), rival.element)
      if (proof) proofs.push(proof.bytes)
    }
    let frozen = 0
    anna!.hearth.logs.onFork(() => (frozen += 1))
    for (const proof of proofs) mallory.say(anna!, { type: 'fork', proof })
    await house.clock.advance(200)
    expect(frozen).toBeLessThanOrEqual(logLimits.forksAtOnce)
    // Its author can only ever make less of what they wrote.
    await scene.settle()
    const [first, ...others] = await Promise.all(scene.members.map((member) => scene.stateOf(member)))
    for (const other of others) expect(other).toEqual(first)
    expect(await scene.talk()).toBe(true)
  })

  test('of questions where feeds part is answered a few times at most', async () => {
    const scene = await createForked()
    const { anna, mallory, house, general, feed } = scene
    const marks = new Uint8Array(16)
    house.hub.traffic.messages = 0
    for (let count = 0; count < 100; count++)
      mallory.say(anna, { type: 'trace', log: general, page: 0, feed, marks })
    await house.clock.advance(100)
    expect(house.hub.traffic.messages).toBeLessThanOrEqual(100 + logLimits.forksAtOnce)
    expect(await scene.talk()).toBe(true)
  })

  test('of what only looks like forks asks each feed’s place once', async () => {
    const scene = await createForked()
    const { anna, mallory, house } = scene
    const { device } = await createRelative(1)
    const forged = await mallory.write()
    await mallory.meet(anna)
    house.hub.traffic.messages = 0
    for (let count = 0; count < 15; count++)
      mallory.sendEntries(anna, encodeAppend(device.feed, 0, [forged.element]))
    await house.clock.advance(100)
    expect(house.hub.traffic.messages).toBe(16)
    expect(await scene.talk()).toBe(true)
  })
})

test('P6, P7: a device whose own feed is forked knows it, and writes there no more; others do', async () => {
  const scene = await createForkScene()
  const [anna, bob] = scene.members
  const { house, mallory, general } = scene
  bob!.say('from one copy')
  bob!.say('once more')
  await house.clock.advance(100)
  const holdersOfBobs = async () => (await bob!.store.readHolders(general)).map(({ length }) => length)
  expect(await holdersOfBobs()).toEqual([2, 2])
  // The other copy of Bob's profile, with nothing but his keys.
  const { device } = await createRelative(2)
  const copy = await mallory.write({ device, plaintext: encodeUtf8('from the other copy') })
  mallory.sendEntries(anna!, encodeAppend(device.feed, 0, [copy.element]))
  await house.clock.advance(200)
  const [fork] = bob!.hearth.ownForks.get()
  const stays = (await anna!.lines()).filter((line) => line.startsWith('Bob: '))
  expect(stays).toHaveLength(1)
  expect(fork).toMatchObject({ room: general, page: 0 })
  // What nobody keeps any more Bob can say again, as the new device that he had better be.
  expect([...fork!.lost, ...stays]).toEqual(
    stays[0] === 'Bob: from one copy'
      ? ['once more', 'Bob: from one copy']
      : ['from one copy', 'once more', 'Bob: from the other copy'],
  )
  for (const length of await holdersOfBobs()) expect(length).toBeLessThanOrEqual(1)
  const timeline = bob!.hearth.openTimeline(general)
  timeline.send('is anybody there?')
  await house.clock.advance(100)
  expect(timeline.view.get().items.at(-1)).toMatchObject({
    text: 'is anybody there?',
    delivery: { status: 'failed', problem: { type: 'ownFeedForked' } },
  })
  timeline.close()
  bob!.say('is anybody there?')
  await house.clock.advance(100)
  const written = await bob!.hearth.logs.append(general, entryKinds.message, encodeUtf8('more'))
  expect(written).toEqual({ ok: false, problem: { type: 'ownFeedForked' } })
  expect(await bob!.lines()).toContain('Bob: is anybody there?')
  expect(await anna!.lines()).not.toContain('Bob: is anybody there?')
  anna!.say('Bob?')
  await house.clock.advance(100)
  expect(await bob!.lines()).toContain('Anna: Bob?')
  // In other rooms nothing was forked.
  const created = await anna!.hearth.createRoom('garden')
  if (!created.ok) throw new Error(created.problem.type)
  await house.clock.advance(200)
  bob!.say('here I am', created.value)
  await house.clock.advance(100)
  expect(await anna!.lines(created.value)).toContain('Bob: here I am')
})

test('P6: in the family document two entries for one place are told of, and the first stays', async () => {
  const scene = await createForkScene()
  const [anna] = scene.members
  const { mallory, house } = scene
  const { group } = anna!.hearth.family.genesis
  const place = { group, log: group, page: 0 }
  const head = await headInDocument(mallory.family, mallory.relative.device)
  const write = (text: string) =>
    mallory.write({ place, kind: entryKinds.profile, head, plaintext: encodeUtf8(text) })
  const [one, other] = [await write('one'), await write('other')]
  mallory.sendDocument(anna!, one.update)
  await house.clock.advance(50)
  const before = await headInDocument(anna!.hearth.family, mallory.relative.device)
  mallory.sendDocument(anna!, other.update)
  await house.clock.advance(50)
  expect(anna!.hearth.refusals.get()).toContainEqual(
    expect.objectContaining({ why: 'forked', about: { type: 'family' } }),
  )
  expect(await headInDocument(anna!.hearth.family, mallory.relative.device)).toEqual(before)
  expect(await scene.talk()).toBe(true)
})
