import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import { logLimits, nameLimits, profileLimits } from '../../../shared/limits.ts'
import { entryKinds, type EntryKind } from '../log/entry.ts'
import type { LogId } from '../ports.ts'
import { retentions, type Retention } from '../room/retention.ts'

/** What the entries of the family document say: who belongs to it, who is called what, and which rooms there are. */
export type ControlBody =
  | { kind: typeof entryKinds.profile; name: string; status: string; picture: Bytes }
  | { kind: typeof entryKinds.room; room: LogId; name: string }
  /** What a room is about. Of the same kind, since a Hearth that knew no topics would refuse a feed with a kind it does not know (P3). */
  | { kind: typeof entryKinds.room; room: LogId; topic: string }
  | { kind: typeof entryKinds.join; room: LogId }
  | { kind: typeof entryKinds.leave; room: LogId }
  /** How long a room is kept (P8). */
  | { kind: typeof entryKinds.retention; room: LogId; keep: Retention }
  /** A statement as it travels (statements.ts); verified by who reads it. */
  | { kind: typeof entryKinds.statement; statement: Bytes }
  /** A new epoch (rekey.ts), as it travels. */
  | { kind: typeof entryKinds.rekey; rekey: Bytes }

/** Of these only who has the family's keys can read what they say (E5). */
export type SealedControlBody = Exclude<
  ControlBody,
  { kind: typeof entryKinds.statement | typeof entryKinds.rekey }
>

export const controlKinds: ReadonlySet<EntryKind> = new Set([
  entryKinds.profile,
  entryKinds.room,
  entryKinds.join,
  entryKinds.leave,
  entryKinds.statement,
  entryKinds.rekey,
  entryKinds.retention,
])

const roomIdBytes = 16
/** A character can take four bytes, and what people count as one can be several. */
const maxNameBytes = Math.max(nameLimits.maxPersonName, nameLimits.maxRoomName) * 32
const maxTopicBytes = nameLimits.maxTopic * 32
const maxStatusBytes = profileLimits.maxStatusChars * 32

/** Stands where a room's name would, before its topic: no room is called that. */
const noName: Bytes = new Uint8Array(0)

export const encodeControlBody = (body: ControlBody): Bytes => {
  if (body.kind === entryKinds.statement) return body.statement
  if (body.kind === entryKinds.rekey) return body.rekey
  const encoder = encoding.createEncoder()
  if ('room' in body)
    encoding.writeUint8Array(encoder, fromBase64Url(body.room) ?? new Uint8Array(roomIdBytes))
  if ('name' in body) encoding.writeVarUint8Array(encoder, encodeUtf8(body.name))
  if ('topic' in body) {
    encoding.writeVarUint8Array(encoder, noName)
    encoding.writeVarUint8Array(encoder, encodeUtf8(body.topic))
  }
  if ('keep' in body) encoding.writeUint8(encoder, retentions.indexOf(body.keep))
  if ('status' in body) {
    encoding.writeVarUint8Array(encoder, encodeUtf8(body.status))
    encoding.writeVarUint8Array(encoder, body.picture)
  }
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but a whole body of that kind. */
export const parseControlBody = (kind: EntryKind, bytes: Bytes): ControlBody | undefined => {
  if (bytes.length > logLimits.maxEntryBytes) return undefined
  if (kind === entryKinds.statement) return { kind, statement: bytes }
  if (kind === entryKinds.rekey) return { kind, rekey: bytes }
  if (kind === entryKinds.room) return decodeWith(bytes, readRoom) ?? decodeWith(bytes, readTopic)
  return decodeWith(bytes, (reader): ControlBody | undefined => {
    switch (kind) {
      case entryKinds.profile:
        return readProfile(reader)
      case entryKinds.join:
      case entryKinds.leave:
        return { kind, room: readRoomId(reader) }
      case entryKinds.retention: {
        const room = readRoomId(reader)
        const keep = retentions[reader.uint8()]
        return keep && { kind, room, keep }
      }
      case entryKinds.message:
      case entryKinds.erase:
      case entryKinds.genesis:
      case entryKinds.change:
      case entryKinds.call:
      case entryKinds.annotation:
      case entryKinds.pin:
        return undefined
    }
  })
}

const readRoomId = (reader: Reader): LogId => toBase64Url(reader.bytes(roomIdBytes)) as LogId

const readText = (reader: Reader, maxBytes: number): string | undefined =>
  decodeUtf8(reader.varBytes(maxBytes))

/** Without a name it would be what is left of a topic that was cut. */
const readRoom = (reader: Reader): ControlBody | undefined => {
  const room = readRoomId(reader)
  const name = readText(reader, maxNameBytes)
  return name === undefined || name === '' ? undefined : { kind: entryKinds.room, room, name }
}

/** More than a name, which whoever knows names only takes for malformed and passes over. */
const readTopic = (reader: Reader): ControlBody | undefined => {
  const room = readRoomId(reader)
  reader.varBytes(noName.length)
  const topic = readText(reader, maxTopicBytes)
  return topic === undefined ? undefined : { kind: entryKinds.room, room, topic }
}

const readProfile = (reader: Reader): ControlBody | undefined => {
  const name = readText(reader, maxNameBytes)
  const status = readText(reader, maxStatusBytes)
  const picture = reader.varBytes(profileLimits.maxPictureBytes)
  if (name === undefined || status === undefined) return undefined
  return { kind: entryKinds.profile, name, status, picture }
}
