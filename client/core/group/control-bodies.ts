import * as encoding from 'lib0/encoding'
import { logLimits, nameLimits } from '../../../shared/limits.ts'
import { toBase64Url, fromBase64Url } from '../crypto/base64url.ts'
import { copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../crypto/bytes.ts'
import { decodeWith, type Reader } from '../log/decoding.ts'
import { entryKinds, type EntryKind } from '../log/entry.ts'
import type { LogId } from '../ports.ts'

/** What the entries of the family document say: who is called what, and which rooms there are. */
export type ControlBody =
  | { kind: typeof entryKinds.profile; name: string }
  | { kind: typeof entryKinds.room; room: LogId; name: string }
  | { kind: typeof entryKinds.join; room: LogId }
  | { kind: typeof entryKinds.leave; room: LogId }

export const controlKinds: ReadonlySet<EntryKind> = new Set([
  entryKinds.profile,
  entryKinds.room,
  entryKinds.join,
  entryKinds.leave,
])

const roomIdBytes = 16
/** A character can take four bytes, and what people count as one can be several. */
const maxNameBytes = Math.max(nameLimits.maxPersonName, nameLimits.maxRoomName) * 32

export const encodeControlBody = (body: ControlBody): Bytes => {
  const encoder = encoding.createEncoder()
  if ('room' in body)
    encoding.writeUint8Array(encoder, fromBase64Url(body.room) ?? new Uint8Array(roomIdBytes))
  if ('name' in body) encoding.writeVarUint8Array(encoder, encodeUtf8(body.name))
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but a whole body of that kind. */
export const parseControlBody = (kind: EntryKind, bytes: Bytes): ControlBody | undefined => {
  if (bytes.length > logLimits.maxEntryBytes) return undefined
  const parsed = decodeWith(bytes, (reader): ControlBody | undefined => {
    switch (kind) {
      case entryKinds.profile:
        return withName(reader, (name) => ({ kind, name }))
      case entryKinds.room: {
        const room = readRoomId(reader)
        return withName(reader, (name) => ({ kind, room, name }))
      }
      case entryKinds.join:
      case entryKinds.leave:
        return { kind, room: readRoomId(reader) }
      case entryKinds.message:
        return undefined
    }
  })
  return parsed
}

const readRoomId = (reader: Reader): LogId => toBase64Url(reader.bytes(roomIdBytes)) as LogId

const withName = (reader: Reader, make: (name: string) => ControlBody): ControlBody | undefined => {
  const name = decodeUtf8(reader.varBytes(maxNameBytes))
  return name === undefined ? undefined : make(name)
}
