import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** When Enter was pressed last, milliseconds since the epoch. */
    pressedAt?: number
    /** When the awaited text was painted, milliseconds since the epoch. */
    paintedAt?: Promise<number>
    /** Says a text over the raw channel. */
    sayRaw?: (text: string) => number
    /** Resolves when the text is on the disk. */
    writeDurably?: (text: string) => Promise<void>
    rawConnection?: RTCPeerConnection
    rawOpen?: Promise<void>
  }
}

/** Both pages are in one browser on one machine: `timeOrigin + now()` is the same clock for both. */
export const noteEnter = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') window.pressedAt = performance.timeOrigin + performance.now()
      },
      { capture: true },
    )
  })

/** From now on, the page notes when `text` stands in its list and the frame that shows it has been drawn. */
export const awaitPaint = (page: Page, text: string): Promise<void> =>
  page.evaluate((awaited) => {
    window.paintedAt = new Promise((resolve) => {
      const log = document.querySelector('[role=log]')!
      const observer = new MutationObserver((changes) => {
        const isThere = changes.some(({ addedNodes }) =>
          [...addedNodes].some((node) => node.textContent?.includes(awaited)),
        )
        if (!isThere) return
        observer.disconnect()
        // The first callback comes before its frame is drawn, the second once that frame is on its way to the screen.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())),
        )
      })
      observer.observe(log, { childList: true, subtree: true })
    })
  }, text)

export const readPaint = (page: Page): Promise<number> => page.evaluate(() => window.paintedAt!)
export const readPress = (page: Page): Promise<number> => page.evaluate(() => window.pressedAt!)
