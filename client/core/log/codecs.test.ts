import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  controlKinds,
  encodeControlBody,
  parseControlBody,
  type ControlBody,
} from '../group/control-bodies.ts'
import type { LogId } from '../ports.ts'
import { encodeMessage, parseMessageBody } from '../room/message-body.ts'
import { retentions } from '../room/retention.ts'
import { encodeSyncMessage, parseSyncMessage, type SyncMessage } from '../sync/messages.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import {
  encodeElement,
  entryKinds,
  epochIdBytes,
  isClearKind,
  isErasableKind,
  nonceBytes,
  parseElement,
  toHusk,
  type EntryElement,
  type EntryKind,
} from './entry.ts'
import { encodeEraseBody, parseEraseBody, type EraseTarget } from './erase-body.ts'

const bytesOf = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => new Uint8Array(bytes))
const bytesUpTo = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => new Uint8Array(bytes))
const logId = bytesOf(16).map((bytes) => toBase64Url(bytes) as LogId)
const page = fc.nat(1_000_000)
const feed = fc.nat(2 ** 52)

const elementOf = (kinds: readonly EntryKind[], epochLength: number, nonceLength: number) =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    time: fc.record({ ms: fc.nat(2 ** 47), counter: fc.nat(65_535) }),
    epoch: bytesOf(epochLength),
    nonce: bytesOf(nonceLength),
    signature: bytesOf(64),
    key: bytesOf(32),
    body: bytesUpTo(200),
  })
const kinds = Object.values(entryKinds)
/** E5: control entries travel in the clear, everything else under an epoch. */
const element = fc.oneof(
  elementOf(kinds.filter(isClearKind), 0, 0),
  elementOf(
    kinds.filter((kind) => !isClearKind(kind)),
    epochIdBytes,
    nonceBytes,
  ),
)
const name = fc.string({ unit: 'grapheme', maxLength: 20 })
const controlBody: fc.Arbitrary<ControlBody> = fc.oneof(
  fc.record({
    kind: fc.constant(entryKinds.profile),
    name,
    status: name,
    picture: bytesUpTo(100),
  }),
  fc.record({ kind: fc.constant(entryKinds.room), room: logId, name: name.filter((one) => one !== '') }),
  fc.record({ kind: fc.constant(entryKinds.room), room: logId, topic: name }),
  fc.record({ kind: fc.constantFrom(entryKinds.join, entryKinds.leave), room: logId }),
  fc.record({ kind: fc.constant(entryKinds.retention), room: logId, keep: fc.constantFrom(...retentions) }),
  fc.record({ kind: fc.constant(entryKinds.statement), statement: bytesUpTo(200) }),
  fc.record({ kind: fc.constant(entryKinds.rekey), rekey: bytesUpTo(200) }),
)
const digest = bytesOf(16)
const syncMessage: fc.Arbitrary<SyncMessage> = fc.oneof(
  fc.record({ type: fc.constant('root' as const), digest }),
  fc.record({
    type: fc.constant('logs' as const),
    logs: fc.array(fc.record({ log: logId, digest }), { maxLength: 5 }),
  }),
  fc.record({ type: fc.constant('want' as const), log: logId }),
  fc.record({
    type: fc.constant('pages' as const),
    log: logId,
    pages: fc.array(fc.record({ page, digest }), { maxLength: 5 }),
  }),
  fc
    .record({
      type: fc.constant('have' as const),
      log: logId,
      page,
      missed: fc.array(fc.record({ feed, seq: fc.nat(65_000) }), { maxLength: 5 }),
      feeds: fc.array(fc.tuple(feed, fc.nat(65_000), fc.option(bytesOf(16))), { maxLength: 5 }),
    })
    .map(({ feeds, ...message }) => {
      const isNone = (hash: Uint8Array | null) => !hash || hash.every((byte) => byte === 0)
      const last = new Map(feeds.map((one) => [one[0], one]))
      const hashes = [...last.values()].flatMap(([of, , hash]) =>
        hash && !isNone(hash) ? [[of, hash] as const] : [],
      )
      return {
        ...message,
        lengths: new Map([...last.values()].map(([of, length]) => [of, length])),
        hashes: new Map(hashes),
      }
    }),
  fc.record({ type: fc.constant('entries' as const), log: logId, page, update: bytesUpTo(200) }),
  fc.record({ type: fc.constant('served' as const), log: logId, page, more: fc.boolean() }),
  fc.record({ type: fc.constant('stored' as const), log: logId, page, length: fc.nat(65_000) }),
  fc.record({
    type: fc.constant('trace' as const),
    log: logId,
    page,
    feed,
    marks: fc.nat(5).chain((count) => bytesOf(16 * count)),
  }),
  fc.record({ type: fc.constant('fork' as const), proof: bytesUpTo(200) }),
)

