import { KiB, seconds, days } from './units.ts'

/** Calls: who is in one, how long it rings, and what one device takes from another about it (C1–C6). */
export const callLimits = {
  /** Devices in one call, which is a mesh (C4). */
  maxDevices: 8,
  /** C1: unanswered after this, a call is missed. */
  ringMs: 45 * seconds,
  /** C5: how long a call waits for a lost device, and for its first picture or sound. */
  reconnectMs: 30 * seconds,
  /** A device that entered this short a while ago gives way where a call turns out to be full. */
  settleMs: 10 * seconds,
  /** Accounts that one call rings. */
  maxCalled: 64,
  /** Rings from one account that are shown within `ringWindowMs`. */
  maxRings: 6,
  ringWindowMs: 5 * 60 * seconds,
  maxMessageBytes: 4 * KiB,
  maxDeclineTextBytes: 400,
  maxReactionBytes: 32,
  /** Picture lines that a tile may announce. */
  maxTileHeight: 4_320,
  maxReportedRttMs: 60 * seconds,
  /** Messages about calls that one device may send, and a burst of them; what is beyond is dropped. */
  messagesPerSecond: 10,
  messageBurst: 100,
  /** What a device remembers: calls it has answered for, missed ones, and calls it left that go on. */
  maxHandled: 64,
  maxMissed: 32,
  maxClosing: 8,
  /** Ids under which one call went before two became one. */
  maxAliases: 8,
  /** The longest call that a summary may tell of (C6). */
  maxDurationMs: 7 * days,
} as const
