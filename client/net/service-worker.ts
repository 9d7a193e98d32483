import { serviceWorkerPath, useNowMessage } from '../../shared/service-worker.ts'
import type { MutableValue } from '../core/value.ts'

/** A newer Hearth lies ready, or runs already in another tab. Taking it loads this page anew. */
export interface UpdateOffer {
  take(): void
}

export interface FollowWorkerOptions {
  container: Pick<ServiceWorkerContainer, 'register' | 'addEventListener' | 'controller'>
  /** Where an offer goes, when there is one. */
  offer: MutableValue<UpdateOffer | undefined>
  /** Calls when it is worth looking for a newer Hearth: a page can stay open for weeks. */
  onTimeToLook(look: () => void): void
  reload(): void
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

/** Through the policy of this name comes this one address and no other. */
const createScriptUrl = (): string => {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  if (!types) return serviceWorkerPath
  const createScriptURL = (url: string) => {
    if (url !== serviceWorkerPath) throw new TypeError('not the service worker of Hearth')
    return url
  }
  return types.createPolicy('hearth-service-worker', { createScriptURL }).createScriptURL(serviceWorkerPath)
}

/**
 * Lets the service worker keep the app on this device (ux 39), and tells when a newer one has come (ux 43). A browser that forbids
 * workers, as some private windows do, goes on without: then Hearth opens only while its server is there.
 *
 * Web Push will register with what `register` resolves to (ux 35).
 */
export const followWorker = async (options: FollowWorkerOptions): Promise<void> => {
  const { container, offer, onTimeToLook, reload } = options
  let isControlled = container.controller !== null
  let isTaking = false
  container.addEventListener('controllerchange', () => {
    if (isTaking) reload()
    // Another tab has taken it. This one goes on as it is until its person wants otherwise.
    else if (isControlled) offer.set({ take: reload })
    isControlled = true
  })
  const registration = await container
    .register(createScriptUrl(), { scope: '/', updateViaCache: 'none' })
    .catch(() => undefined)
  if (!registration) return
  const take = () => {
    // One that waits no longer is in charge already, or was followed by a newer one, which waits instead.
    if (!registration.waiting) return reload()
    isTaking = true
    registration.waiting.postMessage(useNowMessage)
  }
  const tell = () => {
    if (registration.waiting && registration.active) offer.set({ take })
  }
  const follow = () => registration.installing?.addEventListener('statechange', tell)
  registration.addEventListener('updatefound', follow)
  follow()
  tell()
  // Without a server there is nothing newer.
  onTimeToLook(() => void registration.update().catch(() => undefined))
}
