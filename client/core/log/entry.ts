import * as encoding from 'lib0/encoding'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'
import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import type { LogId } from '../ports.ts'
import { decodeWith } from '../../../shared/decoding.ts'

/** What an entry is about. The numbers are on the wire: never reuse one. */
export const entryKinds = {
  message: 1,
  profile: 2,
  room: 3,
  join: 4,
  leave: 5,
  statement: 6,
  rekey: 7,
  erase: 8,
  retention: 9,
  genesis: 10,
  change: 11,
  call: 12,
  annotation: 13,
  pin: 14,
} as const
export type EntryKind = (typeof entryKinds)[keyof typeof entryKinds]
const knownKinds: ReadonlySet<number> = new Set(Object.values(entryKinds))

/** E5: what whoever carries a log must be able to check. Everything else is sealed. */
const clearKinds: ReadonlySet<EntryKind> = new Set([
  entryKinds.statement,
  entryKinds.rekey,
  entryKinds.erase,
  entryKinds.genesis,
  entryKinds.change,
])
export const isClearKind = (kind: EntryKind): boolean => clearKinds.has(kind)

/** P4: of these the body may go while the rest stays. What says who may do what stays whole. */
const erasableKinds: ReadonlySet<EntryKind> = new Set([
  entryKinds.message,
  entryKinds.call,
  entryKinds.annotation,
  entryKinds.pin,
])
export const isErasableKind = (kind: EntryKind): boolean => erasableKinds.has(kind)

/** What is about another entry of its page (P1), and has no place of its own in what a room shows. */
export const isAboutAnother = (kind: number): boolean =>
  kind === entryKinds.annotation || kind === entryKinds.pin

/** A hybrid logical clock's time (E4). */
export interface EntryTime {
  ms: number
  counter: number
}

/** A body as it travels: under an epoch's key (E3), or in the clear with both marks empty (E5). */
export interface SealedBody {
  epoch: Bytes
  nonce: Bytes
  body: Bytes
}

/** What of an entry travels beside what its place implies (E1). */
export interface EntryElement extends SealedBody {
  kind: EntryKind
  time: EntryTime
  signature: Bytes
  /** The author's key, in the first entry of a feed only: the later ones follow it. */
  key?: Bytes
  /**
   * Of a husk (P4): SHA-256 of the body that was here and is gone; `body` is empty then. It is all of the body that the header
   * names, so a husk is proved by the same signature, and links the same chain, as the whole entry.
   */
  bodyHash?: Bytes
}

/** Where an entry stands: signed, but not sent (E1). */
export interface EntryPlace {
  group: LogId
  log: LogId
  page: number
  device: DeviceId
  seq: number
  /** Hash of the entry before it in the feed, 32 zero bytes for the first (E2). */
  prev: Bytes
}

const version = 1
const signatureBytes = 64
const keyBytes = 32
const hashBytes = 32
/** Set in the byte of the kind of a husk. */
const huskMark = 0x80
export const epochIdBytes = 16
export const nonceBytes = 12
const label = encodeUtf8('hearth/v1/entry')

/** For all headers, one after the other: a new one for each took three buffers, and four headers are encoded for every entry. */
const headerEncoder = encoding.createEncoder()

/** The part of the header that a body is sealed with (E3): all but what follows from the body itself and from the feed before it. */
export const encodeAssociated = (
  place: Omit<EntryPlace, 'prev'>,
  entry: Pick<EntryElement, 'kind' | 'time' | 'epoch' | 'nonce'>,
): Bytes => {
  const encoder = headerEncoder
  encoder.bufs = []
  encoder.cpos = 0
  encoding.writeUint8Array(encoder, label)
  encoding.writeUint8(encoder, version)
  encoding.writeUint8(encoder, entry.kind)
  for (const id of [place.group, place.log, place.device]) encoding.writeVarUint8Array(encoder, idBytes(id))
  encoding.writeVarUint(encoder, place.page)
  encoding.writeVarUint(encoder, place.seq)
  encoding.writeVarUint(encoder, entry.time.ms)
  encoding.writeVarUint(encoder, entry.time.counter)
  encoding.writeVarUint8Array(encoder, entry.epoch)
  encoding.writeVarUint8Array(encoder, entry.nonce)
  return encoding.toUint8Array(encoder) // a copy, with a buffer of its own
}

