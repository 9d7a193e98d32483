import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { compareBytes, copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { logLimits } from '../../../shared/limits.ts'
import { openDevice, type Device } from '../identity/device.ts'
import type { FeedHead, LogId } from '../ports.ts'
import { bitFlips } from '../testing/broken-bytes.ts'
import { clearBodies } from '../testing/clear-bodies.ts'
import { encodeElement, entryKinds, isErasableKind, toHusk, type EntryKind } from './entry.ts'
import { encodeEraseBody } from './erase-body.ts'
import { appendEntry, type PagePlace } from './feed.ts'
import { makeForkProof, parseForkProof, proveFork, readForkProof } from './forks.ts'

const place: PagePlace = {
  group: 'AAAAAAAAAAAAAAAAAAAAAA' as LogId,
  log: 'BBBBBBBBBBBBBBBBBBBBBA' as LogId,
  page: 3,
}
let anna: Device
let mallory: Device
beforeAll(async () => {
  anna = await openDevice(new Uint8Array(32).fill(1))
  mallory = await openDevice(new Uint8Array(32).fill(2))
})

const write = async (
  text: string,
  head?: FeedHead,
  {
    device = anna,
    kind = entryKinds.message,
    at = place,
  }: { device?: Device; kind?: EntryKind; at?: PagePlace } = {},
) => {
  const plaintext =
    kind === entryKinds.erase
      ? encodeEraseBody([{ feed: 7, seq: text.length, bodyHash: new Uint8Array(32) }])
      : encodeUtf8(text)
  const wish = { place: at, device, head, kind, time: { ms: 1_000, counter: 0 }, plaintext }
  const made = await appendEntry(clearBodies, wish)
  if (!made.ok) throw new Error(made.problem.type)
  return made.value
}

/** A feed of `length` entries, and another entry for the last place of it. */
const fork = async (length: number, kind: EntryKind = entryKinds.message) => {
  const chain: Bytes[] = []
  let head: FeedHead | undefined
  let before: FeedHead | undefined
  for (let seq = 0; seq < length; seq++) {
    before = head
    const made = await write(`entry ${seq}`, head, { kind })
    chain.push(made.element)
    head = made.head
  }
  const rival = await write('something else', before, { kind })
  if (!head) throw new Error('no entries')
  return { chain, head, rival }
}

const prove = async (length = 3, kind?: EntryKind) => {
  const { chain, head, rival } = await fork(length, kind)
  const proof = await proveFork(place, anna.feed, chain, rival.element)
  if (!proof) throw new Error('no proof')
  return { chain, head, rival, proof }
}

test('P6: two entries for one place prove it by themselves, the lower hash first, without what they say', async () => {
  for (const length of [1, 4]) {
    const { proof, head, rival } = await prove(length)
    const read = await readForkProof(proof.bytes)
    expect(read).toEqual(proof)
    const hashes = [head.hash, rival.head.hash].sort(compareBytes)
    expect(proof).toMatchObject({ place, device: anna.id, feed: anna.feed, seq: length - 1 })
    expect(proof.keptHash).toEqual(hashes[0])
    for (const words of ['something else', `entry ${length - 1}`])
      expect(Buffer.from(proof.bytes).includes(words)).toBe(false)
    expect(proof.bytes.length).toBeLessThan(450)
  }
})

test('P6: the same proof comes of both sides, and of husks', async () => {
  const { chain, rival, proof } = await prove(3)
  const theirs = [...chain.slice(0, 2), rival.element]
  expect((await proveFork(place, anna.feed, theirs, chain[2]!))?.bytes).toEqual(proof.bytes)
  const husk = encodeElement(await toHusk(rival.entry))
  expect((await proveFork(place, anna.feed, chain, husk))?.bytes).toEqual(proof.bytes)
})

test('P6: what has no husk comes along whole, if it stays', async () => {
  const { proof, chain, rival } = await prove(2, entryKinds.erase)
  expect([chain[1], rival.element]).toContainEqual(encodeElement(proof.kept))
  expect(isErasableKind(proof.kept.kind)).toBe(false)
  const claim = parseForkProof(proof.bytes)
  const changed = copyBytes(proof.bytes)
  changed[changed.length - 1]! ^= 1
  expect(claim?.body.length).toBeGreaterThan(0)
  expect(await readForkProof(changed)).toBeUndefined()
})

describe('P6: no proof is', () => {
  test('one entry against itself', async () => {
    const { chain } = await fork(3)
    expect(await proveFork(place, anna.feed, chain, chain[2]!)).toBeUndefined()
  })

  test('an entry after another one, since the fork is before it', async () => {
    const { chain, rival } = await fork(3)
    const later = await write('after that', rival.head)
    const longer = [...chain, (await write('the fourth', (await fork(3)).head)).element]
    expect(await proveFork(place, anna.feed, longer, later.element)).toBeUndefined()
  })

  test('an entry of another page, log or device', async () => {
    const { chain } = await fork(1)
    const others = [
      await write('elsewhere', undefined, { at: { ...place, page: 4 } }),
      await write('elsewhere', undefined, { at: { ...place, log: place.group } }),
      await write('of another', undefined, { device: mallory }),
    ]
    for (const { element } of others)
      expect(await proveFork(place, anna.feed, chain, element)).toBeUndefined()
  })

  test('what a third person puts together of entries that they have', async () => {
    const { chain, head } = await fork(2)
    const third = await write('the third', head)
    const before = await fork(1)
    const at = { place, device: anna.id, seq: 1, prev: before.head.hash }
    const [own] = [await write('made up', before.head)]
    const forged = { ...own.entry, signature: await mallory.sign(encodeUtf8('as if it were hers')) }
    expect(await makeForkProof(at, [own.entry, forged])).toBeUndefined()
    // A later entry, moved.
    expect(await makeForkProof(at, [own.entry, { ...third.entry, seq: 1 }])).toBeUndefined()
    expect(chain).toHaveLength(2)
  })

  test('one in which a bit was flipped', async () => {
    const { proof } = await prove(2)
    for (const flipped of bitFlips(proof.bytes)) expect(await readForkProof(flipped)).toBeUndefined()
  })
})

describe('P6: the bytes of a proof', () => {
  test('cut short or with something left over are nothing', async () => {
    for (const kind of [entryKinds.message, entryKinds.erase]) {
      const { proof } = await prove(1, kind)
      expect(parseForkProof(proof.bytes)).toBeDefined()
      for (let length = 0; length < proof.bytes.length; length++)
        expect(parseForkProof(proof.bytes.slice(0, length))).toBeUndefined()
      expect(parseForkProof(copyBytes(new Uint8Array([...proof.bytes, 0])))).toBeUndefined()
    }
  })

  test('that are garbage are a value', async () => {
    const garbage = fc.uint8Array({ maxLength: 400 }).map(copyBytes)
    await fc.assert(
      fc.asyncProperty(garbage, async (bytes) => {
        expect(await readForkProof(bytes)).toBeUndefined()
      }),
    )
    const { proof } = await prove(1)
    const changes = fc.array(fc.tuple(fc.nat(proof.bytes.length - 1), fc.nat(255)), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(changes, async (some) => {
        const bytes = copyBytes(proof.bytes)
        for (const [at, byte] of some) bytes[at] = byte
        const isSame = compareBytes(bytes, proof.bytes) === 0
        expect((await readForkProof(bytes)) !== undefined).toBe(isSame)
      }),
    )
  })

  test('are of one form only: numbers that take more bytes than they need are none', async () => {
    const { proof } = await prove(1)
    const pageAt = 1 + 16 + 16
    expect(proof.bytes[pageAt]).toBe(place.page)
    const longer = [...proof.bytes.slice(0, pageAt), 0x80 | place.page, 0, ...proof.bytes.slice(pageAt + 1)]
    expect(parseForkProof(copyBytes(new Uint8Array(longer)))).toBeUndefined()
  })

  test('are never more than the limit', () => {
    const body = encodeEraseBody(
      Array.from({ length: logLimits.maxEraseTargets }, (_nothing, seq) => ({
        feed: 2 ** 51,
        seq,
        bodyHash: new Uint8Array(32),
      })),
    )
    expect(body.length).toBeLessThan(logLimits.maxEntryBytes)
    expect(logLimits.maxForkProofBytes).toBeGreaterThan(logLimits.maxEntryBytes + 600)
  })
})
