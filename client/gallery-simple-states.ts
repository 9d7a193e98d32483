import type { AppState } from './features/app-state.ts'
import { appearanceKey, encodeAppearance, parseAppearance } from './ui/theme.ts'

/** Seen once more in simple mode (ux 38). */
const seenSimply: Readonly<Record<string, string>> = {
  simpleMessages: 'messages',
  simpleRoom: 'privateRoom',
  simpleRinging: 'callRinging',
  simpleCall: 'callFour',
}

type States = Readonly<Record<string, () => AppState>>

export const withSimpleStates = (states: States): States => ({
  ...states,
  ...Object.fromEntries(
    Object.entries(seenSimply).flatMap(([name, state]) => {
      const make = states[state]
      return make ? [[name, make]] : []
    }),
  ),
})

/** Before the app reads how it is to look: simple mode is on in these states, and in no others. */
export const chooseLookFor = (state: string, storage: Pick<Storage, 'getItem' | 'setItem'>): void => {
  const kept = parseAppearance(storage.getItem(appearanceKey))
  storage.setItem(appearanceKey, encodeAppearance({ ...kept, isSimple: state in seenSimply }))
}
