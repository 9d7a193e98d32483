import { KiB, MiB, seconds } from './units.ts'

/** What the screen showed last, and the next start shows first. */
export const screenLimits = {
  homeName: 'home',
  /** Of a room: about what the core reads first, too. */
  items: 50,
  /** Besides the home screen. */
  rooms: 8,
  /** In memory: of so many rooms that were left, those left last. */
  leftRooms: 12,
  keepAfterMs: 2 * seconds,
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
