import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { entryKinds } from '../log/entry.ts'
import { countEntries } from '../testing/count-entries.ts'
import { createHousehold, type Household, type Member } from '../testing/household.ts'

/** So many people who know one another, and of whom nobody is linked. */
const moveIn = async (house: Household, ...names: readonly string[]): Promise<Member[]> => {
  const members: Member[] = []
  for (const name of names) members.push(await house.move(name))
  await house.connect(...members)
  await house.clock.advance(10_000)
  for (const [index, left] of members.entries())
    for (const right of members.slice(index + 1)) house.cut(left, right)
  return members
}

const write = async ({ name, hearth }: Member, count: number): Promise<void> => {
  for (let i = 0; i < count; i++) {
    const body = encodeUtf8(`${name} ${i} `.padEnd(200, 'x'))
    await hearth.logs.append(hearth.family.general, entryKinds.message, body)
  }
}

const lengthsOf = ({ hearth }: Member) => hearth.logs.lengths().get(hearth.family.general)

test('Y3: history that two have already is not carried from one to the other by a third', async () => {
  const house = createHousehold({ messagesPerPage: 40 })
  const [anna, bob, carla] = (await moveIn(house, 'Anna', 'Bob', 'Carla')) as [Member, Member, Member]
  const bytes = countEntries(house.hub)
  await write(anna, 200)
  await house.connect(anna, bob)
  house.cut(anna, bob)
  house.hub.connect(anna.id, carla.id)
  await house.connect(carla, bob)
  expect(lengthsOf(carla)).toEqual(lengthsOf(anna))
  expect(bytes.again).toBe(0)
})

test('Y3: history comes once to whom two could carry it, and without waiting for the next comparison', async () => {
  const house = createHousehold({ messagesPerPage: 40 })
  const [anna, bob, carla, dora] = (await moveIn(house, 'Anna', 'Bob', 'Carla', 'Dora')) as [
    Member,
    Member,
    Member,
    Member,
  ]
  await write(anna, 200)
  const bytes = countEntries(house.hub)
  house.hub.connect(bob.id, dora.id)
  house.hub.connect(carla.id, dora.id)
  house.hub.connect(anna.id, bob.id)
  await house.connect(anna, carla)
  await house.clock.advance(1_000)
  expect(lengthsOf(dora)).toEqual(lengthsOf(anna))
  expect(bytes.again).toBe(0)
})

test('Y5: what had come before a link was cut is taken, and not sent again', async () => {
  const house = createHousehold({ wires: { together: 100 } })
  const [anna, bob] = (await moveIn(house, 'Anna', 'Bob')) as [Member, Member]
  await write(anna, 400)
  const bytes = countEntries(house.hub)
  let deliveries = 0
  house.hub.onDelivery(({ to }) => {
    if (to === bob.id && ++deliveries === 5) house.cut(anna, bob)
  })
  await house.connect(anna, bob)
  const before = bytes.delivered
  expect(before).toBeGreaterThan(0)
  await house.connect(anna, bob)
  expect(lengthsOf(bob)).toEqual(lengthsOf(anna))
  expect(bytes.delivered).toBeGreaterThan(before)
  expect(bytes.again).toBe(0)
})
