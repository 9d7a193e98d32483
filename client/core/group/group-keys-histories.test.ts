import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { Device } from '../identity/device.ts'
import {
  createKeyGroup,
  deviceOf,
  keyGroupId as group,
  placeOf,
  recipientOf,
  rekeyOf,
  type KeyHolder,
  type WrittenBody,
} from '../testing/key-group.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import type { PlacedRekey } from './epochs.ts'
import { createGroupKeys } from './group-keys.ts'
import { hashDeparted, makeRekey, openEpoch, recipientIdOf, type Epoch } from './rekey.ts'

const start = 1_700_000_000_000
const day = 24 * 3_600_000
const random = createSeededRandom(33)

let devices: Device[]
let epochs: Epoch[]
beforeAll(async () => {
  devices = await Promise.all([1, 2, 3, 4, 5].map(deviceOf))
  epochs = await Promise.all(Array.from({ length: 6 }, () => openEpoch(random.bytes(32))))
})

// ---- what may happen to a group

type Happening =
  | { type: 'come'; who: number; byWelcome: boolean }
  | { type: 'go'; who: number }
  | { type: 'write'; who: number }
  | { type: 'settle' }
  /** Several make a new epoch, none knowing of the others. */
  | { type: 'rekeyApart'; who: number[] }
  | { type: 'wait'; days: number }

const who = fc.nat(4)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ type: fc.constant('come' as const), who, byWelcome: fc.boolean() }),
  fc.record({ type: fc.constant('go' as const), who }),
  fc.record({ type: fc.constant('write' as const), who }),
  fc.record({ type: fc.constant('write' as const), who }),
  fc.record({ type: fc.constant('settle' as const) }),
  fc.record({
    type: fc.constant('rekeyApart' as const),
    who: fc.uniqueArray(who, { minLength: 2, maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }),
)

test('G5: in whatever order people come, go, write and make keys: whoever is in reads everything, who is out nothing that came after', async () => {
  let kept = 0
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 12, maxLength: 24 }), async (happenings) => {
      let nowMs = start
      const keyGroup = createKeyGroup({ now: () => nowMs })
      const holders = new Map<number, KeyHolder>()
      const written: { body: WrittenBody; gone: readonly KeyHolder[] }[] = []
      const write = async (holder: KeyHolder) => {
        const gone = [...holders.values()].filter((other) => !keyGroup.members.has(other))
        written.push({ body: await keyGroup.write(holder, `text ${written.length}`), gone })
      }
      const isIn = (index: number) => {
        const holder = holders.get(index)
        return holder !== undefined && keyGroup.members.has(holder)
      }
      const someone = () => [...keyGroup.members][0]
      for (const index of [0, 1, 2]) holders.set(index, await keyGroup.add(devices[index]!))

      for (const one of happenings) {
        nowMs += 1_000
        if (one.type === 'wait') nowMs += one.days * day
        if (one.type === 'settle') await keyGroup.settle()
        if (one.type === 'come' && !holders.has(one.who)) {
          const given = one.byWelcome ? ((await someone()?.keys.secrets()) ?? []) : []
          holders.set(one.who, await keyGroup.add(devices[one.who]!, given))
        }
        // One stays, as an owner does.
        if (one.type === 'go' && one.who !== 0 && isIn(one.who)) keyGroup.remove(holders.get(one.who)!)
        if (one.type === 'write' && isIn(one.who)) await write(holders.get(one.who)!)
        if (one.type === 'rekeyApart') {
          const makers = one.who.filter(isIn).map((index) => holders.get(index)!)
          const made = await Promise.all(makers.map(({ keys }) => keys.makeRekey()))
          for (const [index, bytes] of made.entries()) keyGroup.publish(bytes, makers[index]!.device)
        }
      }
      nowMs += 1_000
      await keyGroup.settle()
      await write(holders.get(0)!)

      for (const { body, gone } of written) {
        for (const member of keyGroup.members) expect(await keyGroup.read(member, body)).toBe(body.text)
        for (const holder of gone) expect(await keyGroup.read(holder, body)).toBeUndefined()
        kept += gone.length
      }
    }),
    { numRuns: 60 },
  )
  expect(kept, 'in some of these histories somebody must have gone').toBeGreaterThan(20)
})

/** Under which epoch a device writes that knows of these; undefined where it would have to make one first. */
const choiceOf = async (
  rekeys: readonly (readonly PlacedRekey[])[],
  belong: readonly Device[],
  nowMs = start,
): Promise<string | undefined> => {
  const [device] = devices
  const keys = createGroupKeys({
    group,
    own: [{ id: recipientIdOf(device!.id), kem: device!.kem }],
    given: [],
    clock: { now: () => nowMs },
    random: createSeededRandom(1),
  })
  let sealed: Awaited<ReturnType<ReturnType<typeof keys.bodies>['seal']>> | undefined
  for (const known of rekeys) {
    keys.learn({ recipients: belong.map(recipientOf), rekeys: known })
    const bodies = keys.bodies(() => Promise.resolve(fail({ type: 'storeClosed' })))
    sealed = await bodies.seal(new Uint8Array(1), placeOf(device!))
  }
  return sealed?.ok ? toBase64Url(sealed.value.epoch) : undefined
}

