import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Device } from '../identity/device.ts'
import { deviceOf, keyGroupId as group, recipientOf, rekeyOf } from '../testing/key-group.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { createEpochs, type Epochs, type PlacedRekey } from './epochs.ts'
import { hashDeparted, makeRekey, openEpoch, recipientIdOf, type Epoch, type EpochId } from './rekey.ts'

const random = createSeededRandom(9)
const epochCount = 7

let anna: Device
let bob: Device
let epochs: Epoch[]
beforeAll(async () => {
  ;[anna, bob] = (await Promise.all([1, 2].map(deviceOf))) as [Device, Device]
  epochs = await Promise.all(Array.from({ length: epochCount }, () => openEpoch(random.bytes(32))))
})

interface Wish {
  /** Which epoch it says it is of. */
  of: number
  to?: readonly Device[]
  links?: readonly number[]
  /** Boxes hold another secret. */
  lies?: boolean
  /** Links hold other secrets. */
  liesOnLinks?: boolean
  ms?: number
}

const lieAbout = ({ id }: Epoch, secret: Bytes): Epoch => ({ id, secret })
const make = async ({ of, to = [], links = [], lies, liesOnLinks, ms = of }: Wish): Promise<PlacedRekey> => {
  const epoch = epochs[of]!
  const other = random.bytes(32)
  const before = links.map((index) => (liesOnLinks ? lieAbout(epochs[index]!, other) : epochs[index]!))
  const said = lies ? lieAbout(epoch, other) : epoch
  const wish = { recipients: to.map(recipientOf), departed: await hashDeparted([]), before }
  const bytes = await makeRekey(group, said, wish, random)
  return { rekey: rekeyOf(bytes), ms }
}
const makeAll = (...wishes: Wish[]) => Promise.all(wishes.map(make))
const openFor = (device: Device, given: readonly Epoch[] = []): Epochs =>
  createEpochs({ group, own: [{ id: recipientIdOf(device.id), kem: device.kem }], given })
const knowing = (rekeys: readonly PlacedRekey[], device = anna, given: readonly Epoch[] = []) => {
  const known = openFor(device, given)
  known.learn(rekeys)
  return known
}
const opened = async (known: Epochs): Promise<(boolean | undefined)[]> =>
  Promise.all(epochs.map(async ({ id }) => (await known.secretOf(id)) !== undefined))
const indexOf = (id: EpochId) => epochs.findIndex((epoch) => epoch.id === id)
const headsOf = async (known: Epochs) => (await known.heads()).map(({ id }) => indexOf(id)).sort()

test('G3: the newest box opens the whole chain before it, in whatever order it was learnt', async () => {
  const chain = await makeAll(...epochs.map((_epoch, of) => ({ of, links: of === 0 ? [] : [of - 1] })))
  const newest = await make({ of: epochCount - 1, to: [anna], links: [epochCount - 2] })
  for (const rekeys of [
    [...chain, newest],
    [newest, ...chain],
  ]) {
    expect(await opened(knowing(rekeys))).toEqual(epochs.map(() => true))
    expect(await opened(knowing(rekeys, bob))).toEqual(epochs.map(() => false))
    expect(await headsOf(knowing(rekeys))).toEqual([epochCount - 1])
  }
})

test('G3: who asks while another asks gets the same answer', async () => {
  const known = knowing(await makeAll({ of: 1, to: [anna], links: [0] }, { of: 0 }))
  const asked = await Promise.all([1, 1, 0, 0, 1].map((of) => known.secretOf(epochs[of]!.id)))
  expect(asked).toEqual([1, 1, 0, 0, 1].map((of) => epochs[of]!.secret))
})

test('G3: a rekey that comes while boxes are being opened is not forgotten', async () => {
  const [first, second] = await makeAll({ of: 0, to: [anna] }, { of: 1, to: [anna] })
  const known = knowing([first!])
  const asked = known.secretOf(epochs[1]!.id)
  known.learn([first!, second!])
  await asked
  expect(await known.secretOf(epochs[1]!.id)).toEqual(epochs[1]!.secret)
})

test('G3: a member’s link that lies hides nothing that an honest one opens', async () => {
  const honest = await make({ of: 2, to: [anna], links: [1] })
  const first = await make({ of: 1, links: [0] })
  const lies = await makeAll(
    { of: 3, to: [anna], links: [0, 1, 2], liesOnLinks: true },
    { of: 2, to: [anna], links: [0], liesOnLinks: true, ms: 9 },
    { of: 4, to: [anna], links: [1], liesOnLinks: true },
    { of: 1, to: [anna], lies: true },
  )
  for (const rekeys of [
    [honest, first, ...lies],
    [...lies, first, honest],
  ])
    expect((await opened(knowing(rekeys))).slice(0, 3)).toEqual([true, true, true])
})

test('G3: epochs that link each other in a circle are opened, and one of them stays a head', async () => {
  const circle = await makeAll(
    { of: 0, links: [2] },
    { of: 1, links: [0] },
    { of: 2, to: [anna], links: [1] },
    { of: 2, links: [2] },
  )
  const known = knowing(circle)
  expect((await opened(known)).slice(0, 3)).toEqual([true, true, true])
  const heads = await known.heads()
  expect(heads).toHaveLength(1)
  // What a newcomer is given opens all of it again.
  expect((await opened(knowing(circle, bob, heads))).slice(0, 3)).toEqual([true, true, true])
})

