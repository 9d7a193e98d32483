import { createCipheriv, hkdfSync } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { toHex } from '../../../shared/crypto/hex.ts'
import { groupLimits, logLimits } from '../../../shared/limits.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { Device } from '../identity/device.ts'
import { encodeAssociated, entryKinds } from '../log/entry.ts'
import type { LogId } from '../ports.ts'
import {
  createKeyGroup,
  deviceOf,
  keyGroupId as group,
  placeOf,
  recipientOf,
  type KeyGroup,
  type KeyHolder,
} from '../testing/key-group.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { createGroupKeys, deriveEntryKey } from './group-keys.ts'
import { hashDeparted, makeRekey, openEpoch, recipientIdOf, type Epoch, type Recipient } from './rekey.ts'

const random = createSeededRandom(21)
const start = 1_700_000_000_000
let nowMs = start
const clock = { now: () => nowMs }

let devices: [Device, Device, Device, Device]
beforeAll(async () => {
  devices = (await Promise.all([1, 2, 3, 4].map(deviceOf))) as typeof devices
})

let keyGroup: KeyGroup
let anna: KeyHolder
let bob: KeyHolder
let mallory: KeyHolder
beforeEach(async () => {
  nowMs = start
  keyGroup = createKeyGroup(clock)
  anna = await keyGroup.add(devices[0])
  bob = await keyGroup.add(devices[1])
  mallory = await keyGroup.add(devices[2])
  await keyGroup.settle()
})

/** What somebody writes now: under which epoch, and who of these can read it. */
const write = async (by: KeyHolder, readers: readonly KeyHolder[] = [anna, bob, mallory]) => {
  const written = await keyGroup.write(by, 'hello')
  const read = await Promise.all(readers.map((reader) => keyGroup.read(reader, written)))
  return { epoch: toBase64Url(written.sealed.epoch), canRead: read.map((text) => text === 'hello') }
}
/** Where the boxes of a rekey begin that has few, and how long each is. */
const boxesAt = 33
const boxBytes = 96

/** A rekey by hand, for whoever wants to lie with one. */
const forge = async (
  epoch: Epoch,
  boxes: readonly [KeyHolder, Epoch?][],
  before: readonly Epoch[] = [],
  without: readonly string[] = [],
): Promise<Bytes> => {
  const recipients = boxes.map(([{ device }]) => recipientOf(device))
  const lies = new Map(boxes.map(([{ device }, lie]) => [recipientIdOf(device.id), lie]))
  const departed = await hashDeparted(without)
  const makeFor = (of: Epoch, to: readonly Recipient[], linking: readonly Epoch[] = []) =>
    makeRekey(group, of, { recipients: to, departed, before: linking }, random)
  const honest = await makeFor(epoch, recipients, before)
  // A box that lies is made on its own, and put in the place of the honest one.
  const parts = [honest.slice(0, boxesAt)]
  for (const [index, recipient] of recipients.entries()) {
    const lie = lies.get(recipient.id)
    const from = lie ? await makeFor(lie, [recipient]) : honest
    const at = boxesAt + (lie ? 0 : index * boxBytes)
    parts.push(from.slice(at, at + boxBytes))
  }
  return concatBytes(...parts, honest.slice(boxesAt + recipients.length * boxBytes))
}
const newEpoch = () => openEpoch(random.bytes(32))

test('G4: all write under the newest epoch, everybody reads it, and no more are made than are needed', async () => {
  const made = keyGroup.rekeys.length
  for (const one of [anna, bob, mallory])
    expect(await write(one)).toEqual({
      epoch: keyGroup.rekeys.at(-1)?.rekey.epoch,
      canRead: [true, true, true],
    })
  expect(keyGroup.rekeys.length).toBe(made)
  expect(await keyGroup.settle()).toBe(0)
})

