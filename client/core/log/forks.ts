import * as encoding from 'lib0/encoding'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { compareBytes, copyBytes, equalBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { verifySignature } from '../../../shared/crypto/ed25519.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import { logLimits } from '../../../shared/limits.ts'
import { feedOf, publicKeyOf } from '../identity/device.ts'
import type { FeedId, LogId } from '../ports.ts'
import {
  encodeElement,
  encodeHeader,
  entryKinds,
  epochIdBytes,
  firstPrev,
  hashEntry,
  isClearKind,
  isErasableKind,
  nonceBytes,
  parseElement,
  type EntryKind,
} from './entry.ts'
import { walkRun, type PagePlace, type SignedEntry } from './feed.ts'

/**
 * P6: two different entries that one device signed for one place of its feed, both after the same entry. It proves itself. Without bodies,
 * which may have to go (P4): the entries are husks; only one that has no husk brings its body along, if it is the one that stays.
 */
export interface ForkProof extends ForkClaim {
  feed: FeedId
  /** The one with the lower hash stays. */
  kept: SignedEntry
  keptHash: Bytes
  /** Its body is not here, whatever its kind. */
  other: SignedEntry
}

/** What a proof says, before anything of it is checked. */
export interface ForkClaim {
  place: PagePlace
  device: DeviceId
  seq: number
  /** Of both entries: so the fork is here, and not before (E2). */
  prev: Bytes
  heads: readonly [ForkHead, ForkHead]
  /** Of the first, where its kind has no husk; else empty. */
  body: Bytes
  bytes: Bytes
}

/** All of an entry that its header has beside its place. */
export type ForkHead = Required<
  Pick<SignedEntry, 'kind' | 'time' | 'epoch' | 'nonce' | 'signature' | 'bodyHash'>
>

const version = 1
const [idBytes, keyBytes, hashBytes, signatureBytes] = [16, 32, 32, 64]
const knownKinds: ReadonlySet<number> = new Set(Object.values(entryKinds))

const encodeClaim = ({ place, device, seq, prev, heads, body }: Omit<ForkClaim, 'bytes'>): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, version)
  for (const id of [place.group, place.log])
    encoding.writeUint8Array(encoder, fromBase64Url(id) ?? new Uint8Array(idBytes))
  encoding.writeVarUint(encoder, place.page)
  encoding.writeUint8Array(encoder, fromBase64Url(device) ?? new Uint8Array(keyBytes))
  encoding.writeVarUint(encoder, seq)
  encoding.writeUint8Array(encoder, prev)
  for (const head of heads) {
    encoding.writeUint8(encoder, head.kind)
    encoding.writeVarUint(encoder, head.time.ms)
    encoding.writeVarUint(encoder, head.time.counter)
    for (const bytes of [head.epoch, head.nonce, head.signature, head.bodyHash])
      encoding.writeUint8Array(encoder, bytes)
  }
  encoding.writeVarUint8Array(encoder, body)
  return copyBytes(encoding.toUint8Array(encoder))
}

const readHead = (reader: Reader): ForkHead | undefined => {
  const kind = reader.uint8() as EntryKind
  if (!knownKinds.has(kind)) return undefined
  const isClear = isClearKind(kind)
  return {
    kind,
    time: { ms: reader.varUint(logLimits.maxClockMs), counter: reader.varUint(logLimits.maxClockCounter) },
    epoch: reader.bytes(isClear ? 0 : epochIdBytes),
    nonce: reader.bytes(isClear ? 0 : nonceBytes),
    signature: reader.bytes(signatureBytes),
    bodyHash: reader.bytes(hashBytes),
  }
}

/** What a proof is about, unchecked; undefined for anything but one in the form in which every device writes it. */
export const parseForkProof = (bytes: Bytes): ForkClaim | undefined => {
  const claim = decodeWith(bytes, (reader): ForkClaim | undefined => {
    if (reader.uint8() !== version) return undefined
    const id = () => toBase64Url(reader.bytes(idBytes)) as LogId
    const [group, log] = [id(), id()]
    const page = reader.varUint(logLimits.maxPageNumber)
    const device = toBase64Url(reader.bytes(keyBytes)) as DeviceId
    const seq = reader.varUint(logLimits.maxEntriesPerFeed - 1)
    const prev = reader.bytes(hashBytes)
    const [first, second] = [readHead(reader), readHead(reader)]
    const body = reader.varBytes(logLimits.maxEntryBytes)
    if (!first || !second || (seq === 0 && !equalBytes(prev, firstPrev()))) return undefined
    if (isErasableKind(first.kind) && body.length > 0) return undefined
    return { place: { group, log, page }, device, seq, prev, heads: [first, second], body, bytes }
  })
  return claim && equalBytes(encodeClaim(claim), bytes) ? claim : undefined
}

