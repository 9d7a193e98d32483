import { KiB, MiB, seconds } from './units.ts'

/** Introductions carried sealed through the server (S4). */
export const introductionLimits = {
  maxBoxBytes: 45_000,
  remembered: 4_096,
  maxSdpChars: 40_000,
  maxCandidateChars: 1_024,
} as const

/** What one device takes from another over a Link (L1, L4–L7). */
export const linkLimits = {
  maxFrameBytes: 16 * KiB,
  maxMessageBytes: 16 * MiB,
  /** Handshake messages are small; anything larger is somebody else's protocol. */
  maxHandshakeBytes: 9 * KiB,
  initialBufferedBytes: 64 * KiB,
  maxBufferedBytes: 1 * MiB,
  /** What may wait unsent in one Link before it counts as stuck. */
  maxQueuedBytes: 64 * MiB,
  /** What may wait in one Link for somebody to listen. */
  maxUnheardBytes: 32 * MiB,
  /** What a waiting message counts beyond its bytes, so that a flood of empty ones has its end too. */
  bookkeepingBytes: 64,
  openTimeoutMs: 15 * seconds,
  pingIntervalMs: 5 * seconds,
  iceRestartAfterMs: 2 * seconds,
  deadAfterMs: 15 * seconds,
  redialMinMs: 500,
  redialMaxMs: 30 * seconds,
} as const
