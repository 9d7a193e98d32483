import { createHash, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { concatBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { toHex } from '../../../shared/crypto/hex.ts'
import { groupLimits, logLimits } from '../../../shared/limits.ts'
import { importSealingKey } from '../crypto/aes-gcm.ts'
import { deriveBytes } from '../crypto/hkdf.ts'
import type { Device } from '../identity/device.ts'
import type { LogId } from '../ports.ts'
import { bitFlips, countTaken, truncations, withLeftovers } from '../testing/broken-bytes.ts'
import { deviceOf, keyGroupId as group, recipientOf, rekeyOf } from '../testing/key-group.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import {
  bytesOfEpoch,
  epochIdOf,
  hashDeparted,
  makeRekey,
  openEpoch,
  openLinked,
  openRekey,
  parseRekey,
  recipientIdOf,
  type DepartedHash,
  type Epoch,
  type Rekey,
} from './rekey.ts'

const otherGroup = 'BBBBBBBBBBBBBBBBBBBBBA' as LogId
const random = createSeededRandom(5)

let devices: Device[]
/** Epochs enough for every test. */
let epochs: Epoch[]
let departed: DepartedHash
beforeAll(async () => {
  departed = await hashDeparted(['somebody'])
  devices = await Promise.all([1, 2, 3, 4].map(deviceOf))
  epochs = await Promise.all(Array.from({ length: 8 }, () => openEpoch(random.bytes(32))))
})

const make = (of: readonly Device[], epoch = epochs[0]!, before: readonly Epoch[] = []) =>
  makeRekey(group, epoch, { recipients: of.map(recipientOf), departed, before }, random)
const ownOf = ({ id, kem }: Device) => ({ id: recipientIdOf(id), kem })
const someOf = <Value>(values: () => readonly Value[], count: number) =>
  fc
    .subarray(Array.from({ length: count }, (_nothing, index) => index))
    .map((picked) => picked.map((index) => values()[index]!))

test('G3: a rekey comes through whole: everybody it names opens it and what it links, and nobody else does', async () => {
  await fc.assert(
    fc.asyncProperty(
      someOf(() => devices, 4),
      someOf(() => epochs.slice(1), 7),
      async (named, before) => {
        const [epoch] = epochs
        const rekey = rekeyOf(await make(named, epoch, before))
        expect(rekey.epoch).toBe(epoch?.id)
        expect(rekey.departed).toBe(departed)
        expect(rekey.linked).toEqual(before.map(({ id }) => id))
        expect([...rekey.boxes.keys()]).toEqual(named.map(({ id }) => recipientIdOf(id)))
        for (const device of devices) {
          const opened = await openRekey(group, rekey, ownOf(device))
          expect(opened).toEqual(named.includes(device) ? epoch : undefined)
        }
        expect(await openLinked(group, rekey, epoch!.secret)).toEqual(before)
      },
    ),
    { numRuns: 25 },
  )
})

test('G3: cut short or with something left over it is nothing', async () => {
  const whole = await make(devices.slice(0, 2), epochs[0], epochs.slice(1, 3))
  expect(await countTaken(truncations(whole), parseRekey)).toBe(0)
  expect(await countTaken(withLeftovers(whole), parseRekey)).toBe(0)
})

test('E6: garbage is a value, never an exception, also where it is opened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
      const rekey = parseRekey(new Uint8Array(bytes))
      if (!rekey) return
      await openRekey(group, rekey, ownOf(devices[0]!))
      await openLinked(group, rekey, epochs[0]!.secret)
    }),
    { numRuns: 200 },
  )
})

