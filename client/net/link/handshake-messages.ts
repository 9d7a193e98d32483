import { accountLimits, linkLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { concatBytes, equalBytes, type Bytes } from '../../../shared/crypto/bytes.ts'

/** L2: what two devices say to each other before the Link is open. Each is one frame: a kind, then fields; the last of a proof may vary. */
export const linkVersion = 1

const kinds = { hello: 1, proof: 2, accept: 3, refuse: 4 } as const
const publicKeyBytes = 32
const signatureBytes = 64
export const nonceBytes = 32

export type HandshakeMessage =
  | { type: 'hello'; publicKey: Bytes; nonce: Bytes }
  | { type: 'proof'; signature: Bytes; credential: Bytes }
  /** I have checked your proof: the Link is open as far as I am concerned. */
  | { type: 'accept' }
  | { type: 'refuse'; refusal: Refusal }

/** What a device may be told of why it was refused, in the order of their codes. Append only. */
export const refusals = [
  'illFormed',
  'wrongVersion',
  'ownKeyReflected',
  'badKey',
  'unexpectedDevice',
  'outOfTurn',
  'wrongProof',
  'notOfThisFamily',
  'timedOut',
  'failed',
  'revoked',
] as const
export type Refusal = (typeof refusals)[number]

export type HandshakeMessageProblem = { type: 'illFormed' } | { type: 'wrongVersion'; theirs: number }

export const encodeHandshakeMessage = (message: HandshakeMessage): Bytes => {
  switch (message.type) {
    case 'hello':
      return concatBytes(Uint8Array.of(kinds.hello, linkVersion), message.publicKey, message.nonce)
    case 'proof':
      return concatBytes(
        Uint8Array.of(kinds.proof),
        message.signature,
        lengthOf(message.credential),
        message.credential,
      )
    case 'accept':
      return Uint8Array.of(kinds.accept)
    case 'refuse':
      return Uint8Array.of(kinds.refuse, refusals.indexOf(message.refusal))
  }
}

/** Two bytes, the higher first. */
const lengthOf = (bytes: Bytes): Bytes => Uint8Array.of(bytes.length >> 8, bytes.length & 0xff)

const illFormed = fail({ type: 'illFormed' } as const)

const parseHello = (bytes: Bytes): Result<HandshakeMessage, HandshakeMessageProblem> => {
  const theirs = bytes[1]
  if (theirs === undefined) return illFormed
  // Before the length: another version's hello may well have another.
  if (theirs !== linkVersion) return fail({ type: 'wrongVersion', theirs })
  if (bytes.length !== 2 + publicKeyBytes + nonceBytes) return illFormed
  const nonceAt = 2 + publicKeyBytes
  return ok({ type: 'hello', publicKey: bytes.slice(2, nonceAt), nonce: bytes.slice(nonceAt) })
}

/** Parses one handshake frame: length before content, nothing left over. */
export const parseHandshakeMessage = (bytes: Bytes): Result<HandshakeMessage, HandshakeMessageProblem> => {
  if (bytes.length > linkLimits.maxHandshakeBytes) return illFormed
  switch (bytes[0]) {
    case kinds.hello:
      return parseHello(bytes)
    case kinds.proof: {
      const lengthAt = 1 + signatureBytes
      const credential = bytes.slice(lengthAt + 2)
      const isWhole =
        bytes.length > lengthAt + 2 && equalBytes(lengthOf(credential), bytes.slice(lengthAt, lengthAt + 2))
      if (!isWhole || credential.length > accountLimits.maxCredentialBytes) return illFormed
      return ok({ type: 'proof', signature: bytes.slice(1, lengthAt), credential })
    }
    case kinds.accept:
      return bytes.length === 1 ? ok({ type: 'accept' }) : illFormed
    case kinds.refuse: {
      const refusal = refusals[bytes[1] ?? refusals.length]
      return bytes.length === 2 && refusal !== undefined ? ok({ type: 'refuse', refusal }) : illFormed
    }
    case undefined:
    default:
      return illFormed
  }
}