test('G6: an epoch whose rekey was cut off is one still where somebody links to it', async () => {
  const rekeys = await makeAll({ of: 0, to: [anna] }, { of: 1, to: [anna, bob], links: [0] })
  const known = knowing(rekeys)
  await known.secretOf(epochs[0]!.id)
  known.learn(rekeys.slice(1))
  for (const one of [known, knowing(rekeys.slice(1), bob)]) {
    expect(one.has(epochs[0]!.id)).toBe(true)
    expect(await one.secretOf(epochs[0]!.id)).toEqual(epochs[0]!.secret)
  }
  expect(known.has(epochs[2]!.id)).toBe(false)
})

test('G3: what is wrapped and linked to nobody here is never opened, however often one asks', async () => {
  const known = knowing(await makeAll({ of: 0, to: [bob] }, { of: 1, to: [anna], lies: true, links: [0] }))
  for (let time = 0; time < 3; time++) expect(await opened(known)).toEqual(epochs.map(() => false))
  expect(await known.heads()).toEqual([])
})

test('G3: to whom an epoch went is what all its rekeys say together', async () => {
  const known = knowing(await makeAll({ of: 0, to: [anna] }, { of: 0, to: [bob], lies: true }))
  const both = [anna, bob].map(({ id }) => recipientIdOf(id))
  expect(known.recipientsOf(epochs[0]!.id)).toEqual(new Set(both))
  expect(known.recipientsOf(epochs[1]!.id)).toEqual(new Set())
})

test('G5: the secret of an epoch has reached whoever got a later one that says it opens it, and so on', async () => {
  const known = knowing(
    await makeAll({ of: 0 }, { of: 1, links: [0] }, { of: 2, to: [bob], links: [1] }, { of: 3, to: [anna] }),
  )
  expect(known.reachOf(epochs[0]!.id)).toEqual(new Set([recipientIdOf(bob.id)]))
  expect(known.reachOf(epochs[3]!.id)).toEqual(new Set([recipientIdOf(anna.id)]))
  known.learn(await makeAll({ of: 0, links: [1] }, { of: 1, to: [anna], links: [0] }))
  for (const of of [0, 1]) expect(known.reachOf(epochs[of]!.id)).toEqual(new Set([recipientIdOf(anna.id)]))
})

const wish: fc.Arbitrary<Wish> = fc.record({
  of: fc.nat(epochCount - 1),
  to: fc.constantFrom('anna', 'bob', 'both', 'nobody').map((to) => {
    if (to === 'both') return [anna, bob]
    return to === 'nobody' ? [] : [to === 'anna' ? anna : bob]
  }),
  links: fc.subarray(Array.from({ length: epochCount }, (_nothing, index) => index)),
  lies: fc.boolean(),
  liesOnLinks: fc.boolean(),
  ms: fc.nat(20),
})

/** What can be opened by the simplest reckoning: boxes that do not lie, and links from there that do not. */
const reachable = (wishes: readonly Wish[], device: Device): boolean[] => {
  const open = new Set(wishes.filter(({ to, lies }) => !lies && to?.includes(device)).map(({ of }) => of))
  for (let size = -1; size !== open.size;) {
    size = open.size
    for (const { of, links, lies, liesOnLinks } of wishes)
      // Who lies about the secret has sealed the link with that lie, too.
      if (open.has(of) && !lies && !liesOnLinks) for (const link of links ?? []) open.add(link)
  }
  return epochs.map((_epoch, index) => open.has(index))
}

test('G7: learnt in any order and in any portions, the same epochs open and the same are heads', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(wish, { maxLength: 10 }).chain((wishes) =>
        fc.record({
          wishes: fc.constant(wishes),
          order: fc.shuffledSubarray(
            wishes.map((_wish, index) => index),
            { minLength: wishes.length },
          ),
          portions: fc.array(fc.nat(wishes.length), { maxLength: 4 }),
        }),
      ),
      async ({ wishes, order, portions }) => {
        const rekeys = await makeAll(...wishes)
        const all = knowing(rekeys)
        expect(await opened(all)).toEqual(reachable(wishes, anna))

        const shuffled = order.map((index) => rekeys[index]!)
        const slowly = openFor(anna)
        for (const count of [...portions].sort((left, right) => left - right)) {
          slowly.learn(shuffled.slice(0, count))
          await opened(slowly)
        }
        slowly.learn(shuffled)
        expect(await opened(slowly)).toEqual(await opened(all))
        expect(await slowly.heads()).toEqual(await all.heads())
      },
    ),
    { numRuns: 40 },
  )
})

test('A8: the heads alone open to a newcomer all that whoever gives them can open', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { maxLength: 10 }), async (wishes) => {
      const rekeys = await makeAll(...wishes)
      const giver = knowing(rekeys)
      const heads = await giver.heads()
      const nobody = await deviceOf(77)
      expect(await opened(knowing(rekeys, nobody, heads))).toEqual(await opened(giver))
      // And each of them is needed.
      for (const left of heads) {
        const others = heads.filter((head) => head !== left)
        expect(await knowing(rekeys, nobody, others).secretOf(left.id)).toBeUndefined()
      }
    }),
    { numRuns: 30 },
  )
})
