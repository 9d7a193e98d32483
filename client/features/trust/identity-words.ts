import { listed, t } from '../../ui/language/language.ts'

/** I7: somebody known came with a new identity. It is said loudly: it is either a lost phrase, or somebody else. */
export const newIdentityWarning = (name: string): string => t('trust.newIdentityLine.one', { name })

export const describeNewIdentities = (names: readonly string[]): string => {
  const [only] = names
  if (only !== undefined && names.length === 1) return newIdentityWarning(only)
  return t('trust.newIdentityLine.many', { names: listed(names) })
}
