declare global {
  interface Window {
    /** Milliseconds since the page was asked for. */
    historyPaintedAt?: Promise<number>
  }
}

/** Runs before the page's own code: notes when that text and as many rows are on the screen. */
export const notePaint = ({ text, rows }: { text: string; rows: number }) => {
  window.historyPaintedAt = new Promise((resolve) => {
    new MutationObserver((_changes, observer) => {
      const log = document.querySelector('[role=log]')
      if (!log?.textContent.includes(text) || log.querySelectorAll('li').length < rows) return
      observer.disconnect()
      requestAnimationFrame(resolve)
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
}
