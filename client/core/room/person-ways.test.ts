import { expect, test } from 'vitest'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { createHousehold, type Member } from '../testing/household.ts'
import { waysOfLinked } from './person-ways.ts'

const [phone, tablet, strange] = ['phone', 'tablet', 'strange'] as DeviceId[] as [
  DeviceId,
  DeviceId,
  DeviceId,
]
const bob = 'bob' as AccountId
const accountOf = (device: DeviceId) => (device === strange ? undefined : bob)
const way = (isRelayed: boolean | undefined) => ({ isRelayed, delayMs: undefined })
const bobsWay = (ways: readonly (readonly [DeviceId, ReturnType<typeof way>])[], linked = [phone, tablet]) =>
  waysOfLinked(linked, accountOf, new Map(ways)).get(bob)

test('ux 22: of several devices the shortest way counts, in whichever order they came', () => {
  expect(
    bobsWay([
      [phone, way(true)],
      [tablet, way(true)],
    ]),
  ).toBe('relayed')
  for (const direct of [phone, tablet])
    expect(bobsWay([phone, tablet].map((device) => [device, way(device !== direct)]))).toBe('direct')
  expect(bobsWay([[tablet, way(true)]]), 'of the other nothing is known').toBe('relayed')
})

test('ux 22: what the browser does not tell is not claimed, and what is not linked has no way', () => {
  expect(bobsWay([])).toBeUndefined()
  expect(bobsWay([[phone, way(undefined)]])).toBeUndefined()
  const linked = waysOfLinked([strange], accountOf, new Map([[phone, way(false)]]))
  expect(linked.has(bob)).toBe(false)
})

test('ux 22: a person is linked directly or over a relay, as it turns out, while they are here', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  const bob = await house.move('Bob')
  await house.connect(anna, bob)
  const seen = ({ hearth }: Member, name: string) =>
    hearth.people.get().find((person) => person.name === name)
  expect(seen(anna, 'Bob')).not.toHaveProperty('way')
  house.hub.tellWay(anna.id, bob.id, true)
  expect(seen(anna, 'Bob')?.way).toBe('relayed')
  const before = anna.hearth.people.get()
  house.hub.tellWay(anna.id, bob.id, true)
  expect(anna.hearth.people.get(), 'no news').toBe(before)
  house.hub.tellWay(anna.id, bob.id, false)
  expect(seen(anna, 'Bob')?.way).toBe('direct')
  expect(seen(anna, 'Anna')).not.toHaveProperty('way')
  house.cut(anna, bob)
  await house.clock.advance(1_000)
  expect(seen(anna, 'Bob')).toMatchObject({ isHere: false })
  expect(seen(anna, 'Bob')).not.toHaveProperty('way')
})
