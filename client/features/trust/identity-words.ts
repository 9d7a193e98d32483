/** I7: somebody known came with a new identity. It is said loudly: it is either a lost phrase, or somebody else. */
export const newIdentityWarning = (name: string): string =>
  `${name} has come in with a new identity. If they did not tell you themselves, call them.`

export const describeNewIdentities = (names: readonly string[]): string => {
  const [only] = names
  if (only !== undefined && names.length === 1) return newIdentityWarning(only)
  return `${new Intl.ListFormat('en-GB').format(names)} have come in with new identities. If they did not tell you themselves, call them.`
}

/** What a scanned code came to. */
export const scanWords: Readonly<Record<'mismatch' | 'notACode', { title: string; text: string }>> = {
  mismatch: {
    title: 'The codes do not match.',
    text: 'Either this is not the screen of the person you mean, or somebody is between you. Write nothing that matters, and talk to each other by another way.',
  },
  notACode: {
    title: 'This is another code.',
    text: 'On the other screen, open your name there, then “Compare safety number”, and scan the code that is shown.',
  },
}