test('G5: whoever is out reads nothing that is written from then on, and newcomers read all that was', async () => {
  const before = await keyGroup.write(anna, 'before')
  keyGroup.remove(mallory)
  expect(await write(bob)).toMatchObject({ canRead: [true, true, false] })
  const dora = await keyGroup.add(devices[3])
  await keyGroup.settle()
  expect(await keyGroup.read(dora, before)).toBe('before')
  expect(await write(anna, [dora, mallory])).toMatchObject({ canRead: [true, false] })
})

test('G5: when somebody has come and gone again, what was used before them is not used again: they have it by a link', async () => {
  const old = keyGroup.rekeys.at(-1)!.rekey.epoch
  const dora = await keyGroup.add(devices[3])
  await keyGroup.settle()
  keyGroup.remove(dora)
  const { epoch, canRead } = await write(anna, [anna, bob, mallory, dora])
  expect(epoch).not.toBe(old)
  expect(canRead).toEqual([true, true, true, false])
})

test('G5: nor when they had it by a welcome and were gone before anybody made another', async () => {
  const old = keyGroup.rekeys.at(-1)!.rekey.epoch
  const dora = await keyGroup.add(devices[3], await anna.keys.secrets())
  keyGroup.remove(dora)
  const { epoch, canRead } = await write(anna, [anna, bob, mallory, dora])
  expect(epoch).not.toBe(old)
  expect(canRead).toEqual([true, true, true, false])
})

test('G5: after 30 days whoever writes makes a new epoch first', async () => {
  const { epoch } = await write(anna)
  nowMs = start + groupLimits.epochMs - 1
  expect((await write(anna)).epoch).toBe(epoch)
  nowMs += 1
  const next = await write(bob)
  expect(next.epoch).not.toBe(epoch)
  expect(next.canRead).toEqual([true, true, true])
  expect((await write(anna)).epoch).toBe(next.epoch)
})

test('G5: nobody writes under an epoch that one who is out had made in advance without themselves', async () => {
  const ahead = await newEpoch()
  const bytes = await forge(ahead, [[anna], [bob]], [], [mallory.device.id])
  keyGroup.publish(bytes, mallory.device, { ms: start + 1 })
  keyGroup.remove(mallory)
  nowMs = start + 60_000
  for (const one of [anna, bob]) {
    const { epoch, canRead } = await write(one)
    expect(epoch).not.toBe(ahead.id)
    expect(canRead).toEqual([true, true, false])
  }
})

test('G5: an epoch of a time to come is nobody’s, however newest it claims to be', async () => {
  const { epoch } = await write(anna)
  const future = await newEpoch()
  const boxes: [KeyHolder][] = [[anna], [bob], [mallory]]
  keyGroup.publish(await forge(future, boxes), mallory.device, { ms: start + logLimits.maxClockLeadMs + 1 })
  expect((await write(anna)).epoch).toBe(epoch)
  expect(await keyGroup.settle()).toBe(0)
})

