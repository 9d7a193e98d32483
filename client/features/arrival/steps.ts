/** Where one is before the chat. `first` is what the link led to, or signing in. */
export const steps = ['first', 'register', 'signIn', 'link', 'device', 'recover'] as const
export type Step = (typeof steps)[number]

/** Reads what was put into the browser's history, perhaps by an older version of ourselves. */
export const readStep = (state: unknown): Step => {
  if (typeof state !== 'object' || state === null || !('arrival' in state)) return 'first'
  return steps.find((step) => step === state.arrival) ?? 'first'
}
