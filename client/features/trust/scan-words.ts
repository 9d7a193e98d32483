import type { WordKey } from '../../ui/language/language.ts'

/** What a scanned code came to. */
export const scanKeys = {
  mismatch: { title: 'trust.scan.mismatch', text: 'trust.scan.mismatchWhy' },
  notACode: { title: 'trust.scan.notACode', text: 'trust.scan.notACodeWhy' },
} as const satisfies Record<'mismatch' | 'notACode', { title: WordKey; text: WordKey }>
