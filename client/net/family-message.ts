import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { DeviceId } from '../../shared/identifiers.ts'
import { familyLimits } from '../../shared/limits.ts'
import type { FeedId } from '../core/ports.ts'
import { parseAwarenessState } from './presence.ts'

/** The messages y-webrtc exchanges, as far as a Link lets them pass (L2). Its type 4, for other tabs, is not among them. */
export type FamilyMessage =
  | { type: 'stateVector' }
  | { type: 'wholeUpdate' | 'update'; update: Uint8Array<ArrayBuffer> }
  | { type: 'awareness' }
  | { type: 'queryAwareness' }

export interface Sender {
  device: DeviceId
  feed: FeedId
}

const messageTypes = { sync: 0, awareness: 1, queryAwareness: 3 } as const
const syncTypes = { step1: 0, step2: 1, update: 2 } as const

/** A device speaks for itself only, and `null` is its good-bye. */
const isOwnAwareness = (update: Uint8Array<ArrayBuffer>, sender: Sender): boolean => {
  const decoder = decoding.createDecoder(update)
  const count = decoding.readVarUint(decoder)
  if (count > 1) return false
  if (count === 1) {
    if (decoding.readVarUint(decoder) !== sender.feed) return false
    decoding.readVarUint(decoder) // its clock, of no concern here
    const state: unknown = JSON.parse(decoding.readVarString(decoder))
    if (state !== null && parseAwarenessState(state, sender.device) === undefined) return false
  }
  return !decoding.hasContent(decoder)
}

const readSync = (decoder: decoding.Decoder<ArrayBuffer>): FamilyMessage | undefined => {
  const type = decoding.readVarUint(decoder)
  const body = decoding.readVarUint8Array(decoder)
  switch (type) {
    case syncTypes.step1:
      if (body.length > familyLimits.maxStateVectorBytes) return undefined
      Y.decodeStateVector(body) // throws for what y-webrtc would choke on
      return { type: 'stateVector' }
    case syncTypes.step2:
      return { type: 'wholeUpdate', update: body }
    case syncTypes.update:
      return { type: 'update', update: body }
    default:
      return undefined
  }
}

const readAwareness = (decoder: decoding.Decoder<ArrayBuffer>, sender: Sender): FamilyMessage | undefined => {
  const update = decoding.readVarUint8Array(decoder)
  if (update.length > familyLimits.maxAwarenessBytes) return undefined
  return isOwnAwareness(update, sender) ? { type: 'awareness' } : undefined
}

const read = (decoder: decoding.Decoder<ArrayBuffer>, sender: Sender): FamilyMessage | undefined => {
  switch (decoding.readVarUint(decoder)) {
    case messageTypes.sync:
      return readSync(decoder)
    case messageTypes.awareness:
      return readAwareness(decoder, sender)
    case messageTypes.queryAwareness:
      return { type: 'queryAwareness' }
    default:
      return undefined
  }
}

/** What `sender` may say to y-webrtc, or undefined for anything else. */
export const parseFamilyMessage = (
  bytes: Uint8Array<ArrayBuffer>,
  sender: Sender,
): FamilyMessage | undefined => {
  try {
    const decoder = decoding.createDecoder(bytes)
    const message = read(decoder, sender)
    return decoding.hasContent(decoder) ? undefined : message
  } catch {
    return undefined // lib0, Yjs and JSON throw at whatever ends too early
  }
}

const encode = (write: (encoder: encoding.Encoder) => void): Uint8Array<ArrayBuffer> => {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

/** Asks for what `doc` lacks: sync step 1. */
export const encodeAsk = (doc: Y.Doc): Uint8Array<ArrayBuffer> =>
  encode((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.sync)
    encoding.writeVarUint(encoder, syncTypes.step1)
    encoding.writeVarUint8Array(encoder, Y.encodeStateVector(doc))
  })

export const encodeUpdate = (update: Uint8Array): Uint8Array<ArrayBuffer> =>
  encode((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.sync)
    encoding.writeVarUint(encoder, syncTypes.update)
    encoding.writeVarUint8Array(encoder, update)
  })

export const encodeAwareness = (awarenessUpdate: Uint8Array): Uint8Array<ArrayBuffer> =>
  encode((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.awareness)
    encoding.writeVarUint8Array(encoder, awarenessUpdate)
  })

/** Whether y-webrtc is about to say something about who is here. */
export const isAwareness = (message: Uint8Array): boolean => message[0] === messageTypes.awareness
