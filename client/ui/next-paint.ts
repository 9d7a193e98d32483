/** Longer than this nothing waits for a frame, or for rest. */
const longestFrameMs = 500

type RunLater = (run: () => void) => void

/** When the browser has nothing else to do; soon at any rate. Safari cannot tell. */
export const whenIdle: RunLater = (run) =>
  'requestIdleCallback' in globalThis
    ? requestIdleCallback(run, { timeout: longestFrameMs })
    : setTimeout(run, 0)

const afterFrame = (goOn: RunLater): Promise<void> =>
  new Promise((resolve) => {
    if (document.hidden) {
      setTimeout(resolve, 0)
      return
    }
    requestAnimationFrame(() => goOn(resolve))
    // The page may go into the background before the frame has come.
    setTimeout(resolve, longestFrameMs)
  })

/** Resolves when what the screen shows now has been painted; at once where nothing is, as in the background. */
export const nextPaint = (): Promise<void> => afterFrame((run) => setTimeout(run, 0))

/** The same, and not before whatever waits for that has had its turn. */
export const nextRest = (): Promise<void> => afterFrame(whenIdle)
