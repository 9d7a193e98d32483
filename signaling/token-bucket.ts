/** A token bucket as plain data (S5): holds `burst` at most, refilled by `perSecond`. */
export interface TokenBucket {
  tokens: number
  filledAt: number
}

export interface BucketSize {
  perSecond: number
  burst: number
}

export const createBucket = (size: BucketSize, now: number): TokenBucket => ({
  tokens: size.burst,
  filledAt: now,
})

const refill = (bucket: TokenBucket, size: BucketSize, now: number): void => {
  // A clock set back must not drain the bucket.
  const elapsedMs = Math.max(0, now - bucket.filledAt)
  bucket.tokens = Math.min(size.burst, bucket.tokens + (elapsedMs / 1000) * size.perSecond)
  bucket.filledAt = now
}

/** Takes one token; false when there is none. */
export const takeToken = (bucket: TokenBucket, size: BucketSize, now: number): boolean => {
  refill(bucket, size, now)
  if (bucket.tokens < 1) return false
  bucket.tokens -= 1
  return true
}

/** How long until the next token, in milliseconds; 0 when there is one. */
export const waitForToken = (bucket: TokenBucket, size: BucketSize, now: number): number => {
  refill(bucket, size, now)
  return bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) / size.perSecond) * 1000)
}
