import { KiB, MiB, seconds } from './units.ts'

/** What one device takes from another about the family document and about this moment. */
export const familyLimits = {
  maxAwarenessBytes: 32 * KiB,
  maxLinkedTo: 1_000,
  maxStateVectorBytes: 256 * KiB,
  /** Messages of one Link that may wait for the gate. */
  maxWaitingBytes: 32 * MiB,
  /** Refused messages after which a Link is closed. */
  maxRefusals: 3,
  /**
   * Feeds of one account in the family document (P3), its former devices' included; and how many places are kept for first devices, which
   * whoever has many cannot take.
   */
  maxFeedsOfAccount: 64,
  firstDevicePlaces: 256,
  /** Of updates that hold feeds of devices nobody here knows yet: so many at once from one device, and one more after each such time. */
  earlyTolerated: 20,
  earlyForgivenMs: 10 * seconds,
  /** Devices of which is remembered that something of theirs came early. */
  maxEarlySenders: 256,
} as const

/** What is remembered of what was refused, for whoever looks (L7, P3): kinds of refusals, the same again being counted. */
export const refusalLimits = { maxKept: 200, maxPerDevice: 20 } as const
