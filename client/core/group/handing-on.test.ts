import { beforeAll, expect, test } from 'vitest'
import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Device } from '../identity/device.ts'
import { deviceOf, keyGroupId as group, recipientOf, rekeyOf } from '../testing/key-group.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import type { PlacedRekey } from './epochs.ts'
import { createGroupKeys } from './group-keys.ts'
import { recipientIdOf } from './rekey.ts'

const random = createSeededRandom(21)
const nowMs = 1_700_000_000_000
const clock = { now: () => nowMs }

let devices: [Device, Device, Device, Device]
beforeAll(async () => {
  devices = (await Promise.all([1, 2, 3, 4].map(deviceOf))) as typeof devices
})

test('G5: who has not heard of a removal hands no epoch that followed it to who was put out', async () => {
  const [knowing, unaware, out, newcomer] = devices
  const keysOf = ({ id, kem }: Device) =>
    createGroupKeys({ group, own: [{ id: recipientIdOf(id), kem }], given: [], clock, random })
  const place = (bytes: Bytes, by: Device, counter: number): PlacedRekey => ({
    rekey: rekeyOf(bytes),
    ms: nowMs,
    counter,
    by: recipientIdOf(by.id),
  })
  const [ofKnowing, ofUnaware, ofOut] = [keysOf(knowing), keysOf(unaware), keysOf(out)]
  const all = [knowing, unaware, out].map(recipientOf)
  const left = [knowing, unaware].map(recipientOf)
  ofKnowing.learn({ recipients: all, rekeys: [] })
  const first = place(await ofKnowing.makeRekey(), knowing, 1)
  ofKnowing.learn({ recipients: left, departed: ['out'], rekeys: [first] })
  const second = place(await ofKnowing.makeRekey(), knowing, 2)

  // The epoch has come, and the removal has not.
  ofUnaware.learn({ recipients: all, rekeys: [first, second] })
  const third = place(await ofUnaware.makeRekey(), unaware, 3)
  ofOut.learn({ recipients: all, rekeys: [first, second, third] })
  const canOpen = (keys: typeof ofOut, { rekey }: PlacedRekey) =>
    keys.canOpen(fromBase64Url(rekey.epoch) ?? new Uint8Array())
  expect(await canOpen(ofOut, second)).toBe(false)
  expect([await canOpen(ofOut, first), await canOpen(ofOut, third)]).toEqual([true, true])
  ofUnaware.learn({ recipients: all, rekeys: [first, second, third] })
  expect(await ofUnaware.owesRekey()).toBe(false)

  // Once it has come, newcomers get both.
  const later = [...left, recipientOf(newcomer)]
  ofUnaware.learn({ recipients: later, departed: ['out'], rekeys: [first, second, third] })
  const fourth = place(await ofUnaware.makeRekey(), unaware, 4)
  const ofNewcomer = keysOf(newcomer)
  ofNewcomer.learn({ recipients: later, departed: ['out'], rekeys: [first, second, third, fourth] })
  for (const one of [first, second, third]) expect(await canOpen(ofNewcomer, one)).toBe(true)
})

/** Somebody who is out, of which `ofUnaware` has not heard, and an epoch that was made to leave them out. */
const createUnaware = async () => {
  const [knowing, unaware, out] = devices
  let onLook: (() => void) | undefined
  /** Something is learned when somebody looks at it the next time. */
  const learnsMeanwhile = {
    now: () => {
      const look = onLook
      onLook = undefined
      look?.()
      return nowMs
    },
  }
  const keysOf = ({ id, kem }: Device) =>
    createGroupKeys({
      group,
      own: [{ id: recipientIdOf(id), kem }],
      given: [],
      clock: id === unaware.id ? learnsMeanwhile : clock,
      random,
    })
  let counter = 0
  const place = (bytes: Bytes, by: Device): PlacedRekey => ({
    rekey: rekeyOf(bytes),
    ms: nowMs,
    counter: (counter += 1),
    by: recipientIdOf(by.id),
  })
  const [ofKnowing, ofUnaware, ofOut] = [keysOf(knowing), keysOf(unaware), keysOf(out)]
  const all = [knowing, unaware, out].map(recipientOf)
  const left = [knowing, unaware].map(recipientOf)
  ofKnowing.learn({ recipients: left, departed: ['out'], rekeys: [] })
  const first = place(await ofKnowing.makeRekey(), knowing)
  const opensFirst = () => ofOut.canOpen(fromBase64Url(first.rekey.epoch) ?? new Uint8Array())
  const meanwhile = (learn: () => void) => void (onLook = learn)
  return { knowing, unaware, ofKnowing, ofUnaware, ofOut, all, left, first, place, opensFirst, meanwhile }
}

test('G5: who becomes known while a rekey is being made is handed no epoch that was made to leave them out', async () => {
  const { unaware, ofUnaware, ofOut, all, left, first, place, opensFirst, meanwhile } = await createUnaware()
  ofUnaware.learn({ recipients: left, rekeys: [first] })
  meanwhile(() => ofUnaware.learn({ recipients: all, rekeys: [first] }))
  const second = place(await ofUnaware.makeRekey(), unaware)
  ofOut.learn({ recipients: all, rekeys: [first, second] })
  expect(second.rekey.boxes.size).toBe(all.length)
  expect(await opensFirst()).toBe(false)
})

test('G5: an epoch that is known by a link alone is handed on once it is known for whom it was made', async () => {
  const { knowing, unaware, ofKnowing, ofUnaware, ofOut, all, left, first, place, opensFirst } =
    await createUnaware()
  ofKnowing.learn({ recipients: left, departed: ['out', 'another'], rekeys: [first] })
  const second = place(await ofKnowing.makeRekey(), knowing)
  // What links to the first has come, and the first has not.
  ofUnaware.learn({ recipients: all, departed: ['another'], rekeys: [second] })
  const third = place(await ofUnaware.makeRekey(), unaware)
  ofOut.learn({ recipients: all, rekeys: [first, second, third] })
  expect(await opensFirst()).toBe(false)
})
