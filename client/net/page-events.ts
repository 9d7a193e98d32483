/** What the browser says about the page and its network. */
export interface PageEvents {
  /** The network is back, or the page is seen again: a good moment to try. */
  onWake(listener: () => void): () => void
  /** The way to the others may have changed: another network, another address (L6). */
  onNetworkChange(listener: () => void): () => void
  /** The page is left: the last moment to say good-bye. */
  onLeave(listener: () => void): () => void
  /** A page that was left is shown again as it was (the back-forward cache). */
  onReturn(listener: () => void): () => void
}

/** `navigator.connection`, where there is one (Chromium; not in TypeScript's DOM). */
interface NetworkInformation extends EventTarget {
  readonly type?: string
}

const listen = (target: EventTarget, name: string, listener: (event: Event) => void): (() => void) => {
  target.addEventListener(name, listener)
  return () => target.removeEventListener(name, listener)
}

const networkInformation = (): NetworkInformation | undefined =>
  (navigator as Navigator & { connection?: NetworkInformation }).connection

export const browserPageEvents: PageEvents = {
  onWake(listener) {
    const offOnline = listen(window, 'online', listener)
    const offVisible = listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'visible') listener()
    })
    return () => {
      offOnline()
      offVisible()
    }
  },
  onNetworkChange(listener) {
    const offOnline = listen(window, 'online', listener)
    const connection = networkInformation()
    if (connection === undefined) return offOnline
    // It also changes with every new estimate of the speed; only another kind of network is another way.
    let type = connection.type
    const offChange = listen(connection, 'change', () => {
      if (connection.type === type) return
      type = connection.type
      listener()
    })
    return () => {
      offOnline()
      offChange()
    }
  },
  onLeave: (listener) => listen(window, 'pagehide', listener),
  onReturn: (listener) =>
    listen(window, 'pageshow', (event) => {
      if (event instanceof PageTransitionEvent && event.persisted) listener()
    }),
}
