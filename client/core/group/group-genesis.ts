import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'

/** How a private room or a direct conversation began. Its hash is the group's id (G1). */
export type GroupGenesis =
  | {
      type: 'room'
      group: LogId
      /** The log of what is said there. */
      content: LogId
      creator: AccountId
      createdAt: number
      history: 'all' | 'fromJoining'
      bytes: Bytes
    }
  | {
      type: 'direct'
      group: LogId
      content: LogId
      /** In the order of their ids, so that both sides make the same. */
      accounts: readonly [AccountId, AccountId]
      bytes: Bytes
    }

const version = 1
const types = { room: 1, direct: 2 } as const
const idBytes = 32
const logIdBytes = 16
const nonceBytes = 16
const label = encodeUtf8('hearth/v1/group')

const hashToLog = async (...parts: readonly Uint8Array[]): Promise<LogId> =>
  toBase64Url((await sha256(concatBytes(...parts))).slice(0, logIdBytes)) as LogId

const logsOf = async (bytes: Bytes): Promise<{ group: LogId; content: LogId }> => {
  const group = await hashToLog(label, bytes)
  return { group, content: await hashToLog(encodeUtf8(`hearth/v1/group-content${group}`)) }
}

const bytesOf = (id: string, count: number): Bytes => fromBase64Url(id) ?? new Uint8Array(count)

const begin = (type: keyof typeof types, family: LogId): encoding.Encoder => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, version)
  encoding.writeUint8(encoder, types[type])
  encoding.writeUint8Array(encoder, bytesOf(family, logIdBytes))
  return encoder
}

/** A private room's genesis, which its creator's device then writes as the first entry of the group's log. */
export const makeRoomGenesis = (
  family: LogId,
  fields: { creator: AccountId; createdAt: number; history: 'all' | 'fromJoining'; nonce: Bytes },
): Bytes => {
  const encoder = begin('room', family)
  encoding.writeUint8Array(encoder, bytesOf(fields.creator, idBytes))
  encoding.writeVarUint(encoder, fields.createdAt)
  encoding.writeUint8(encoder, fields.history === 'all' ? 0 : 1)
  encoding.writeUint8Array(encoder, fields.nonce)
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but the whole genesis of a private room of this family. */
export const readRoomGenesis = async (
  family: LogId,
  bytes: Uint8Array,
): Promise<Extract<GroupGenesis, { type: 'room' }> | undefined> => {
  const parsed = decodeWith(bytes, (reader) => {
    const isRoom = reader.uint8() === version && reader.uint8() === types.room
    const ofFamily = toBase64Url(reader.bytes(logIdBytes)) as LogId
    const creator = toBase64Url(reader.bytes(idBytes)) as AccountId
    const createdAt = reader.varUint(logLimits.maxClockMs)
    const history = reader.uint8()
    reader.bytes(nonceBytes)
    if (!isRoom || ofFamily !== family || history > 1) return undefined
    return { creator, createdAt, history: history === 0 ? ('all' as const) : ('fromJoining' as const) }
  })
  const copied = copyBytes(bytes)
  return parsed && { type: 'room', ...parsed, ...(await logsOf(copied)), bytes: copied }
}

/** The conversation of two, which follows from who they are. */
export const directGenesis = async (
  family: LogId,
  one: AccountId,
  other: AccountId,
): Promise<Extract<GroupGenesis, { type: 'direct' }>> => {
  const accounts = one < other ? ([one, other] as const) : ([other, one] as const)
  const encoder = begin('direct', family)
  for (const account of accounts) encoding.writeUint8Array(encoder, bytesOf(account, idBytes))
  const bytes = copyBytes(encoding.toUint8Array(encoder))
  return { type: 'direct', accounts, ...(await logsOf(bytes)), bytes }
}
