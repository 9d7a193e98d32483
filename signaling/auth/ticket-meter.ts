import { networkOf } from '../attempts.ts'
import { createBucket, takeToken, waitForToken, type TokenBucket } from '../token-bucket.ts'

/**
 * How many tickets an address may ask for that has proved nothing yet: each is a row on the disk. A valve of this node's own, like
 * that of a socket's messages (S5); guessing is counted elsewhere, for all nodes (A6).
 */
export interface TicketMeter {
  /** Takes one; answers how many milliseconds to wait where there is none. */
  take(address: string): number
}

export interface TicketMeterOptions {
  limits: { ticketsPerSecond: number; ticketBurst: number }
  now: () => number
}

/** Addresses remembered; beyond it the one that asked longest ago is forgotten. */
const maxAddresses = 10_000

export const createTicketMeter = ({ limits, now }: TicketMeterOptions): TicketMeter => {
  const size = { perSecond: limits.ticketsPerSecond, burst: limits.ticketBurst }
  const buckets = new Map<string, TokenBucket>()
  return {
    take(address) {
      const network = networkOf(address)
      const bucket = buckets.get(network) ?? createBucket(size, now())
      // Set anew, so that the map stays in the order of the last asking.
      buckets.delete(network)
      buckets.set(network, bucket)
      const [oldest] = buckets.keys()
      if (buckets.size > maxAddresses && oldest !== undefined) buckets.delete(oldest)
      return takeToken(bucket, size, now()) ? 0 : waitForToken(bucket, size, now())
    },
  }
}
