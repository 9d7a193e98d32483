/** What of the browser it takes to keep the screen on. */
export interface WakeLockPort {
  /** Undefined where the browser has none, which is fine. */
  wakeLock: Pick<WakeLock, 'request'> | undefined
  isVisible(): boolean
  /** Returns the way out. */
  onVisible(listener: () => void): () => void
}

export interface ScreenWakeLock {
  /** Keeps the screen on as long as it is wished and the page is seen. */
  hold(isWished: boolean): void
  dispose(): void
}

/**
 * The screen stays on during a call. Browsers let go of it whenever the page is hidden, so it is asked for anew each time it
 * is seen again; and refuse it on a low battery, in which case the call goes on without.
 */
export const createScreenWakeLock = (port: WakeLockPort): ScreenWakeLock => {
  let isWished = false
  let held: WakeLockSentinel | undefined
  let isAsking = false

  const letGo = (): void => {
    const released = held
    held = undefined
    // It may have been let go of already, which is what is wanted.
    released?.release().catch(() => undefined)
  }

  const isMissing = (): boolean => isWished && (held === undefined || held.released) && port.isVisible()

  const ask = async (): Promise<void> => {
    if (port.wakeLock === undefined || isAsking || !isMissing()) return
    isAsking = true
    try {
      held = await port.wakeLock.request('screen')
    } catch {
      // Refused: the battery is low, or the page was hidden meanwhile. The next time it is seen is the next try.
    }
    isAsking = false
    if (!isWished) letGo()
  }

  const stopListening = port.onVisible(() => void ask())

  return {
    hold(wished) {
      isWished = wished
      if (wished) void ask()
      else letGo()
    },
    dispose() {
      isWished = false
      stopListening()
      letGo()
    },
  }
}

export const browserWakeLock: WakeLockPort = {
  // Older browsers have none, whatever TypeScript knows.
  wakeLock: (globalThis.navigator as { wakeLock?: WakeLock } | undefined)?.wakeLock,
  isVisible: () => document.visibilityState === 'visible',
  onVisible(listener) {
    const look = (): void => {
      if (document.visibilityState === 'visible') listener()
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  },
}
