import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { callLimits, logLimits } from '../../../shared/limits.ts'
import type { CallId } from '../call/words.ts'

/** What became of a call, for the room (C6). Their places are on the wire: only add. `empty`: it called nobody, and nobody came. */
export const callOutcomes = ['answered', 'missed', 'declined', 'busy', 'empty'] as const
export type CallOutcome = (typeof callOutcomes)[number]

export interface CallSummary {
  id: CallId
  /** Ids under which it was placed as well, before two calls became this one: at most `callLimits.maxAliases`. */
  aliases: readonly CallId[]
  /** Who placed it. */
  by: AccountId
  startedAtMs: number
  /** 0 where nobody came. */
  durationMs: number
  outcome: CallOutcome
  /** Somebody's camera or screen was on. */
  hadVideo: boolean
  /** Who was in it, without double. */
  tookPart: readonly AccountId[]
  /** Whom it rang. */
  called: readonly AccountId[]
}

const version = 1
const callIdBytes = 16
const accountIdBytes = 32

/** The body of a call's entry. */
export const encodeCallSummary = (summary: CallSummary): Bytes => {
  const encoder = encoding.createEncoder()
  const writeIds = (ids: readonly string[], length: number) => {
    encoding.writeVarUint(encoder, ids.length)
    for (const id of ids) encoding.writeUint8Array(encoder, fromBase64Url(id) ?? new Uint8Array(length))
  }
  encoding.writeUint8(encoder, version)
  writeIds([summary.id, ...summary.aliases], callIdBytes)
  writeIds([summary.by], accountIdBytes)
  encoding.writeVarUint(encoder, summary.startedAtMs)
  encoding.writeVarUint(encoder, summary.durationMs)
  encoding.writeUint8(encoder, callOutcomes.indexOf(summary.outcome))
  encoding.writeUint8(encoder, summary.hadVideo ? 1 : 0)
  writeIds(summary.tookPart, accountIdBytes)
  writeIds(summary.called, accountIdBytes)
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but a whole body within the limits, and where there is none. */
export const parseCallSummary = (body: Bytes | undefined): CallSummary | undefined =>
  body && decodeWith(body, readSummary)

const readSummary = (reader: Reader): CallSummary | undefined => {
  if (reader.uint8() !== version) return undefined
  const accounts = (max: number) =>
    reader.list(max, () => toBase64Url(reader.bytes(accountIdBytes)) as AccountId)
  const [id, ...aliases] = reader.list(
    callLimits.maxAliases + 1,
    () => toBase64Url(reader.bytes(callIdBytes)) as CallId,
  )
  const [by] = accounts(1)
  const startedAtMs = reader.varUint(logLimits.maxClockMs)
  const durationMs = reader.varUint(callLimits.maxDurationMs)
  const outcome = callOutcomes[reader.uint8()]
  const hadVideo = reader.uint8() === 1
  const tookPart = accounts(callLimits.maxCalled)
  const called = accounts(callLimits.maxCalled)
  if (id === undefined || by === undefined || outcome === undefined) return undefined
  return { id, aliases, by, startedAtMs, durationMs, outcome, hadVideo, tookPart, called }
}
