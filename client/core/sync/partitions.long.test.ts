import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { entryKinds } from '../log/entry.ts'
import { countEntries } from '../testing/count-entries.ts'
import { createHousehold, type Household, type Member } from '../testing/household.ts'
import { createDice, type Dice } from '../testing/simulation/dice.ts'

type Pair = readonly [Member, Member]

const pairsOf = (members: readonly Member[]): Pair[] =>
  members.flatMap((left, index) => members.slice(index + 1).map((right): Pair => [left, right]))

/** Pairs over which each reaches every other, by others where it must; the rest never meet. */
const partialMesh = (members: readonly Member[], dice: Dice): Pair[] => {
  const mesh: Pair[] = []
  for (const [index, member] of members.entries()) {
    const before = dice.pickAny(members.slice(0, index))
    if (before) mesh.push([before, member])
  }
  const others = pairsOf(members).filter((pair) => !mesh.some((one) => isSame(one, pair)))
  return [...mesh, ...others.filter(() => dice.percent(40))]
}
const isSame = ([left, right]: Pair, [one, other]: Pair) =>
  (left === one && right === other) || (left === other && right === one)

/** Into two or three, each with somebody in it. */
const partition = (members: readonly Member[], dice: Dice): Member[][] => {
  const groups: Member[][] = Array.from({ length: dice.between(2, Math.min(3, members.length)) }, () => [])
  for (const [index, member] of members.entries()) (groups[index] ?? dice.pickAny(groups))?.push(member)
  return groups
}

const write = async (member: Member, count: number, dice: Dice) => {
  const { logs, family } = member.hearth
  for (let i = 0; i < count; i++) {
    const text = `${member.name} ${i} `.padEnd(dice.between(10, 300), 'x')
    await logs.append(family.general, entryKinds.message, encodeUtf8(text))
  }
}

/** People talk while the network does what it does. */
const talk = async ({ clock }: Household, members: readonly Member[], count: number, dice: Dice) => {
  for (let i = 0; i < count; i++) {
    dice.pickAny(members)?.say(`said ${i}`)
    await clock.advance(dice.below(40))
  }
}

/** Cuts links of the mesh in the middle of what is said on them, and mends them a while later. */
const cutAtRandom = ({ hub, clock }: Household, mesh: readonly Pair[], dice: Dice) => {
  const isOfMesh = (from: DeviceId, to: DeviceId) =>
    mesh.some(
      ({ 0: left, 1: right }) => [left.id, right.id].includes(from) && [left.id, right.id].includes(to),
    )
  let isOver = false
  let untilCut = dice.between(1, 60)
  let cuts = 0
  hub.onDelivery(({ from, to }) => {
    if (isOver || !isOfMesh(from, to)) return
    untilCut -= 1
    if (untilCut > 0) return
    untilCut = dice.between(1, 100)
    cuts += 1
    hub.cut(from, to)
    clock.setTimer(() => hub.connect(from, to), dice.below(3_000))
  })
  return {
    end: () => (isOver = true),
    count: () => cuts,
  }
}

/** Every row of the general room, in order. */
const timelineOf = async ({ hearth, store }: Member) =>
  (await store.readTimeline(hearth.family.general, { limit: 100_000 })).map(
    ({ ms, counter, feed, page, seq }) => `${ms} ${counter} ${feed} ${page} ${seq}`,
  )

const play = async (seed: number) => {
  const dice = createDice(seed)
  const house = createHousehold({ messagesPerPage: dice.between(30, 120), wires: { together: 16 } })
  const members: Member[] = []
  for (let i = 0; i < 3 + (seed % 6); i++) members.push(await house.move(`Person ${i}`))
  await house.connect(...members)
  await house.clock.advance(10_000)
  for (const [left, right] of pairsOf(members)) house.cut(left, right)

  const bytes = countEntries(house.hub)
  for (const member of dice.some(members, dice.between(1, 2)))
    await write(member, dice.between(100, 400), dice)

  let cutsApart = 0
  for (const group of partition(members, dice)) {
    const mesh = partialMesh(group, dice)
    const cuts = cutAtRandom(house, mesh, dice)
    for (const [left, right] of mesh) house.hub.connect(left.id, right.id)
    await talk(house, group, dice.between(5, 40), dice)
    for (const member of dice.some(group, 1)) await write(member, dice.between(0, 80), dice)
    cuts.end()
    cutsApart += cuts.count()
    await house.clock.advance(dice.below(5_000))
  }
  for (const [left, right] of pairsOf(members)) house.cut(left, right)

  const mesh = partialMesh(members, dice)
  const cuts = cutAtRandom(house, mesh, dice)
  for (const [left, right] of mesh) house.hub.connect(left.id, right.id)
  await talk(house, members, 30, dice)
  await house.clock.advance(5_000)
  cuts.end()
  await house.clock.advance(70_000)
  return { members, bytes, cuts: cutsApart + cuts.count() }
}

test.each([0, 1, 2, 3, 4, 5])(
  'Y2–Y5: parted, cut and merged in a partial mesh, all have all once, and no more than a twentieth of it came twice (seed %i)',
  { timeout: 300_000 },
  async (seed) => {
    const { members, bytes, cuts } = await play(seed)
    const [first, ...others] = members as [Member, ...Member[]]
    const { logs, family } = first.hearth
    const timeline = await timelineOf(first)
    expect(cuts).toBeGreaterThan(0)
    expect(logs.lengths().get(family.general)?.size).toBeGreaterThan(1)
    expect(new Set(timeline).size).toBe(timeline.length)
    for (const other of others) {
      expect(other.hearth.logs.lengths().get(family.general)).toEqual(logs.lengths().get(family.general))
      expect(await timelineOf(other)).toEqual(timeline)
    }
    expect(bytes.again / bytes.delivered).toBeLessThanOrEqual(0.05)
  },
)
