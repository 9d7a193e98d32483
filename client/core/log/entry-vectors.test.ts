import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { toHex } from '../../../shared/crypto/hex.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'
import {
  encodeAssociated,
  encodeElement,
  encodeHeader,
  entryKinds,
  firstPrev,
  hashEntry,
  isClearKind,
} from './entry.ts'

/** 00 01 02 … */
const counting = (length: number, from = 0) => Uint8Array.from({ length }, (_nothing, index) => from + index)

const place = {
  group: toBase64Url(counting(16)) as LogId,
  log: toBase64Url(counting(16, 16)) as LogId,
  page: 300,
  device: toBase64Url(counting(32, 32)) as DeviceId,
  seq: 5,
}
const message = {
  kind: entryKinds.message,
  time: { ms: 1_700_000_000_000, counter: 7 },
  epoch: counting(16, 64),
  nonce: counting(12, 80),
  body: encodeUtf8('sealed'),
}
const statement = {
  ...message,
  kind: entryKinds.statement,
  epoch: new Uint8Array(0),
  nonce: new Uint8Array(0),
}

test('E3: what a body is bound to, frozen: all of its place and marks, and nothing that follows from the body', () => {
  expect(toHex(encodeAssociated(place, message))).toMatchInlineSnapshot(
    `"6865617274682f76312f656e747279010110000102030405060708090a0b0c0d0e0f10101112131415161718191a1b1c1d1e1f20202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3fac020580d095ffbc310710404142434445464748494a4b4c4d4e4f0c505152535455565758595a5b"`,
  )
})

test('E1: what a signature is over, frozen: the same, then the entry before it and the hash of the body', async () => {
  const prev = counting(32, 96)
  const header = await encodeHeader({ ...place, prev }, message)
  const hash = createHash('sha256').update(message.body).digest()
  expect(header).toEqual(concatBytes(encodeAssociated(place, message), prev, new Uint8Array(hash)))
  expect(toHex(header.slice(-64))).toMatchInlineSnapshot(
    `"606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7fc9d0036bed6744bcdf692fc980d8717d7e5f5a4f4e8266b4a84982602fb1cd09"`,
  )
})

test('E5: the header of a statement, frozen: both marks are empty', async () => {
  const header = await encodeHeader({ ...place, prev: firstPrev() }, statement)
  expect(toHex(header)).toMatchInlineSnapshot(
    `"6865617274682f76312f656e747279010610000102030405060708090a0b0c0d0e0f10101112131415161718191a1b1c1d1e1f20202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3fac020580d095ffbc310700000000000000000000000000000000000000000000000000000000000000000000c9d0036bed6744bcdf692fc980d8717d7e5f5a4f4e8266b4a84982602fb1cd09"`,
  )
})

test('E2: the hash that the next entry names, frozen', async () => {
  expect(toHex(await hashEntry(counting(10), counting(64)))).toMatchInlineSnapshot(
    `"63b7cf297a24eb25341dda2cbde816ad8daaa9b62bc31a9d1f339702f9caa953"`,
  )
  const again = createHash('sha256').update(counting(10)).update(counting(64)).digest()
  expect(await hashEntry(counting(10), counting(64))).toEqual(new Uint8Array(again))
})

test('P2: an element as it travels, frozen: with the key in a feed’s first entry only, without marks in the clear', () => {
  const signature = counting(64, 128)
  expect(toHex(encodeElement({ ...message, signature }))).toMatchInlineSnapshot(
    `"010180d095ffbc3107404142434445464748494a4b4c4d4e4f505152535455565758595a5b808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf067365616c6564"`,
  )
  expect(toHex(encodeElement({ ...statement, signature, key: counting(32, 192) }))).toMatchInlineSnapshot(
    `"010680d095ffbc3107808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf067365616c6564"`,
  )
})

test('E1: at most 120 bytes travel beside the sealed body', () => {
  const latest = { ms: 2 ** 47, counter: 65_535 }
  const longest = { ...message, time: latest, signature: counting(64), body: new Uint8Array(65_000) }
  expect(encodeElement(longest).length - longest.body.length).toBeLessThanOrEqual(120)
})

test('E5: who belongs and which keys there are travels in the clear, what people say does not', () => {
  for (const kind of [entryKinds.statement, entryKinds.rekey]) expect(isClearKind(kind)).toBe(true)
  const { message: said, profile, room, join, leave } = entryKinds
  for (const kind of [said, profile, room, join, leave]) expect(isClearKind(kind)).toBe(false)
})
