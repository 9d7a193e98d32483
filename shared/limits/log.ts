import { KiB, MiB, seconds, days } from './units.ts'

/** Entries, pages and what one sync message may ask (E6, P1, P3, Y2). */
export const logLimits = {
  maxEntryBytes: 64 * KiB,
  maxTextBytes: 16 * KiB,
  messagesPerPage: 4_096,
  maxPageNumber: 2 ** 31,
  /** A page further ahead of what is here is somebody's mischief: it would use numbers up. Enough for a newcomer to begin with the newest (Y5). */
  maxPageLead: 512,
  maxUpdateBytes: 8 * MiB,
  maxFeedsPerPage: 1_024,
  /** Devices that were apart may fill one page side by side, so a page can outgrow `messagesPerPage`; a feed may not go on for ever. */
  maxEntriesPerFeed: 65_536,
  maxClockCounter: 65_535,
  maxClockMs: 2 ** 47,
  /**
   * What is missing travels in slices of about this size, so that a cut costs little, chat passes between them, and no slice keeps the
   * screen still: Chromium does WebCrypto's work on the thread that asks (`npm run bench -- seal`).
   */
  syncSliceBytes: 24 * KiB,
  /** How much one question brings at most, and how many questions wait for their answer on one Link at once (L5). */
  syncAnswerBytes: 4 * MiB,
  syncQuestions: 4,
  /** Refused updates after which a Link is closed: an honest device makes none (P3). */
  refusalsTolerated: 3,
  /** Of what an honest device may only be carrying: so many at once, and one more after each such time. */
  carriedTolerated: 20,
  carriedForgivenMs: 10 * seconds,
  /** P6: two headers, and at most one body. */
  maxForkProofBytes: 66 * KiB,
  /** What of forks one Link may make this device look into: so many at once, and one more after each such time. */
  forksAtOnce: 16,
  forkForgivenMs: 2 * seconds,
  /** How long one feed of a page is not traced again on the same Link. */
  traceEveryMs: 10 * seconds,
  /** Pages of a room kept in memory at once. */
  maxOpenPages: 24,
  /** What may wait on one Link to be judged: what honest devices ask for comes to half of it at most. */
  maxWaitingBytes: 40 * MiB,
  maxLogsPerDigest: 10_000,
  maxPagesPerDigest: 4_096,
  antiEntropyMs: 30 * seconds,
  /** How many comparisons a question may outlast while its answer is coming: all that one link is asked at once, at half a megabit. */
  maxComparisonsAsked: 10,
  /** Entries that one erase entry names (P4), and bodies that one question asks back. */
  maxEraseTargets: 256,
  maxMissedAsked: 1_024,
  /** A time further ahead of ours than this is shown as the time of arrival (E4). */
  maxClockLeadMs: 2 * 60 * seconds,
} as const

/** Groups and their keys (G3–G5). */
export const groupLimits = {
  /** Devices and identities that one rekey wraps an epoch to; as many as fit into an entry. */
  maxRecipients: 640,
  /** Epochs that nobody had linked yet and that one rekey links. */
  maxLinkedEpochs: 64,
  /** Secrets that a welcome brings along. */
  maxGivenEpochs: 64,
  /** Private rooms and conversations that a device follows. */
  maxGroups: 2_000,
  epochMs: 30 * days,
  /** How long a device waits for another to make the epoch that all are short of. */
  rekeySpreadMs: 2 * seconds,
  /** The same of the device whose turn it is: several may come at once. */
  rekeyGatherMs: 20,
  /** The same, for saying what of somebody who left still counts. */
  cutSpreadMs: 1 * seconds,
} as const

/** How long a room is kept, by its setting, and how exactly (P8). */
export const retentionLimits = {
  week: 7 * days,
  month: 30 * days,
  year: 365 * days,
  /** When a device first looks for what is over, and how often from then on. */
  firstSweepMs: 5 * seconds,
  sweepEveryMs: 6 * 60 * 60 * seconds,
  /** Rows of the index that one step of that looks at. */
  sweepRows: 512,
  /** What another device has let go this much before it is over by our clock is not missed. */
  clockSlackMs: 1 * days,
  /** Of a dropped page: states of it that are not asked for again. */
  maxDroppedDigests: 8,
} as const
