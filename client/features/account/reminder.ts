/** How long "Later" holds. */
const pauseMs = 24 * 60 * 60_000
const key = 'hearth-phrase-reminder'

/** Remembers that somebody wants to hear of their recovery phrase later (ux 4); without a store, until the page is reloaded. */
export const createReminder = (options: {
  storage: Pick<Storage, 'getItem' | 'setItem'> | undefined
  nowMs: () => number
}) => {
  const { storage, nowMs } = options
  const isPaused = () => {
    const until = Number(storage?.getItem(key))
    // A clock that was far ahead once must not silence it for good.
    return Number.isFinite(until) && until > nowMs() && until <= nowMs() + pauseMs
  }
  const pause = () => {
    try {
      storage?.setItem(key, String(nowMs() + pauseMs))
    } catch {
      // A full store: it is said again after a reload, no more.
    }
  }
  return { isPaused, pause }
}
