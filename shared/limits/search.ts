import { MiB, seconds } from './units.ts'

/** The search over what is on this device (ux 24). */
export const searchLimits = {
  /** Of a longer word only the beginning is found. */
  maxWordChars: 40,
  /** Different words of one message; more than a text of 16 KiB can hold in any language with spaces. */
  maxWordsPerMessage: 4_096,
  maxQueryChars: 200,
  maxQueryWords: 8,
  /** A word of so many letters may be written with one mistake, and with two. */
  oneTypoFrom: 4,
  twoTyposFrom: 8,
  /** Words taken for one that may be misspelt, the most alike first. */
  maxSimilarWords: 48,
  /** Where as many were found by the very words, nobody is asked whether they meant others. */
  enoughHits: 10,
  /** What one question brings at most; what is beyond is "more than 99". */
  maxHits: 100,
  /** Messages of one page in the index: devices that were apart may fill it side by side (P1). */
  maxMessages: 262_144,
  maxTermsPerPage: 4_194_304,
  maxIndexBytes: 64 * MiB,
  /** What has come since a page's index was made; beyond that it is made anew. */
  maxFresh: 512,
  /** How many entries are read and handed to the worker at once, and for how long the main thread does so before it takes a breath. */
  entriesAtOnce: 64,
  sliceMs: 6,
  /** How long something that changed waits for more. */
  settleMs: 250,
  /** How long the worker may think about one thing. */
  answerMs: 30 * seconds,
  /** Pages' texts kept at hand for showing what was found. */
  maxOpenTexts: 24,
} as const
