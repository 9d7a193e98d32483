import { KiB, MiB, seconds, days } from './units.ts'

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