describe('G3: a rekey that lies', () => {
  test('to everybody: boxes that hold nothing are passed over, and answered once', async () => {
    const lie = await newEpoch()
    const other = await newEpoch()
    keyGroup.publish(
      await forge(lie, [
        [anna, other],
        [bob, other],
        [mallory, other],
      ]),
      mallory.device,
    )
    expect(await keyGroup.settle()).toBe(1)
    expect(await write(anna)).toMatchObject({ canRead: [true, true, true] })
  })

  test('to one: whom it leaves out makes another, and all go over to that', async () => {
    const lie = await newEpoch()
    nowMs += 1_000
    keyGroup.publish(await forge(lie, [[anna], [bob, await newEpoch()], [mallory]]), mallory.device)
    expect(await write(anna)).toEqual({ epoch: lie.id, canRead: [true, false, true] })
    expect(await bob.keys.owesRekey()).toBe(true)
    expect(await keyGroup.settle()).toBe(1)
    const after = await write(anna)
    expect(after.epoch).not.toBe(lie.id)
    expect(after.canRead).toEqual([true, true, true])
  })

  test('with the id of an epoch from before somebody came: who had it then is not forgotten', async () => {
    const old = keyGroup.rekeys.at(-1)!.rekey
    const dora = await keyGroup.add(devices[3])
    await keyGroup.settle()
    const boxes: [KeyHolder, Epoch][] = []
    for (const one of [anna, bob, mallory, dora]) boxes.push([one, await newEpoch()])
    const lie = { id: old.epoch, secret: random.bytes(32) }
    keyGroup.publish(await forge(lie, boxes), mallory.device)
    // The honest ones can open the epoch of that id all the same, and Dora could not: so it must not count as one of now.
    await keyGroup.settle()
    const all = [anna, bob, mallory, dora]
    expect(await write(anna, all)).toMatchObject({ canRead: [true, true, true, true] })
    keyGroup.remove(mallory)
    expect(await write(anna, all)).toMatchObject({ canRead: [true, true, false, true] })
  })

  test('with links in a circle: what was written before stays open to newcomers', async () => {
    const before = await keyGroup.write(anna, 'before')
    const epochs: Epoch[] = []
    for (const secret of await mallory.keys.secrets()) epochs.push(await openEpoch(secret))
    const circle = await newEpoch()
    keyGroup.publish(await forge(circle, [[anna], [bob], [mallory]], epochs), mallory.device)
    keyGroup.publish(await forge(epochs[0]!, [[anna]], [circle]), mallory.device)
    const dora = await keyGroup.add(devices[3], await anna.keys.secrets())
    expect(await keyGroup.read(dora, before)).toBe('before')
    const emil = await keyGroup.add(await deviceOf(5))
    await keyGroup.settle()
    expect(await keyGroup.read(emil, before)).toBe('before')
  })
})

test('G4: a clock that is set back makes one rekey, not one after the other', async () => {
  nowMs = start + 365 * 24 * 3_600_000
  await keyGroup.rekey(anna)
  nowMs = start
  const made = keyGroup.rekeys.length
  for (let time = 0; time < 5; time++) if (await anna.keys.owesRekey()) await keyGroup.rekey(anna)
  expect(keyGroup.rekeys.length - made).toBeLessThanOrEqual(1)
  expect(await write(anna)).toMatchObject({ canRead: [true, true, true] })
})

test('G5: who comes again and goes again, too, reads nothing more', async () => {
  const dora = await keyGroup.add(devices[3])
  await keyGroup.settle()
  for (let time = 0; time < 2; time++) {
    keyGroup.remove(dora)
    await keyGroup.settle()
    expect(await write(anna, [bob, dora])).toMatchObject({ canRead: [true, false] })
    keyGroup.comeBack(dora)
    await keyGroup.settle()
  }
  expect(await write(anna, [bob, dora])).toMatchObject({ canRead: [true, true] })
})

test('G4: whoever is no recipient makes one epoch to write for nobody, and no second one', async () => {
  keyGroup.remove(mallory)
  await keyGroup.settle()
  let made = 0
  for (; made < 5 && (await mallory.keys.owesRekey()); made++) await mallory.keys.makeRekey()
  expect(made).toBe(1)
})

test('P5: where the disk refuses the new epoch nothing is sealed', async () => {
  keyGroup.remove(mallory)
  const bodies = anna.keys.bodies(() => Promise.resolve(fail({ type: 'quotaExceeded' })))
  expect(await bodies.seal(encodeUtf8('x'), placeOf(anna.device))).toEqual({
    ok: false,
    problem: { type: 'quotaExceeded' },
  })
  // The next who tries has it.
  expect(await write(anna)).toMatchObject({ canRead: [true, true, false] })
})

