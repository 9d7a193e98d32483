import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { callLimits, logLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'
import { ways, callStates, phases, sounds } from './words.ts'
import type { CallId, CallMessage, PresentStay, Sending } from './words.ts'

/**
 * What two devices say about calls on the control channel (C2). The Link has proved who speaks, and a device speaks for itself only, so
 * nothing here is signed again. The first byte tells these messages from whatever else goes over that channel.
 */
export const callFamily = 1
const types = { presence: 1, left: 2, decline: 3, reaction: 4, tiles: 5, quality: 6 } as const
const reasons = ['declined', 'busy'] as const
const callIdBytes = 16
const roomIdBytes = 16
const accountIdBytes = 32
const maxSequence = logLimits.maxClockMs
const cameraMark = 1
const screenMark = 2
const handMark = 4

export const encodeCallMessage = (message: CallMessage): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, callFamily)
  encoding.writeUint8(encoder, types[message.type])
  switch (message.type) {
    case 'presence':
      encoding.writeVarUint(encoder, message.sequence)
      writeStay(encoder, message.stay)
      break
    case 'left':
      encoding.writeVarUint(encoder, message.sequence)
      writeId(encoder, message.call, callIdBytes)
      encoding.writeUint8(encoder, message.hasWritten ? 1 : 0)
      break
    case 'decline':
      writeId(encoder, message.call, callIdBytes)
      encoding.writeUint8(encoder, reasons.indexOf(message.reason))
      encoding.writeVarUint8Array(encoder, encodeUtf8(message.text))
      break
    case 'reaction':
      encoding.writeVarUint8Array(encoder, encodeUtf8(message.emoji))
      break
    case 'tiles':
      encoding.writeVarUint(encoder, message.camera)
      encoding.writeVarUint(encoder, message.screen)
      break
    case 'quality':
      encoding.writeVarUint(encoder, message.rttMs)
      encoding.writeVarUint(encoder, message.lossPerMille)
      break
  }
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but one whole message within the limits. */
export const parseCallMessage = (bytes: Uint8Array): CallMessage | undefined =>
  bytes.length > callLimits.maxMessageBytes ? undefined : decodeWith(bytes, read)

const writeId = (encoder: encoding.Encoder, id: string, length: number) =>
  encoding.writeUint8Array(encoder, fromBase64Url(id) ?? new Uint8Array(length))

const writeStay = (encoder: encoding.Encoder, stay: PresentStay) => {
  const { call, sending } = stay
  writeId(encoder, call.id, callIdBytes)
  writeId(encoder, call.room, roomIdBytes)
  encoding.writeVarUint(encoder, call.startedAtMs)
  writeId(encoder, call.by, accountIdBytes)
  encoding.writeUint8(encoder, phases.indexOf(stay.phase))
  encoding.writeUint8(encoder, ways.indexOf(stay.entered))
  encoding.writeVarUint(encoder, stay.enteredAtMs)
  encoding.writeUint8(encoder, sounds.indexOf(sending.audio))
  const marks =
    (sending.camera ? cameraMark : 0) | (sending.screen ? screenMark : 0) | (sending.hand ? handMark : 0)
  encoding.writeUint8(encoder, marks)
  encoding.writeVarUint(encoder, stay.called.length)
  for (const { account, state } of stay.called) {
    writeId(encoder, account, accountIdBytes)
    encoding.writeUint8(encoder, callStates.indexOf(state))
  }
}

const read = (reader: Reader): CallMessage | undefined => {
  if (reader.uint8() !== callFamily) return undefined
  switch (reader.uint8()) {
    case types.presence: {
      const sequence = reader.varUint(maxSequence)
      const stay = readStay(reader)
      return stay && { type: 'presence', sequence, stay }
    }
    case types.left: {
      const sequence = reader.varUint(maxSequence)
      return { type: 'left', sequence, call: readCallId(reader), hasWritten: reader.uint8() === 1 }
    }
    case types.decline: {
      const call = readCallId(reader)
      const reason = reasons[reader.uint8()]
      const text = decodeUtf8(reader.varBytes(callLimits.maxDeclineTextBytes))
      return reason && text !== undefined ? { type: 'decline', call, reason, text } : undefined
    }
    case types.reaction: {
      const emoji = decodeUtf8(reader.varBytes(callLimits.maxReactionBytes))
      return emoji === undefined || emoji === '' ? undefined : { type: 'reaction', emoji }
    }
    case types.tiles: {
      const height = () => reader.varUint(callLimits.maxTileHeight)
      return { type: 'tiles', camera: height(), screen: height() }
    }
    case types.quality: {
      const rttMs = reader.varUint(callLimits.maxReportedRttMs)
      return { type: 'quality', rttMs, lossPerMille: reader.varUint(1_000) }
    }
    default:
      return undefined
  }
}

const readCallId = (reader: Reader): CallId => toBase64Url(reader.bytes(callIdBytes)) as CallId
const readAccount = (reader: Reader): AccountId => toBase64Url(reader.bytes(accountIdBytes)) as AccountId

const readStay = (reader: Reader): PresentStay | undefined => {
  const call = {
    id: readCallId(reader),
    room: toBase64Url(reader.bytes(roomIdBytes)) as LogId,
    startedAtMs: reader.varUint(logLimits.maxClockMs),
    by: readAccount(reader),
  }
  const phase = phases[reader.uint8()]
  const entered = ways[reader.uint8()]
  const enteredAtMs = reader.varUint(logLimits.maxClockMs)
  const sending = readSending(reader)
  const called = reader.list(callLimits.maxCalled, () => ({
    account: readAccount(reader),
    state: callStates[reader.uint8()] ?? ('missed' as const),
  }))
  return phase && entered && sending && { call, phase, entered, enteredAtMs, called, sending }
}

const readSending = (reader: Reader): Sending | undefined => {
  const audio = sounds[reader.uint8()]
  const marks = reader.uint8()
  return (
    audio && {
      audio,
      camera: (marks & cameraMark) !== 0,
      screen: (marks & screenMark) !== 0,
      hand: (marks & handMark) !== 0,
    }
  )
}
