import type { Page } from '@playwright/test'

/** The mark that the page sets when it has been started. */
export const startedMark = 'hearth has started'

declare global {
  interface Window {
    startNotes?: { shift: number; paintedAt: Promise<number> }
  }
}

/** Runs before the page's own code: sums up what moves on the screen, and notes when the history is painted. */
export const noteStart = () => {
  const notes = {
    shift: 0,
    paintedAt: new Promise<number>((resolve) => {
      new MutationObserver((_changes, observer) => {
        if (document.querySelector('[role=log] [data-key]') === null) return
        observer.disconnect()
        requestAnimationFrame(resolve)
      }).observe(document, { childList: true, subtree: true })
    }),
  }
  window.startNotes = notes
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if ('value' in entry) notes.shift += Number(entry.value)
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Waits until the start is over, the network begun and the page at rest; sets the mark that ends the trace. */
export const readStart = async (page: Page): Promise<{ shift: number; scripts: string[] }> => {
  await page.getByText('Nobody else is here right now.').waitFor()
  return page.evaluate(async (mark) => {
    const { paintedAt } = window.startNotes!
    const painted = await paintedAt
    await new Promise((resolve) => requestIdleCallback(resolve))
    performance.mark(mark)
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => new URL(name).pathname.endsWith('.js') && startTime < painted)
    return { shift: window.startNotes!.shift, scripts: scripts.map(({ name }) => new URL(name).pathname) }
  }, startedMark)
}
