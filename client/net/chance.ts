import { toBase64Url } from '../../shared/crypto/base64url.ts'
import type { Random } from '../core/ports.ts'

/** A number from 0 up to, not including, 1. */
export const fraction = (random: Random): number => {
  const bytes = random.bytes(4)
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32
}

/** 128 random bits as 22 base64url characters: a name that nobody guesses and that never comes twice. */
export const freshName = (random: Random): string => toBase64Url(random.bytes(16))

export interface BackOff {
  minMs: number
  maxMs: number
}

/** Exponential back-off with jitter: between half and the whole of what doubles with every failure, up to a maximum. */
export const backOffMs = ({ minMs, maxMs }: BackOff, failures: number, random: Random): number => {
  const wholeMs = Math.min(maxMs, minMs * 2 ** Math.min(failures, 30))
  return Math.round(wholeMs * (0.5 + fraction(random) / 2))
}
