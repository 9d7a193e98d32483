import type { AddressHiding } from './core/account/my-account.ts'
import { createValue } from './core/value.ts'
import type { BrowserNetwork } from './net/network.ts'

const key = 'hearth/hide-address'

export interface BrowserAddressHiding extends AddressHiding {
  /** The network comes later than the screen. */
  attach(network: Pick<BrowserNetwork, 'hasRelay' | 'lookForRelay'>): void
}

/**
 * Whether this browser hides its address from the family's devices. Kept in the browser's small store and not in the vault: it is no
 * secret, and is about this browser only.
 */
export const createAddressHiding = (storage: Storage | undefined): BrowserAddressHiding => {
  const isHidden = createValue(storage?.getItem(key) === 'yes')
  const hasRelay = createValue<boolean | undefined>(undefined)
  let isAsked = false
  let look: (() => void) | undefined

  return {
    isHidden,
    hasRelay,
    lookForRelay() {
      isAsked = true
      look?.()
    },
    setHidden(hidden) {
      try {
        if (hidden) storage?.setItem(key, 'yes')
        else storage?.removeItem(key)
      } catch {
        // No room: then it holds until the page is closed.
      }
      isHidden.set(hidden)
    },
    attach(network) {
      hasRelay.set(network.hasRelay.get())
      network.hasRelay.subscribe(hasRelay.set)
      look = network.lookForRelay
      if (isAsked) look()
    },
  }
}
