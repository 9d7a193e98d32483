import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBytes } from '../../../shared/crypto/bytes.ts'
import { encodeAppend } from '../log/append-update.ts'
import { entryKinds } from '../log/entry.ts'
import { createForkScene, type Branch, type ForkScene } from '../testing/fork-scene.ts'
import type { Member } from '../testing/household.ts'

const statesOf = ({ members, stateOf }: ForkScene) => Promise.all(members.map((member) => stateOf(member)))

const expectAlike = async (scene: ForkScene): Promise<void> => {
  const [first, ...others] = await statesOf(scene)
  for (const state of others) expect(state).toEqual(first)
}

const forkOf = ({ members, general }: ForkScene) => members[0]?.hearth.logs.forksIn(general)
const lowest = (...branches: readonly Branch[]): Branch | undefined =>
  [...branches].sort((left, right) => compareBytes(left.made[0]!.head.hash, right.made[0]!.head.hash))[0]
const elementsOf = ({ made }: Branch) => made.map(({ element }) => element)
const sayings = async (member: Member) =>
  (await member.lines()).filter((line) => line.startsWith('Somebody: '))

test('P6: of two branches, each told to one, the entry with the lower hash stays everywhere, and nothing after it', async () => {
  const scene = await createForkScene()
  const [anna, bob, carla] = scene.members
  const common = await scene.branch('common', 2)
  for (const member of scene.members) await scene.give(member, common)
  const [one, other] = [await scene.branch('A', 3, common.head), await scene.branch('B', 2, common.head)]
  await scene.give(anna!, one)
  await scene.give(bob!, other)
  await scene.settle()
  await expectAlike(scene)
  expect(forkOf(scene)).toMatchObject([{ seq: 2, hash: lowest(one, other)?.made[0]?.head.hash }])
  const stays = [...common.texts, lowest(one, other)?.texts[0]].map((text) => `Somebody: ${text}`)
  expect(await sayings(carla!)).toEqual(stays)
  expect(await scene.talk()).toBe(true)
})

test('P6: branches of one length are found by comparing, though nobody writes on', async () => {
  for (const before of [0, 2]) {
    const scene = await createForkScene()
    const common = await scene.branch('common', before)
    if (before > 0) for (const member of scene.members) await scene.give(member, common)
    for (const [index, member] of scene.members.entries())
      await scene.give(member, await scene.branch(`branch ${index}, `, 2, common.head))
    await scene.settle()
    await expectAlike(scene)
    expect(forkOf(scene)).toMatchObject([{ seq: before }])
  }
})

test('P6: of three entries in one place the lowest stays', async () => {
  const scene = await createForkScene()
  const common = await scene.branch('common', 1)
  for (const member of scene.members) await scene.give(member, common)
  const branches: Branch[] = []
  for (const member of scene.members) {
    const branch = await scene.branch(`of ${member.name}, `, 4, common.head)
    branches.push(branch)
    await scene.give(member, branch)
  }
  await scene.settle()
  await expectAlike(scene)
  expect(forkOf(scene)).toMatchObject([{ seq: 1, hash: lowest(...branches)?.made[0]?.head.hash }])
})

test('P6: of two forks of one feed the earlier counts, also where the later is known already', async () => {
  const scene = await createForkScene()
  const { house, members, branch, give } = scene
  const [anna, bob, carla] = members
  house.cut(anna!, carla!)
  house.cut(bob!, carla!)
  const trunk = await branch('trunk', 4)
  for (const member of [anna!, bob!]) await give(member, trunk)
  await give(anna!, await branch('left', 2, trunk.head))
  await give(bob!, await branch('right', 2, trunk.head))
  await scene.settle()
  expect(forkOf(scene)).toMatchObject([{ seq: 4 }])
  const early = await branch('early', 3, trunk.made[1]?.head)
  const before = { ...trunk, update: encodeAppend(scene.feed, 0, elementsOf(trunk).slice(0, 2)) }
  await give(carla!, before)
  await give(carla!, early)
  await house.connect(...members)
  await scene.settle()
  await expectAlike(scene)
  const rival = { ...trunk, made: trunk.made.slice(2) }
  expect(forkOf(scene)).toMatchObject([{ seq: 2, hash: lowest(rival, early)?.made[0]?.head.hash }])
})

interface Step {
  /** Where a branch parts from what was written before: somewhere in an earlier branch. */
  parent: number
  at: number
  count: number
  member: number
  /** It comes in pieces. */
  pieces: number
  /** It ends by erasing one of those before. */
  erases: number | undefined
}

/** A tree of entries, of which each member is told a path or several. */
const play = async (scene: ForkScene, steps: readonly Step[], cuts: readonly number[]): Promise<void> => {
  const { members, house, mallory } = scene
  const pairs = [
    [0, 1],
    [0, 2],
    [1, 2],
  ]
  for (const [index, pair] of pairs.entries())
    if (cuts.includes(index)) house.cut(members[pair[0]!]!, members[pair[1]!]!)
  const paths: Branch['made'][] = [[]]
  for (const [index, { parent, at, count, member, pieces, erases }] of steps.entries()) {
    const before = paths[parent % paths.length] ?? []
    const start = before.slice(0, at % (before.length + 1))
    const grown = await scene.branch(`${index}:`, count, start.at(-1)?.head)
    const path = [...start, ...grown.made]
    const target = erases === undefined ? undefined : path[erases % path.length]
    const last = path.at(-1)
    if (last && target?.entry.kind === entryKinds.message) path.push(await scene.erase(target, last.head))
    paths.push(path)
    const size = Math.ceil(path.length / pieces)
    for (let from = 0; from < path.length; from += size) {
      const elements = path.slice(from, from + size).map(({ element }) => element)
      mallory.sendEntries(members[member]!, encodeAppend(scene.feed, from, elements))
      await house.clock.advance(3)
    }
  }
  await house.connect(...members)
  for (let rounds = 0; rounds < 2; rounds++) await scene.settle()
}

test('P6: whatever tree a device writes and whomever it tells which path, all end alike and talk on', async () => {
  const step = fc.record({
    parent: fc.nat(5),
    at: fc.nat(6),
    count: fc.integer({ min: 1, max: 4 }),
    member: fc.nat(2),
    pieces: fc.integer({ min: 1, max: 3 }),
    erases: fc.option(fc.nat(9), { nil: undefined }),
  })
  const cuts = fc.uniqueArray(fc.nat(2), { maxLength: 3 })
  let forked = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), cuts, async (steps, cut) => {
      const scene = await createForkScene()
      await play(scene, steps, cut)
      await expectAlike(scene)
      expect(await scene.talk()).toBe(true)
      if (forkOf(scene)?.length) forked += 1
    }),
    { numRuns: 40 },
  )
  expect(forked).toBeGreaterThan(20)
}, 120_000)
