import { KiB, seconds } from './units.ts'

/** How far people have read, and what they let others know of themselves (R1–R4). */
export const readingLimits = {
  /** Marks in one message, and places in one mark that were read later than what stands around them. */
  maxMarks: 256,
  maxLate: 32,
  maxMessageBytes: 64 * KiB,
  /** Messages one device may send about it, and a burst of them. */
  messagesPerSecond: 4,
  messageBurst: 120,
  /** How long a device waits for more to be read before it tells. */
  tellAfterMs: 300,
  /** Messages kept of a device of which is not known yet whose it is. */
  maxEarly: 4,
  /** How long it waits, where more rooms or devices have become known, for still more, before all is told again. */
  growthAfterMs: 2 * seconds,
  /** Unread messages counted in one room: one more than is shown. */
  maxCounted: 100,
  /** How long what has changed waits for more before rooms are counted anew. */
  countAfterMs: 50,
  /** Rows of which the last thing said is looked for. */
  latestRows: 8,
  /** When somebody was last here is told to this. */
  lastSeenGrainMs: 60 * seconds,
} as const

/** When a person is told that history is being fetched. */
export const historyLimits = {
  /** What takes less, or brings fewer, is the ordinary course of things. */
  momentMs: 1_500,
  fewMessages: 100,
  toldEveryMs: 500,
  /** How long nothing more is wanted before it is over: what comes over a gap in the mesh comes page by page. */
  lingerMs: 2 * seconds,
  /** How long nothing comes, though more is wanted. */
  silentMs: 10 * seconds,
} as const