/** Reads a proof and checks all of it: needs nothing beside it, and two signature checks. */
export const readForkProof = async (bytes: Bytes): Promise<ForkProof | undefined> => {
  const claim = parseForkProof(bytes)
  const key = claim && publicKeyOf(claim.device)
  if (!claim || !key) return undefined
  const { device, seq, body, heads } = claim
  const feed = await feedOf(device)
  const husk = (head: ForkHead): SignedEntry => ({
    ...head,
    feed,
    device,
    seq,
    body: new Uint8Array(0),
    ...(seq === 0 && { key }),
  })
  const [first, other] = [husk(heads[0]), husk(heads[1])]
  const [keptHash, otherHash] = await Promise.all([first, other].map((entry) => hashAt(claim, entry)))
  if (!keptHash || !otherHash || compareBytes(keptHash, otherHash) >= 0) return undefined
  const kept = isErasableKind(first.kind) ? first : await withBody(first, body)
  if (!kept) return undefined
  for (const entry of [first, other])
    if (!(await verifySignature(key, entry.signature, await headerAt(claim, entry)))) return undefined
  return { ...claim, feed, kept, keptHash, other }
}

const withBody = async (
  { bodyHash, ...entry }: SignedEntry,
  body: Bytes,
): Promise<SignedEntry | undefined> => {
  const whole = { ...entry, body }
  const isIt = bodyHash !== undefined && equalBytes(await sha256(body), bodyHash)
  return isIt && parseElement(encodeElement(whole), entry.seq) ? whole : undefined
}

type Place = Pick<ForkClaim, 'place' | 'device' | 'seq' | 'prev'>

/** The header that an entry has if it stands at this place, after the entry of this hash. */
export const headerAt = ({ place, device, seq, prev }: Place, entry: SignedEntry): Promise<Bytes> =>
  encodeHeader({ ...place, device, seq, prev }, entry)

const hashAt = async (at: Place, entry: SignedEntry): Promise<Bytes> =>
  hashEntry(await headerAt(at, entry), entry.signature)

/** The proof that two entries make; undefined where they are none, as where one was not signed for this place. */
export const makeForkProof = async (
  at: Place,
  entries: readonly [SignedEntry, SignedEntry],
): Promise<ForkProof | undefined> => {
  const hashed = await Promise.all(entries.map(async (entry) => ({ entry, hash: await hashAt(at, entry) })))
  const [first, second] = hashed.sort((left, right) => compareBytes(left.hash, right.hash))
  if (!first || !second) return undefined
  const head = async ({ kind, time, epoch, nonce, signature, bodyHash, body }: SignedEntry) => ({
    ...{ kind, time, epoch, nonce, signature },
    bodyHash: bodyHash ?? (await sha256(body)),
  })
  const heads = [await head(first.entry), await head(second.entry)] as const
  const body = isErasableKind(first.entry.kind) ? new Uint8Array(0) : first.entry.body
  return readForkProof(encodeClaim({ ...at, heads, body }))
}

/**
 * P6: the proof that `rival` makes with the last of `chain`, which is a feed of this device's from its beginning. Undefined where it is none:
 * not signed by the feed's device for this place, or after another entry, so that the fork is somewhere before.
 */
export const proveFork = async (
  place: PagePlace,
  feed: FeedId,
  chain: readonly Uint8Array[],
  rival: Uint8Array,
): Promise<ForkProof | undefined> => {
  const seq = chain.length - 1
  // The first names the device; the others follow from it.
  const walked = await walkRun(place, feed, undefined, seq > 0 ? chain.slice(0, -1) : chain)
  if (!walked.ok) return undefined
  const { device, hash } = walked.value.head
  const [ours, theirs] = [chain[seq], rival].map((element) => element && parseElement(element, seq))
  if (!ours || !theirs) return undefined
  return makeForkProof({ place, device, seq, prev: seq > 0 ? hash : firstPrev() }, [
    { ...ours, feed, device, seq },
    { ...theirs, feed, device, seq },
  ])
}

/** How many bytes of a signature stand for an entry where two devices look for the place at which their feeds part. */
export const markBytes = 16