test('E3: a body that was changed anywhere, or stands elsewhere, does not open', async () => {
  const { sealed } = await keyGroup.write(anna, 'hello')
  const bodies = bob.keys.bodies(() => Promise.reject(new Error('reading makes no key')))
  const place = placeOf(anna.device)
  expect(await bodies.open(sealed, place)).toEqual(encodeUtf8('hello'))
  const changes = [
    { ...sealed, body: sealed.body.slice(1) },
    { ...sealed, body: new Uint8Array(0) },
    { ...sealed, nonce: random.bytes(12) },
    { ...sealed, epoch: random.bytes(16) },
  ]
  for (const changed of changes) expect(await bodies.open(changed, place)).toBeUndefined()
  expect(await bodies.open(sealed, placeOf(bob.device))).toBeUndefined()
  const elsewhere = { ...place, associate: () => encodeUtf8('elsewhere') }
  expect(await bodies.open(sealed, elsewhere)).toBeUndefined()
})

// ---- frozen

/** 00 01 02 … */
const counting = (length: number, from = 0) => Uint8Array.from({ length }, (_nothing, index) => from + index)

test('E3: the key of an epoch and a device, frozen', async () => {
  const author = toBase64Url(counting(32, 100)) as Device['id']
  const key = await deriveEntryKey(counting(32), author)
  expect(toHex(key)).toMatchInlineSnapshot(
    `"a74d9e569e4c227bae22bcc070ba42612d716f766d5a6e5263bded401cbea9eb"`,
  )
  const again = hkdfSync('sha256', counting(32), counting(32, 100), 'hearth/v1/entry-key', 32)
  expect(key).toEqual(new Uint8Array(again))
})

test('E3: a message as it travels, frozen for an epoch, a device, a place and a nonce', async () => {
  const [device] = devices
  const epoch = await openEpoch(counting(32))
  const keys = createGroupKeys({
    group,
    own: [{ id: recipientIdOf(device.id), kem: device.kem }],
    given: [epoch],
    clock,
    random: { bytes: (count) => counting(count, 200) },
  })
  const recipients = [recipientOf(device)]
  const boxes = new Map(recipients.map(({ id }) => [id, new Uint8Array(80)]))
  const rekey = {
    epoch: epoch.id,
    departed: await hashDeparted([]),
    boxes,
    linked: [],
    link: new Uint8Array(0),
  }
  keys.learn({ recipients, rekeys: [{ rekey, ms: start }] })
  const log = 'BBBBBBBBBBBBBBBBBBBBBA' as LogId
  const at = { group, log, page: 3, device: device.id, seq: 5 }
  const entry = { kind: entryKinds.message, time: { ms: start, counter: 7 } }
  const associate = (marks: { epoch: Bytes; nonce: Bytes }) => encodeAssociated(at, { ...entry, ...marks })
  const sealed = await keys
    .bodies(() => Promise.resolve(ok(undefined)))
    .seal(encodeUtf8('hello'), { author: device.id, associate })
  expect(sealed.ok && toHex(sealed.value.body)).toMatchInlineSnapshot(
    `"5ed694e41d7454d776ca6d8abb83ff79437f7d1ee449f167f97a5b930542c53b5f47ce03c748f43a69ae97a2fd664ab6a0629671f57f5016ccae855b873b7113cd212b300b99f88a1fef20202a184dba"`,
  )

  // Made a second time with nothing of ours.
  const marks = { epoch: fromBase64Url(epoch.id)!, nonce: counting(12, 200) }
  const key = hkdfSync('sha256', counting(32), fromBase64Url(device.id)!, 'hearth/v1/entry-key', 32)
  const cipher = createCipheriv('aes-256-gcm', new Uint8Array(key), marks.nonce)
  cipher.setAAD(associate(marks))
  const padded = new Uint8Array(64)
  padded.set([...encodeUtf8('hello'), 0x80])
  const body = Buffer.concat([cipher.update(padded), cipher.final(), cipher.getAuthTag()])
  expect(sealed).toMatchObject({ value: { ...marks, body: new Uint8Array(body) } })
})
