import { listed, t, type WordKey } from '../../ui/language/language.ts'

/** I7: somebody known came with a new identity. It is said loudly: it is either a lost phrase, or somebody else. */
export const newIdentityWarning = (name: string): string => t('trust.newIdentity.one', { name })

export const describeNewIdentities = (names: readonly string[]): string => {
  const [only] = names
  if (only !== undefined && names.length === 1) return newIdentityWarning(only)
  return t('trust.newIdentity.many', { names: listed(names) })
}

/** What a scanned code came to. */
export const scanKeys = {
  mismatch: { title: 'trust.scan.mismatch', text: 'trust.scan.mismatchWhy' },
  notACode: { title: 'trust.scan.notACode', text: 'trust.scan.notACodeWhy' },
} as const satisfies Record<'mismatch' | 'notACode', { title: WordKey; text: WordKey }>
