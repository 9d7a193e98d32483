import { describe, expect, test } from 'vitest'
import { concatBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { createHostileScene, type HostileScene } from '../testing/hostile-scene.ts'
import { emptyBlock, joinBlocks } from '../testing/hostile-updates.ts'

/**
 * What Bob wrote while he and Anna were apart, as two updates. Mallory, who is linked to both, carries it to Anna: the entries are good, it is
 * only how they are put together that she has a say in.
 */
const writeApart = async (scene: HostileScene): Promise<[Bytes, Bytes]> => {
  const { anna, bob, general, house, mallory } = scene
  house.cut(anna, bob)
  const before = (await bob.store.loadPage(general, 0))?.updates.length ?? 0
  for (const text of ['apart 1', 'apart 2']) {
    bob.say(text)
    await house.clock.advance(20)
  }
  const [first, second] = (await bob.store.loadPage(general, 0))?.updates.slice(before) ?? []
  if (!first || !second) throw new Error('Bob wrote nothing')
  await mallory.meet(anna)
  return [first, second]
}
/** Anna and Bob meet again, and Anna has all that Bob said, now and when she opens Hearth again. */
const expectAll = async (scene: HostileScene): Promise<void> => {
  const { anna, bob, house } = scene
  await house.clock.advance(50)
  await house.connect(anna, bob)
  bob.say('together 3')
  await house.clock.advance(40_000)
  const of = async (member: typeof anna) =>
    (await member.lines()).filter((line) => /apart|together/.test(line))
  const all = ['Bob: apart 1', 'Bob: apart 2', 'Bob: together 3']
  expect(await of(anna)).toEqual(all)
  expect(await of(await anna.restart())).toEqual(all)
}

describe('P3: what the gate has judged and what Yjs takes are the same', () => {
  test('where the blocks are as Yjs writes them', async () => {
    const scene = await createHostileScene()
    for (const update of await writeApart(scene)) scene.mallory.sendEntries(scene.anna, update)
    await expectAll(scene)
  })

  // Yjs takes the last block of a writer only: Bob's entries would count as here, not be, and never come again.
  test('where one writer has two blocks', async () => {
    const scene = await createHostileScene()
    const [first, second] = await writeApart(scene)
    scene.mallory.sendEntries(scene.anna, joinBlocks(first, second))
    await expectAll(scene)
  })

  test('where an empty block follows', async () => {
    const scene = await createHostileScene()
    const [first] = await writeApart(scene)
    scene.mallory.sendEntries(scene.anna, joinBlocks(first, emptyBlock(scene.member.device.feed)))
    await expectAll(scene)
  })

  // Or it would go to the disk of everybody.
  test('where a megabyte of nothing follows, which is not kept', async () => {
    const scene = await createHostileScene()
    const [first] = await writeApart(scene)
    scene.mallory.sendEntries(scene.anna, concatBytes(first, new Uint8Array(1_000_000)))
    await scene.house.clock.advance(50)
    expect((await scene.pageOf()).length).toBeLessThan(100_000)
    const kept = await scene.anna.store.loadPage(scene.general, 0)
    expect(Math.max(...(kept?.updates.map(({ length }) => length) ?? []))).toBeLessThan(100_000)
    await expectAll(scene)
  })
})