test('G3: garbage in the place of boxes and link opens for nobody, and is no exception', async () => {
  const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  await fc.assert(
    fc.asyncProperty(bytesOf(80), fc.uint8Array({ maxLength: 100 }), async (box, link) => {
      const [device] = devices
      const { epoch } = rekeyOf(await make([]))
      const rekey: Rekey = {
        epoch,
        departed,
        boxes: new Map([[recipientIdOf(device!.id), new Uint8Array(box)]]),
        linked: [epochs[1]!.id],
        link: new Uint8Array(link),
      }
      expect(await openRekey(group, rekey, ownOf(device!))).toBeUndefined()
      expect(await openLinked(group, rekey, epochs[0]!.secret)).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test('G3: of a rekey in which one bit was changed nobody gets another epoch than the one it names', async () => {
  const [anna] = devices
  const whole = await make([anna!], epochs[0], [epochs[1]!])
  let opened = 0
  for (const bytes of bitFlips(whole).filter((_bytes, bit) => bit % 5 === 0)) {
    const rekey = parseRekey(bytes)
    if (!rekey) continue
    const epoch = await openRekey(group, rekey, ownOf(anna!))
    if (epoch) {
      opened += 1
      expect(epoch).toEqual(epochs[0])
    }
    for (const linked of await openLinked(group, rekey, epochs[0]!.secret)) expect(linked).toEqual(epochs[1])
  }
  // Those of the link, which do not touch the box.
  expect(opened).toBeLessThan(whole.length)
})

test('G3: no box opens in another group, for another recipient or as another epoch', async () => {
  const [anna, bob] = devices
  const rekey = rekeyOf(await make([anna!]))
  const box = rekey.boxes.get(recipientIdOf(anna!.id))!
  expect(await openRekey(otherGroup, rekey, ownOf(anna!))).toBeUndefined()
  const asBobs: Rekey = { ...rekey, boxes: new Map([[recipientIdOf(bob!.id), box]]) }
  expect(await openRekey(group, asBobs, { id: recipientIdOf(bob!.id), kem: anna!.kem })).toBeUndefined()
  expect(await openRekey(group, { ...rekey, epoch: epochs[1]!.id }, ownOf(anna!))).toBeUndefined()
})

test('G3: the id of an epoch commits to its secret: boxes of another secret open nothing', async () => {
  const [anna] = devices
  const lie: Epoch = { id: epochs[0]!.id, secret: epochs[1]!.secret }
  const rekey = rekeyOf(await make([anna!], lie))
  expect(await openRekey(group, rekey, ownOf(anna!))).toBeUndefined()
})

test('G3: of what a link lies about nothing opens, and the rest does', async () => {
  const [anna] = devices
  const lie: Epoch = { id: epochs[1]!.id, secret: epochs[2]!.secret }
  const rekey = rekeyOf(await make([anna!], epochs[0], [lie, epochs[3]!]))
  expect(await openLinked(group, rekey, epochs[0]!.secret)).toEqual([epochs[3]])
  expect(await openLinked(group, { ...rekey, linked: [epochs[3]!.id] }, epochs[0]!.secret)).toEqual([])
  expect(await openLinked(otherGroup, rekey, epochs[0]!.secret)).toEqual([])
  expect(await openLinked(group, rekey, epochs[4]!.secret)).toEqual([])
})

test('E6: the largest rekey fits into an entry, and a larger one is nothing', () => {
  const box = new Uint8Array(16 + 80)
  const build = (boxes: number, linked: number): Bytes =>
    concatBytes(
      new Uint8Array(32),
      boxes < 128 ? Uint8Array.of(boxes) : Uint8Array.of((boxes & 0x7f) | 0x80, boxes >> 7),
      ...Array.from({ length: boxes }, (_nothing, index) => {
        const one = box.slice()
        new DataView(one.buffer).setUint32(0, index)
        return one
      }),
      Uint8Array.of(linked),
      new Uint8Array(linked * 16),
      Uint8Array.of(0),
    )
  const { maxRecipients, maxLinkedEpochs } = groupLimits
  const largest = build(maxRecipients, maxLinkedEpochs)
  expect(parseRekey(largest)?.boxes.size).toBe(maxRecipients)
  // With the link itself, and what travels of an entry beside its body.
  expect(largest.length + 12 + maxLinkedEpochs * 32 + 16 + 200).toBeLessThan(logLimits.maxEntryBytes)
  expect(parseRekey(build(maxRecipients + 1, 0))).toBeUndefined()
  expect(parseRekey(build(0, maxLinkedEpochs + 1))).toBeUndefined()
})

// ---- frozen

/** 00 01 02 … */
const counting = (length: number, from = 0) => Uint8Array.from({ length }, (_nothing, index) => from + index)

test('G3: the id of an epoch, frozen', async () => {
  expect(toHex(bytesOfEpoch(await epochIdOf(counting(32))))).toMatchInlineSnapshot(
    `"99d95d631b7fafe656ab216035a777bd"`,
  )
  const hash = createHash('sha256').update('hearth/v1/epoch').update(counting(32)).digest()
  expect(bytesOfEpoch(await epochIdOf(counting(32)))).toEqual(new Uint8Array(hash.subarray(0, 16)))
})

test('G5: who had gone, frozen, and the same in whatever order they are named', async () => {
  const hash = await hashDeparted(['b', 'a', 'c'])
  expect(hash).toMatchInlineSnapshot(`"uykgLiL5WSUHfAv-ne6nGw"`)
  expect(await hashDeparted(['c', 'b', 'a'])).toBe(hash)
  expect(await hashDeparted(['ab', 'c'])).not.toBe(hash)
  const again = createHash('sha256').update('hearth/v1/departed a b c').digest()
  expect(Buffer.from(hash, 'base64url')).toEqual(again.subarray(0, 16))
})

test('G3: the key of a link, frozen, is the one that links are sealed with', async () => {
  const [earlier, later] = [await openEpoch(counting(32)), await openEpoch(counting(32, 32))]
  const key = await deriveBytes(later.secret, 'hearth/v1/link', 32)
  expect(toHex(key)).toMatchInlineSnapshot(
    `"f149b89bd66579b20e5d116e9b1c50aa88b47adca689cf0f83f7ca7dcb4f23c6"`,
  )
  const again = hkdfSync('sha256', later.secret, new Uint8Array(0), 'hearth/v1/link', 32)
  expect(key).toEqual(new Uint8Array(again))
  const nonce = counting(12, 64)
  const context = { nonce, additionalData: encodeUtf8(group) }
  const link = concatBytes(nonce, await (await importSealingKey(key)).seal(earlier.secret, context))
  expect(toHex(link)).toMatchInlineSnapshot(
    `"404142434445464748494a4bfbbc3a43b8d2525a70d4c70914528ae94de10c2d24e830434a6935abf4df5419fa56bc50e1b04f25c3ae874d0356692d"`,
  )
  const rekey: Rekey = { epoch: later.id, departed, boxes: new Map(), linked: [earlier.id], link }
  expect(await openLinked(group, rekey, later.secret)).toEqual([earlier])
})

test('G3: a rekey is made of these fields, in this order', () => {
  const bytes = concatBytes(
    counting(16), // epoch
    counting(16, 176), // who had gone
    Uint8Array.of(2), // two boxes
    ...[counting(16, 32), counting(80, 48), counting(16, 128), counting(80, 144)],
    Uint8Array.of(1), // one epoch linked
    counting(16, 16),
    Uint8Array.of(60), // nonce, secret, tag
    counting(60, 96),
  )
  const rekey = rekeyOf(bytes)
  expect({
    epoch: rekey.epoch,
    departed: rekey.departed,
    boxes: [...rekey.boxes].map(([id, box]) => [id, toHex(box.slice(0, 4)), box.length]),
    linked: rekey.linked,
    link: [toHex(rekey.link.slice(0, 4)), rekey.link.length],
  }).toMatchInlineSnapshot(`
    {
      "boxes": [
        [
          "ICEiIyQlJicoKSorLC0uLw",
          "30313233",
          80,
        ],
        [
          "gIGCg4SFhoeIiYqLjI2Ojw",
          "90919293",
          80,
        ],
      ],
      "departed": "sLGys7S1tre4ubq7vL2-vw",
      "epoch": "AAECAwQFBgcICQoLDA0ODw",
      "link": [
        "60616263",
        60,
      ],
      "linked": [
        "EBESExQVFhcYGRobHB0eHw",
      ],
    }
  `)
})
