import { createAddressHiding, type BrowserAddressHiding } from './address-hiding.ts'
import type { Hearth } from './core/hearth.ts'
import { createValue, type MutableValue } from './core/value.ts'
import type { AppState, SignedIn } from './features/app-state.ts'
import type { CallDesk } from './features/call-stage.ts'

/** The home screen, and what comes to it bit by bit while it is shown. */
export interface Home {
  readonly phrase: MutableValue<'kept' | 'notYet'>
  readonly addressHiding: BrowserAddressHiding
  readonly signedIn: MutableValue<SignedIn | undefined>
  readonly calls: MutableValue<CallDesk | undefined>
  /** Resolves when the first screen stands there, or soon at any rate: it may have given way to another. */
  show(hearth: Hearth): Promise<void>
}

const longestDrawingMs = 1_000

export const createHome = (options: {
  app: MutableValue<AppState>
  storage: Storage | undefined
  linking: string | undefined
}): Home => {
  const parts = {
    phrase: createValue<'kept' | 'notYet'>('kept'),
    addressHiding: createAddressHiding(options.storage),
    signedIn: createValue<SignedIn | undefined>(undefined),
    calls: createValue<CallDesk | undefined>(undefined),
  }
  const { linking } = options
  return {
    ...parts,
    show: (hearth) =>
      new Promise((resolve) => {
        options.app.set({ status: 'ready', hearth, ...parts, linking, onDrawn: resolve })
        setTimeout(resolve, longestDrawingMs)
      }),
  }
}