/** The bytes an entry's signature is over (E1). */
export const encodeHeader = async (
  place: EntryPlace,
  entry: Omit<EntryElement, 'signature' | 'key'>,
): Promise<Bytes> =>
  concatBytes(encodeAssociated(place, entry), place.prev, entry.bodyHash ?? (await sha256(entry.body)))

/** How many ids stay decoded: the groups, logs and devices of a family's pages. */
const maxDecodedIds = 1_024
const decodedIds = new Map<string, Bytes>()

const idBytes = (id: string): Bytes => {
  const known = decodedIds.get(id)
  if (known) return known
  const bytes = fromBase64Url(id) ?? encodeUtf8(id)
  if (decodedIds.size >= maxDecodedIds) decodedIds.clear()
  decodedIds.set(id, bytes)
  return bytes
}

/** The hash the next entry of the feed names as its `prev` (E2). */
export const hashEntry = (header: Bytes, signature: Bytes): Promise<Bytes> =>
  sha256(concatBytes(header, signature))

export const firstPrev = (): Bytes => new Uint8Array(32)

/** One element of a feed's array (P2). */
export const encodeElement = (entry: EntryElement): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, version)
  encoding.writeUint8(encoder, entry.kind | (entry.bodyHash ? huskMark : 0))
  encoding.writeVarUint(encoder, entry.time.ms)
  encoding.writeVarUint(encoder, entry.time.counter)
  encoding.writeUint8Array(encoder, entry.epoch)
  encoding.writeUint8Array(encoder, entry.nonce)
  encoding.writeUint8Array(encoder, entry.signature)
  if (entry.key) encoding.writeUint8Array(encoder, entry.key)
  if (entry.bodyHash) encoding.writeUint8Array(encoder, entry.bodyHash)
  else encoding.writeVarUint8Array(encoder, entry.body)
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Parses an element that stands at `seq` of its feed; undefined for anything but a whole entry of this version (E6). */
export const parseElement = (bytes: Uint8Array, seq: number): EntryElement | undefined => {
  if (bytes.length > logLimits.maxEntryBytes) return undefined
  return decodeWith(bytes, (reader) => {
    const isOurs = reader.uint8() === version
    const mark = reader.uint8()
    const isHusk = (mark & huskMark) !== 0
    const kind = (mark & ~huskMark) as EntryKind
    if (!isOurs || !knownKinds.has(kind) || (isHusk && !isErasableKind(kind))) return undefined
    const isClear = isClearKind(kind)
    return {
      kind,
      time: { ms: reader.varUint(logLimits.maxClockMs), counter: reader.varUint(logLimits.maxClockCounter) },
      epoch: reader.bytes(isClear ? 0 : epochIdBytes),
      nonce: reader.bytes(isClear ? 0 : nonceBytes),
      signature: reader.bytes(signatureBytes),
      ...(seq === 0 ? { key: reader.bytes(keyBytes) } : {}),
      ...(isHusk
        ? { bodyHash: reader.bytes(hashBytes), body: new Uint8Array(0) }
        : { body: reader.varBytes(logLimits.maxEntryBytes) }),
    }
  })
}

/** What stays of an entry whose body goes (P4): the header and its signature, which prove that it was there and when. */
export const toHusk = async <Entry extends EntryElement>(entry: Entry): Promise<Entry> =>
  entry.bodyHash ? entry : { ...entry, bodyHash: await sha256(entry.body), body: new Uint8Array(0) }

/** An element's signature, without reading the rest of it; undefined for what is too short to hold one. */
export const peekSignature = (element: Uint8Array): Uint8Array | undefined => {
  const { kind } = peekElement(element) ?? {}
  if (kind === undefined) return undefined
  let at = 2
  for (let numbers = 0; numbers < 2; numbers++) {
    while ((element[at] ?? 0) >= 0x80) at += 1
    at += 1
  }
  if (!isClearKind(kind as EntryKind)) at += epochIdBytes + nonceBytes
  return at + signatureBytes <= element.length ? element.subarray(at, at + signatureBytes) : undefined
}

/** What an element is, by its first bytes alone: undefined for none of this version. */
export const peekElement = (element: Uint8Array): { kind: number; isHusk: boolean } | undefined => {
  const [first, mark] = element
  if (first !== version || mark === undefined) return undefined
  return { kind: mark & ~huskMark, isHusk: (mark & huskMark) !== 0 }
}
