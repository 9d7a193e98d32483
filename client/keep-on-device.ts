import type { MutableValue, Value } from './core/value.ts'
import type { AppState } from './features/app-state.ts'
import type { UpdateOffer } from './features/update-offer.ts'
import { loadPart } from './ui/load-part.ts'

/** How often a page that stays open looks for a newer Hearth, at most. */
const lookEveryMs = 60 * 60_000
/** The history is painted and the network begun by then: keeping the app for next time is in no hurry. */
const afterStartMs = 3_000

/** When somebody comes back to the page, but not at every glance. */
const onTimeToLook = (look: () => void): void => {
  let lookedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - lookedAt < lookEveryMs) return
    lookedAt = Date.now()
    look()
  })
}

/**
 * Keeps the app on this device once somebody is in: who only looks in leaves nothing here. A Hearth that fell over looks for a newer
 * one, too. The development server has no worker, nor has a page that is not secure.
 */
export const keepOnDevice = (app: Value<AppState>, offer: MutableValue<UpdateOffer | undefined>): void => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  let isBegun = false
  const beginOnce = ({ status }: AppState) => {
    if (isBegun || (status !== 'ready' && status !== 'broken')) return
    isBegun = true
    setTimeout(() => {
      // Signed out and forgotten meanwhile: then nothing is to be kept either.
      const isStillIn = app.get().status === status
      if (isStillIn) void begin(offer)
    }, afterStartMs)
  }
  app.subscribe(beginOnce)
  beginOnce(app.get())
}

const begin = async (offer: MutableValue<UpdateOffer | undefined>): Promise<void> => {
  // The server may be away by now.
  const { followWorker } = await loadPart(
    () => import('./net/service-worker.ts'),
    () => undefined,
  )
  await followWorker({
    container: navigator.serviceWorker,
    offer,
    onTimeToLook,
    reload: () => location.reload(),
  })
}
