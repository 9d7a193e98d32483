import * as v from 'valibot'
import type { DeviceId } from '../../shared/identifiers.ts'
import { introductionLimits, socketLimits } from '../../shared/limits.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SealingKey } from '../core/crypto/aes-gcm.ts'
import { fromBase64Url, toBase64Url } from '../../shared/crypto/base64url.ts'
import { concatBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import type { Random } from '../core/ports.ts'
import {
  introductionSchema,
  type Introduction,
  type IntroductionPayload,
  type Instance,
} from './introduction-payload.ts'
import { createReplayGuard } from './replay-guard.ts'

/**
 * Sealed introductions (S4). What makes one fresh is not the time: tablets in a family are wrong by a day. It is names
 * that were never used before:
 * - every page load has a random `instance`. Whatever speaks of a connection names the instance it is meant for, so a
 *   box recorded before this page was loaded opens for nobody;
 * - every instance counts its boxes, and only a higher count than the last is taken, so within a page load each box
 *   works once, and one that was held back is void as soon as a later one has come;
 * - an offer answers an `ask` that its receiver has made and not yet given up (dialing.ts), and all else belongs to a
 *   connection still being opened or open: what is older than these is refused by the receiver's own timers.
 * Only `hello` and `dial-me`, the first words, can come without naming the receiver's instance. An old one
 * causes one vain attempt beside a Link, never instead of it.
 */
export interface Introductions {
  /** `toInstance` is the page load of `to` that is meant; undefined while it is not known. */
  seal(to: DeviceId, toInstance: Instance | undefined, payload: IntroductionPayload): Promise<string>
  open(from: DeviceId, box: string): Promise<Result<Opened, IntroductionProblem>>
}

export interface Opened {
  from: DeviceId
  instance: Instance
  payload: IntroductionPayload
}

export interface IntroductionProblem {
  type: 'tooLarge' | 'notSealedForUs' | 'malformed' | 'forAnotherInstance' | 'replayed'
}

export interface IntroductionsOptions {
  device: DeviceId
  instance: Instance
  key: SealingKey
  random: Random
}

const nonceBytes = 12

/** Who writes to whom is bound to the box, so that the server cannot hand it on as somebody else's. */
const bindSides = (from: DeviceId, to: DeviceId): Bytes => encodeUtf8(`hearth/v1/introduction ${from} ${to}`)

const parseIntroduction = (plaintext: Bytes): Introduction | undefined => {
  const text = decodeUtf8(plaintext)
  if (text === undefined) return undefined
  try {
    const parsed = v.safeParse(introductionSchema, JSON.parse(text))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

const isFirstWord = ({ type }: IntroductionPayload): boolean => type === 'hello' || type === 'dial-me'

export const createIntroductions = ({
  device,
  instance,
  key,
  random,
}: IntroductionsOptions): Introductions => {
  const replays = createReplayGuard(introductionLimits.remembered)
  let counter = 0

  return {
    async seal(to, toInstance, payload) {
      const introduction: Introduction = { instance, toInstance, counter: ++counter, payload }
      const nonce = random.bytes(nonceBytes)
      const plaintext = encodeUtf8(JSON.stringify(introduction))
      const sealed = await key.seal(plaintext, { nonce, additionalData: bindSides(device, to) })
      return toBase64Url(concatBytes(nonce, sealed))
    },
    async open(from, box) {
      if (box.length > socketLimits.maxBoxChars) return fail({ type: 'tooLarge' })
      const bytes = fromBase64Url(box)
      if (bytes === undefined || bytes.length <= nonceBytes) return fail({ type: 'malformed' })
      if (bytes.length > introductionLimits.maxBoxBytes) return fail({ type: 'tooLarge' })
      const context = { nonce: bytes.slice(0, nonceBytes), additionalData: bindSides(from, device) }
      const plaintext = await key.open(bytes.slice(nonceBytes), context)
      if (plaintext === undefined) return fail({ type: 'notSealedForUs' })
      const introduction = parseIntroduction(plaintext)
      if (introduction === undefined) return fail({ type: 'malformed' })
      const { toInstance, payload } = introduction
      const isForUs = toInstance === instance || (toInstance === undefined && isFirstWord(payload))
      if (!isForUs) return fail({ type: 'forAnotherInstance' })
      if (!replays.admit(from, introduction.instance, introduction.counter)) return fail({ type: 'replayed' })
      return ok({ from, instance: introduction.instance, payload })
    },
  }
}
