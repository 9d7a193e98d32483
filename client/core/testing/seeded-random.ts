import type { Random } from '../ports.ts'

export interface SeededRandom extends Random {
  /** An integer from 0 to `limit - 1`. */
  below(limit: number): number
}

/** Randomness that a test can repeat: mulberry32 from `seed`. Worth nothing as a secret. */
export const createSeededRandom = (seed: number): SeededRandom => {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return {
    bytes(count) {
      const bytes = new Uint8Array(count)
      for (let i = 0; i < count; i++) bytes[i] = next()
      return bytes
    },
    below: (limit) => next() % limit,
  }
}