/** What every codec must do: give back what it was given, and take nothing else. */
const codecs: [
  string,
  fc.Arbitrary<unknown>,
  (value: never) => Uint8Array<ArrayBuffer>,
  (bytes: Uint8Array<ArrayBuffer>) => unknown,
][] = [
  [
    'E1: an entry that begins a feed',
    element,
    (value: EntryElement) => encodeElement(value),
    (bytes) => parseElement(bytes, 0),
  ],
  [
    'E1: an entry further on',
    element.map(({ key: _, ...rest }) => rest),
    (value: EntryElement) => encodeElement(value),
    (bytes) => parseElement(bytes, 7),
  ],
  [
    'P4: a husk that begins a feed',
    fc.record({
      kind: fc.constantFrom(...kinds.filter(isErasableKind)),
      time: fc.record({ ms: fc.nat(2 ** 47), counter: fc.nat(65_535) }),
      epoch: bytesOf(epochIdBytes),
      nonce: bytesOf(nonceBytes),
      signature: bytesOf(64),
      key: bytesOf(32),
      bodyHash: bytesOf(32),
      body: fc.constant(new Uint8Array(0)),
    }),
    (value: EntryElement) => encodeElement(value),
    (bytes) => parseElement(bytes, 0),
  ],
  [
    'P4: what an erase entry says',
    fc.array(fc.record({ feed, seq: fc.nat(65_000), bodyHash: bytesOf(32) }), { minLength: 1, maxLength: 5 }),
    (value: EraseTarget[]) => encodeEraseBody(value),
    parseEraseBody,
  ],
  ['Y2: a sync message', syncMessage, (value: SyncMessage) => encodeSyncMessage(value), parseSyncMessage],
]

describe.each(codecs)('%s', (_, arbitrary, encode, parse) => {
  test('comes back as it went', () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(parse(encode(value as never))).toEqual(value)
      }),
    )
  })
  test('cut short or with something left over is nothing', () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), (value, at) => {
        const bytes = encode(value as never)
        expect(parse(bytes.slice(0, at % bytes.length))).toBeUndefined()
        expect(parse(new Uint8Array([...bytes, 0]))).toBeUndefined()
      }),
    )
  })
  test('garbage is a value, never an exception', () => {
    fc.assert(fc.property(bytesUpTo(300), (bytes) => void parse(bytes)))
  })
})

test('P4: what says who may do what has no husk', async () => {
  for (const kind of kinds.filter((one) => !isErasableKind(one))) {
    const [whole] = fc.sample(
      elementOf([kind], isClearKind(kind) ? 0 : epochIdBytes, isClearKind(kind) ? 0 : nonceBytes),
      1,
    )
    if (!whole) throw new Error('no sample')
    expect(parseElement(encodeElement(await toHusk(whole)), 0), String(kind)).toBeUndefined()
  }
})

test('G8: a control body comes back as it went, and is nothing when cut or of another kind', () => {
  fc.assert(
    fc.property(controlBody, fc.nat(), (body, at) => {
      const bytes = encodeControlBody(body)
      expect(parseControlBody(body.kind, bytes)).toEqual(body)
      expect(parseControlBody(entryKinds.message, bytes)).toBeUndefined()
      // Statements and rekeys have codecs of their own.
      if (bytes.length > 0 && !isClearKind(body.kind))
        expect(parseControlBody(body.kind, bytes.slice(0, at % bytes.length))).toBeUndefined()
    }),
  )
})

test('control bodies of garbage are values', () => {
  fc.assert(
    fc.property(
      bytesUpTo(300),
      fc.constantFrom(...controlKinds),
      (bytes, kind) => void parseControlBody(kind, bytes),
    ),
  )
})

test('E6: a message comes back as its text, and what is no text or too long is nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const body = encodeMessage({ text })
      if (body.ok) expect(parseMessageBody(body.value)).toBe(text.trim())
    }),
  )
  expect(parseMessageBody(new Uint8Array([0xff]))).toBeUndefined()
  expect(parseMessageBody(new Uint8Array(16_385))).toBeUndefined()
  expect(parseMessageBody(undefined)).toBeUndefined()
})

test('E6: an entry over 64 KiB is nothing, and no length is believed before its bytes are there', () => {
  expect(parseElement(new Uint8Array(65_537), 1)).toBeUndefined()
  const claimsMuch = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x07])
  expect(decodeWith(claimsMuch, (reader) => reader.varBytes(2 ** 40))).toBeUndefined()
  expect(decodeWith(claimsMuch, (reader) => reader.list(2 ** 40, () => reader.uint8()))).toBeUndefined()
  expect(decodeWith(new Uint8Array(12).fill(0x80), (reader) => reader.varUint(2 ** 53 - 1))).toBeUndefined()
})
