import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'

/** What is said about who belongs to a private group (G2, G6). In the clear towards whoever carries its log (E5). */
export interface GroupChange {
  type: 'add' | 'remove' | 'makeAdmin' | 'makeMember' | 'leave' | 'cut'
  account: AccountId
  /** How much of this account's devices counts, once they are out or no admin any more; nothing of those that are not listed. */
  cuts: readonly DeviceCut[]
}

export interface DeviceCut {
  device: DeviceId
  /** Of what it wrote about the group. */
  control: number
  /** Of what it wrote in the room, page by page. */
  pages: readonly { page: number; length: number }[]
}

const codes = { add: 1, remove: 2, makeAdmin: 3, makeMember: 4, leave: 5, cut: 6 } as const
const typeOf = new Map(Object.entries(codes).map(([type, code]) => [code, type as GroupChange['type']]))
const idBytes = 32

const bytesOf = (id: string): Bytes => fromBase64Url(id) ?? new Uint8Array(idBytes)

export const encodeGroupChange = ({ type, account, cuts }: GroupChange): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, codes[type])
  encoding.writeUint8Array(encoder, bytesOf(account))
  encoding.writeVarUint(encoder, cuts.length)
  for (const { device, control, pages } of cuts) {
    encoding.writeUint8Array(encoder, bytesOf(device))
    encoding.writeVarUint(encoder, control)
    encoding.writeVarUint(encoder, pages.length)
    for (const { page, length } of pages) {
      encoding.writeVarUint(encoder, page)
      encoding.writeVarUint(encoder, length)
    }
  }
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but a whole change. */
export const parseGroupChange = (bytes: Uint8Array): GroupChange | undefined =>
  decodeWith(bytes, (reader) => {
    const type = typeOf.get(reader.uint8() as (typeof codes)[GroupChange['type']])
    const account = toBase64Url(reader.bytes(idBytes)) as AccountId
    const cuts = reader.list(logLimits.maxFeedsPerPage, () => ({
      device: toBase64Url(reader.bytes(idBytes)) as DeviceId,
      control: reader.varUint(logLimits.maxEntriesPerFeed),
      pages: reader.list(logLimits.maxPagesPerDigest, () => ({
        page: reader.varUint(logLimits.maxPageNumber),
        length: reader.varUint(logLimits.maxEntriesPerFeed),
      })),
    }))
    return type && { type, account, cuts }
  })
