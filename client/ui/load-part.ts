/** Waits before it is asked for again: what is gone for a moment comes at once, what is gone for hours is not asked for all the time. */
const firstWaitMs = 1_000
const longestWaitMs = 30_000

export interface PartLoader {
  /** Whether the app is kept on this device: then its parts come without the server. */
  isKept(): boolean
  /** Whether the server answers at all. */
  isServerThere(): Promise<boolean>
  /** Asks for the styles that did not come once more. Rejects if they don't come now either. */
  reviveStyles(): Promise<void>
  /** Resolves after so long, or as soon as there is reason to hope. */
  wait(ms: number): Promise<void>
}

/**
 * Loads a part of the app that lies in files of its own, and goes on asking until it is here: a page must become whole when
 * the server is away for the moment it would have loaded the rest. It asks whether the server is there first, since Firefox
 * never tries a module again that once failed (as the HTML standard has it, whatwg/html#6768).
 *
 * @param onRefused the server is there and the part did not come: only loading the page anew may help.
 */
export const createLoadPart =
  ({ isKept, isServerThere, reviveStyles, wait }: PartLoader) =>
  async <Part>(load: () => Promise<Part>, onRefused: () => void): Promise<Part> => {
    for (let ms = firstWaitMs; ; ms = Math.min(ms * 2, longestWaitMs)) {
      if (isKept() || (await isServerThere())) {
        try {
          // Vite asks for a part's style sheet in the first try only.
          await reviveStyles()
          return await load()
        } catch {
          if (await isServerThere()) onRefused()
        }
      }
      await wait(ms)
    }
  }

/** The service worker keeps all parts or none. */
const isKept = () => 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null

const isServerThere = () =>
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

/** Style sheets that did not come. One that is merely on its way is another part's, and would never say that it has come if it were replaced. */
const failedSheets = new Set<HTMLLinkElement>()
let areSheetsWatched = false

const watchSheets = () => {
  if (areSheetsWatched) return
  areSheetsWatched = true
  const note = ({ target }: Event) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') failedSheets.add(target)
  }
  document.addEventListener('error', note, { capture: true }) // it does not bubble
}

const reviveStyle = (failed: HTMLLinkElement) =>
  new Promise<void>((resolve, reject) => {
    const again = failed.cloneNode() as HTMLLinkElement
    again.addEventListener('load', () => resolve(), { once: true })
    again.addEventListener('error', () => reject(new Error(`no style sheet at ${again.href}`)), {
      once: true,
    })
    failedSheets.delete(failed)
    failed.replaceWith(again)
  })

const reviveStyles = async () => {
  watchSheets()
  await Promise.all([...failedSheets].filter(({ isConnected }) => isConnected).map(reviveStyle))
}

const waitOrOnline = (ms: number) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done)
  })

export const loadPart = createLoadPart({ isKept, isServerThere, reviveStyles, wait: waitOrOnline })
