import { isIPv6 } from 'node:net'
import { createBucket, takeToken, waitForToken, type TokenBucket } from './token-bucket.ts'

/** Counts wrong links by address, so that guessing costs time (A6). */
export interface Attempts {
  /** Milliseconds this address has to wait before it may try again; 0 when it may. */
  waitMs(address: string): number
  failed(address: string): void
}

/** Addresses remembered; beyond it the one that failed longest ago is forgotten. */
const maxAddresses = 10_000

export const createAttempts = (perMinute: number, now: () => number): Attempts => {
  const size = { perSecond: perMinute / 60, burst: perMinute }
  const buckets = new Map<string, TokenBucket>()
  return {
    waitMs: (address) => {
      const bucket = buckets.get(networkOf(address))
      return bucket ? waitForToken(bucket, size, now()) : 0
    },
    failed: (address) => {
      const network = networkOf(address)
      const bucket = buckets.get(network) ?? createBucket(size, now())
      takeToken(bucket, size, now())
      // Set anew, so that the map stays in the order of the last failure.
      buckets.delete(network)
      buckets.set(network, bucket)
      if (buckets.size <= maxAddresses) return
      const [oldest] = buckets.keys()
      if (oldest !== undefined) buckets.delete(oldest)
    },
  }
}

/** One household has a whole /64 of IPv6 to try from, so that is what counts as an address. */
export const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = (plain.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')
}
