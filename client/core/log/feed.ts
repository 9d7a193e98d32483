import type { DeviceId } from '../../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { parsePublicKey, verifySignature } from '../../../shared/crypto/ed25519.ts'
import { deviceIdOf, feedOf, publicKeyOf, type Device } from '../identity/device.ts'
import type { FeedHead, FeedId, LogId, StoreProblem } from '../ports.ts'
import type { BodyCipher, BodyPlace } from './body-cipher.ts'
import {
  encodeAssociated,
  encodeElement,
  encodeHeader,
  firstPrev,
  hashEntry,
  isClearKind,
  parseElement,
  type EntryElement,
  type EntryKind,
  type EntryTime,
} from './entry.ts'

/** Which page a feed is part of. */
export interface PagePlace {
  group: LogId
  log: LogId
  page: number
}

/** An entry with its place, after its signature was checked or made. */
export interface SignedEntry extends EntryElement {
  feed: FeedId
  device: DeviceId
  seq: number
}

export type FeedProblem =
  | { type: 'badEntry'; seq: number }
  | { type: 'wrongKey'; seq: number }
  | { type: 'badSignature'; seq: number }

/** Where a feed stands before anything was written in it. */
const emptyHead = (feed: FeedId, device: DeviceId): FeedHead => ({
  feed,
  device,
  length: 0,
  hash: firstPrev(),
})

/** The next link of the chain (E2). */
const follow = async (
  place: PagePlace,
  head: FeedHead,
  entry: EntryElement,
): Promise<{ header: Bytes; head: FeedHead }> => {
  const header = await encodeHeader(
    { ...place, device: head.device, seq: head.length, prev: head.hash },
    entry,
  )
  const hash = await hashEntry(header, entry.signature)
  return { header, head: { ...head, length: head.length + 1, hash } }
}

const bodyPlace = (
  place: PagePlace,
  entry: { device: DeviceId; seq: number; kind: EntryKind; time: EntryTime },
): BodyPlace => ({
  author: entry.device,
  associate: (marks) => encodeAssociated({ ...place, ...entry }, { ...entry, ...marks }),
})

/** What an entry says; undefined where this device cannot open it, or its body is gone. */
export const openBody = async (
  bodies: BodyCipher,
  place: PagePlace,
  entry: SignedEntry,
): Promise<Bytes | undefined> => {
  if (entry.bodyHash) return undefined
  return isClearKind(entry.kind) ? entry.body : bodies.open(entry, bodyPlace(place, entry))
}

export interface OwnEntry {
  place: PagePlace
  device: Device
  head: FeedHead | undefined
  kind: EntryKind
  time: EntryTime
  plaintext: Bytes
}

/** Seals and signs an entry of this device at the end of its feed (E1–E3). */
export const appendEntry = async (
  bodies: BodyCipher,
  own: OwnEntry,
): Promise<Result<{ element: Bytes; entry: SignedEntry; head: FeedHead }, StoreProblem>> => {
  const { place, device, kind, time, plaintext } = own
  const before = own.head ?? emptyHead(device.feed, device.id)
  const at = { device: device.id, seq: before.length, kind, time }
  const sealed = isClearKind(kind)
    ? ok({ epoch: new Uint8Array(0), nonce: new Uint8Array(0), body: plaintext })
    : await bodies.seal(plaintext, bodyPlace(place, at))
  if (!sealed.ok) return sealed
  const unsigned = { kind, time, ...sealed.value }
  const header = await encodeHeader({ ...place, ...at, prev: before.hash }, unsigned)
  const signature = await device.sign(header)
  const entry: EntryElement = {
    ...unsigned,
    signature,
    ...(before.length === 0 ? { key: device.publicKey } : {}),
  }
  return ok({
    element: encodeElement(entry),
    entry: { ...entry, feed: device.feed, device: device.id, seq: before.length },
    head: { ...before, length: before.length + 1, hash: await hashEntry(header, signature) },
  })
}

/**
 * Checks a contiguous run of elements that follows `head` (or begins the feed). Since each header names the hash of the
 * one before and its signature, the newest signature covers the whole run (E2).
 */
export const verifyRun = async (
  place: PagePlace,
  feed: FeedId,
  head: FeedHead | undefined,
  elements: readonly Uint8Array[],
): Promise<Result<{ entries: SignedEntry[]; head: FeedHead }, FeedProblem>> => {
  const walked = await walkRun(place, feed, head, elements)
  if (!walked.ok) return walked
  const { entries, head: end, lastHeader } = walked.value
  const key = publicKeyOf(end.device)
  const newest = entries.at(-1)
  if (!key || !newest) return fail({ type: 'wrongKey', seq: end.length })
  if (!(await verifySignature(key, newest.signature, lastHeader)))
    return fail({ type: 'badSignature', seq: newest.seq })
  return ok({ entries, head: end })
}

/** Follows the chain through a run without checking a signature: enough for what this device admitted earlier. */
export const walkRun = async (
  place: PagePlace,
  feed: FeedId,
  head: FeedHead | undefined,
  elements: readonly Uint8Array[],
): Promise<Result<{ entries: SignedEntry[]; head: FeedHead; lastHeader: Bytes }, FeedProblem>> => {
  let current = head
  let lastHeader: Bytes = new Uint8Array(0)
  const entries: SignedEntry[] = []
  for (const bytes of elements) {
    const seq = current?.length ?? 0
    const entry = parseElement(bytes, seq)
    if (!entry) return fail({ type: 'badEntry', seq })
    current ??= await openFeed(feed, entry)
    if (!current) return fail({ type: 'wrongKey', seq })
    entries.push({ ...entry, feed, device: current.device, seq })
    const next = await follow(place, current, entry)
    current = next.head
    lastHeader = next.header
  }
  if (!current) return fail({ type: 'badEntry', seq: 0 })
  return ok({ entries, head: current, lastHeader })
}

/** A feed is its key's: nobody else can begin it (P2, I6). */
const openFeed = async (feed: FeedId, first: EntryElement): Promise<FeedHead | undefined> => {
  const key = parsePublicKey(first.key ?? new Uint8Array(0))
  if (!key.ok) return undefined
  const device = deviceIdOf(key.value)
  return (await feedOf(device)) === feed ? emptyHead(feed, device) : undefined
}
