/** What the page, its service worker and the server have to agree on. The worker keeps the app itself on the device, and nothing else. */

/** Where the worker's script lies, so that it sees the whole site. It is asked for again each time, so it has no hash in its name. */
export const serviceWorkerPath = '/service-worker.js'

/** From a page, when its person wants the newer Hearth that lies ready (ux 43). Nothing else lets a worker go before its time. */
export const useNowMessage = 'hearth/use-now'

/** From the worker, with the room whose notification was pressed. */
export const openRoomMessage = 'hearth/open-room'

/** Where the system opens Hearth with a text that was shared with it from another app. The manifest names it too. */
export const sharePath = '/share'
