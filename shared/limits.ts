/** Every size, count and timeout of the protocol, once. Rules are named in shared/PROTOCOL.md. */

const KiB = 1024
const MiB = 1024 * KiB
const seconds = 1000

/** What the server takes from a socket (S5, S6). */
export const socketLimits = {
  maxFrameBytes: 64 * KiB,
  maxTopics: 64,
  maxSocketsPerDevice: 8,
  messagesPerSecond: 30,
  messageBurst: 200,
  maxUnsentBytes: 1 * MiB,
  pingIntervalMs: 30 * seconds,
  pingJitterMs: 5 * seconds,
  missedPingsAllowed: 2,
  maxBoxChars: 60_000,
  /** How long a device waits for a pong before it takes the socket for dead. */
  pongTimeoutMs: 10 * seconds,
  /** After a restart of the server the devices come back spread over this time (S7). */
  restartSpreadMs: 5 * seconds,
} as const

/** What the server takes over HTTP (A3, A6). */
export const httpLimits = {
  maxBodyBytes: 16 * KiB,
  maxUrlChars: 2_048,
  headersTimeoutMs: 10 * seconds,
  requestTimeoutMs: 20 * seconds,
  /** Wrong links an address may try before it has to wait. */
  admissionsPerMinute: 20,
  maxSessions: 1_000,
  sessionLifetimeMs: 30 * 24 * 60 * 60 * seconds,
} as const

/** What one device takes from another over a Link (L1, L4–L7). */
export const linkLimits = {
  maxFrameBytes: 16 * KiB,
  maxMessageBytes: 16 * MiB,
  /** Handshake messages are small; anything larger is somebody else's protocol. */
  maxHandshakeBytes: 512,
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

/** Introductions carried sealed through the server (S4). */
export const introductionLimits = {
  maxBoxBytes: 45_000,
  remembered: 4_096,
  maxSdpChars: 40_000,
  maxCandidateChars: 1_024,
} as const

/** What one device takes from another about the family document and about this moment. */
export const familyLimits = {
  maxAwarenessBytes: 32 * KiB,
  maxLinkedTo: 1_000,
  maxStateVectorBytes: 256 * KiB,
  /** Messages of one Link that may wait for the gate. */
  maxWaitingBytes: 32 * MiB,
  /** Refused messages after which a Link is closed. */
  maxRefusals: 3,
} as const

/** Entries, pages and what one sync message may ask (E6, P1, P3, Y2). */
export const logLimits = {
  maxEntryBytes: 64 * KiB,
  maxTextBytes: 16 * KiB,
  messagesPerPage: 4_096,
  maxPageNumber: 1_048_576,
  maxUpdateBytes: 8 * MiB,
  maxFeedsPerPage: 1_024,
  /** Devices that were apart may fill one page side by side, so a page can outgrow `messagesPerPage`; a feed may not go on for ever. */
  maxEntriesPerFeed: 65_536,
  maxEpochBytes: 32,
  maxNonceBytes: 12,
  maxClockCounter: 65_535,
  maxClockMs: 2 ** 47,
  /** What is missing travels in slices of about this size, so that a cut costs little and chat passes between them. */
  syncSliceBytes: 256 * KiB,
  /** How much one question brings at most, and how many questions wait for their answer on one Link at once (L5). */
  syncAnswerBytes: 4 * MiB,
  syncQuestions: 4,
  /** Refused updates after which a Link is closed: an honest device makes none (P3). */
  refusalsTolerated: 3,
  /** Pages of a room kept in memory at once. */
  maxOpenPages: 24,
  maxLogsPerDigest: 10_000,
  maxPagesPerDigest: 4_096,
  antiEntropyMs: 30 * seconds,
  /** A time further ahead of ours than this is shown as the time of arrival (E4). */
  maxClockLeadMs: 2 * 60 * seconds,
} as const

/** Names of people and rooms, in characters as people count them. */
export const nameLimits = { maxPersonName: 40, maxRoomName: 40, maxRooms: 1_000 } as const

export const typingLimits = { shownForMs: 5 * seconds, announceEveryMs: 2 * seconds } as const

/** How one device keeps its pages, and hands them from tab to tab (P1, P5, P7). */
export const storeLimits = {
  /** A page with more rows than this in its journal is merged into its snapshot. */
  journalRows: 200,
  /** Journal and index rows that share one transaction, so that an own entry never waits for a whole first sync. */
  rowsPerTransaction: 4_096,
  bytesPerTransaction: 4 * MiB,
  takeOverWaitMs: 3 * seconds,
} as const
