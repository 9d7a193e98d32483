/** Every size, count and timeout of the protocol, once. Rules are named in shared/PROTOCOL.md. */

const KiB = 1024
const MiB = 1024 * KiB
const seconds = 1000
const days = 24 * 60 * 60 * seconds

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
  /** A connection that idles is kept for so long: whoever is at it need not shake hands anew at every step, nor meet one just as it is closed. */
  keepAliveTimeoutMs: 75 * seconds,
  /** How long a client waits for an answer before it says that nobody is there. */
  answerTimeoutMs: 10 * seconds,
  /** Bodies of requests that carry a welcome or an admission. */
  maxWelcomeBodyBytes: 96 * KiB,
  sessionLifetimeMs: 30 * days,
} as const

/** Accounts, devices and invitations (I3, A1–A8). */
export const accountLimits = {
  maxCertificateBytes: 512,
  maxRevocationBytes: 512,
  /** In characters as people count them. */
  maxDeviceName: 60,
  maxOpaqueBytes: 512,
  /** How long OPAQUE may take on a slow phone, its file included, and how long its worker waits for the next step. */
  opaqueAnswerMs: 60 * seconds,
  opaqueIdleMs: 2 * 60 * seconds,
  maxKeyringBytes: 12 * KiB,
  maxWelcomeBytes: 60 * KiB,
  maxAdmissionBytes: 64 * KiB,
  /** What a device shows to prove that it is of the family (L3). */
  maxCredentialBytes: 8 * KiB,
  /** How many invitations may lie between somebody and the owner. */
  maxProofStatements: 64,
  invitationMs: 3 * days,
  maxInvitationMs: 30 * days,
  maxInvitationUses: 20,
  /** Invitations that are over are told apart for this long. */
  invitationKeptMs: 30 * days,
  ticketMs: 10 * 60 * seconds,
  /** A device that was not seen for this long needs its password again. */
  deviceLifetimeMs: 365 * days,
  maxDevices: 32,
  maxAccounts: 1_000,
  minPasswordChars: 8,
  maxPasswordChars: 256,
  /** How long a new device waits to be linked, and a box for it is kept (I8). */
  linkingMs: 10 * 60 * seconds,
  linkingPollMs: 2 * seconds,
  maxLinkingBoxBytes: 64 * KiB,
} as const

/** A6: tries before a wait, which doubles with each further one up to `maxWaitMs`. */
export const tryLimits = {
  perAddress: 20,
  perAccount: 6,
  windowMs: 15 * 60 * seconds,
  firstWaitMs: 10 * seconds,
  maxWaitMs: 60 * 60 * seconds,
  /** Tickets an address may ask for without having proved anything. */
  ticketsPerSecond: 1,
  ticketBurst: 60,
} as const

/** What a member tells the family about themselves. */
export const profileLimits = { maxStatusChars: 80, maxPictureBytes: 12 * KiB, picturePixels: 128 } as const

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
  /** The same, for saying what of somebody who left still counts. */
  cutSpreadMs: 1 * seconds,
} as const

/** What is remembered of what was refused, for whoever looks (L7, P3): kinds of refusals, the same again being counted. */
export const refusalLimits = { maxKept: 200, maxPerDevice: 20 } as const

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

/** Names of people and rooms, in characters as people count them. */
export const nameLimits = {
  maxPersonName: 40,
  maxFamilyName: 40,
  maxRoomName: 40,
  maxRooms: 1_000,
  maxRoomsOfOne: 200,
} as const

/** What a message carries beside its text, and what may be said about one. */
export const messageLimits = {
  /** Fields beside the text, those of newer versions included, and each one's bytes. */
  maxFields: 16,
  maxFieldBytes: 4 * KiB,
  maxMentions: 64,
  minPollOptions: 2,
  maxPollOptions: 12,
  maxPollOptionBytes: 400,
  maxReactionBytes: 64,
  /** Pinned messages of a room that are shown, the newest first. */
  maxPins: 50,
} as const

export const typingLimits = { shownForMs: 5 * seconds, announceEveryMs: 2 * seconds } as const

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

/** How one device keeps its pages, and hands them from tab to tab (P1, P5, P7). */
export const storeLimits = {
  /** A page with more rows than this in its journal is merged into its snapshot. */
  journalRows: 200,
  /** Journal and index rows that share one transaction, so that an own entry never waits for a whole first sync. */
  rowsPerTransaction: 4_096,
  bytesPerTransaction: 4 * MiB,
  takeOverWaitMs: 3 * seconds,
  /** What one field of the vault holds (I5). */
  maxVaultFieldBytes: 64 * KiB,
  /** How long signing out waits for other tabs to let go of what is deleted. */
  wipeWaitMs: 5 * seconds,
} as const