test('G7: the epoch to write under is the same for every order in which the rekeys came', async () => {
  const wish = fc.record({
    of: fc.nat(5),
    to: fc.constantFrom([0, 1, 2], [0, 1, 2], [0, 1], [1, 2], [0, 1, 2, 3]),
    links: fc.subarray([0, 1, 2, 3, 4, 5], { maxLength: 2 }),
    by: fc.nat(4),
    ms: fc.constantFrom(-40 * day, -day, -1, 0, 1, 60_000, day),
    counter: fc.nat(2),
  })
  let chosen = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(wish, { minLength: 1, maxLength: 7 }).chain((wishes) =>
        fc.record({
          wishes: fc.constant(wishes),
          order: fc.shuffledSubarray(
            wishes.map((_wish, index) => index),
            { minLength: wishes.length },
          ),
          first: fc.nat(wishes.length),
        }),
      ),
      async ({ wishes, order, first }) => {
        const rekeys: PlacedRekey[] = []
        for (const { of, to, links, by, ms, counter } of wishes) {
          const bytes = await makeRekey(
            group,
            epochs[of]!,
            {
              recipients: to.map((index) => recipientOf(devices[index]!)),
              departed: await hashDeparted([]),
              before: links.map((index) => epochs[index]!),
            },
            random,
          )
          const place = { ms: start + ms, counter, by: recipientIdOf(devices[by]!.id) }
          rekeys.push({ rekey: rekeyOf(bytes), ...place })
        }
        const shuffled = order.map((index) => rekeys[index]!)
        const belong = devices.slice(0, 3)
        const choice = await choiceOf([rekeys], belong)
        if (choice !== undefined) chosen += 1
        expect(await choiceOf([shuffled], belong)).toBe(choice)
        expect(await choiceOf([shuffled.slice(0, first), shuffled], belong)).toBe(choice)
      },
    ),
    { numRuns: 60 },
  )
  expect(chosen, 'some of these histories must have an epoch of now').toBeGreaterThan(5)
})

test('G4: whoever makes keys at once, all end with the same one, and everybody reads everything', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 2 }),
      fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
      async (makers, delays) => {
        const keyGroup = createKeyGroup({ now: () => start })
        const holders: KeyHolder[] = []
        for (const device of devices) holders.push(await keyGroup.add(device))
        const made: { bytes: Bytes; by: KeyHolder; ms: number }[] = []
        for (const maker of makers) {
          const by = holders[maker]!
          made.push({ bytes: await by.keys.makeRekey(), by, ms: start - (delays[maker] ?? 0) })
        }
        for (const { bytes, by, ms } of made) keyGroup.publish(bytes, by.device, { ms })
        await keyGroup.settle()
        const written = await Promise.all(holders.map((holder) => keyGroup.write(holder, 'hello')))
        expect(new Set(written.map(({ sealed }) => toBase64Url(sealed.epoch))).size).toBe(1)
        for (const holder of holders)
          for (const one of written) expect(await keyGroup.read(holder, one)).toBe('hello')
      },
    ),
    { numRuns: 20 },
  )
})

test('E3: two of one device, both from the same old disk, never use a nonce twice with one key', async () => {
  const twins = async (seeds: readonly [number, number], counts: readonly [number, number]) => {
    const [device] = devices
    const bytes = await makeRekey(
      group,
      epochs[0]!,
      { recipients: [recipientOf(device!)], departed: await hashDeparted([]), before: [] },
      random,
    )
    const used: string[] = []
    for (const [index, seed] of seeds.entries()) {
      const keys = createGroupKeys({
        group,
        own: [{ id: recipientIdOf(device!.id), kem: device!.kem }],
        given: [],
        clock: { now: () => start },
        random: createSeededRandom(seed),
      })
      keys.learn({
        recipients: [recipientOf(device!)],
        rekeys: [{ rekey: rekeyOf(bytes), ms: start, by: recipientIdOf(device!.id) }],
      })
      for (let count = 0; count < (counts[index] ?? 0); count++) {
        const plaintext = Uint8Array.of(index, count)
        const bodies = keys.bodies(() => Promise.resolve(ok(undefined)))
        const sealed = await bodies.seal(plaintext, placeOf(device!))
        if (!sealed.ok) throw new Error(sealed.problem.type)
        // Both write with the one key of this epoch and device.
        expect(toBase64Url(sealed.value.epoch)).toBe(epochs[0]!.id)
        used.push(toBase64Url(sealed.value.nonce))
      }
    }
    return used
  }
  const count = fc.integer({ min: 1, max: 20 })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(), { minLength: 2, maxLength: 2 }),
      count,
      count,
      async ([one = 0, other = 1], left, right) => {
        const used = await twins([one, other], [left, right])
        expect(new Set(used).size).toBe(used.length)
      },
    ),
    { numRuns: 25 },
  )
  // What this would look like if nonces were counted, or drawn alike.
  const alike = await twins([7, 7], [3, 3])
  expect(new Set(alike).size).toBe(3)
})
