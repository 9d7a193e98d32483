import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Milliseconds from the awaited press until what it brings was painted. */
    painting?: Promise<number>
  }
}

/** What a press is to bring: a letter into the field it is typed in, or a text into the list of messages. */
export interface Awaited {
  event: 'keydown' | 'click'
  /** Undefined for a letter. */
  text: string | undefined
}

/**
 * From now on the page waits for the press, and then for what it brings. It begins with the browser's own stamp on the event, and ends when
 * the page has drawn the frame that shows it: a message that is posted in a frame's callback is heard once that frame's layout and paint are done.
 */
export const awaitPainting = (page: Page, awaited: Awaited): Promise<void> =>
  page.evaluate(({ event: name, text }) => {
    window.painting = new Promise((resolve) => {
      let pressedAt = 0
      // Methods, since what runs in the page is compiled here and then only keeps its own names.
      const steps = {
        isThere() {
          const log = document.querySelector('[role=log]')
          return text !== undefined && log?.textContent.includes(text) === true
        },
        onceDrawn() {
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port2.addEventListener('message', () => resolve(performance.now() - pressedAt))
            port2.start()
            port1.postMessage(undefined)
          })
        },
      }
      addEventListener(
        name,
        ({ timeStamp }) => {
          pressedAt = timeStamp
          if (text === undefined) addEventListener('input', steps.onceDrawn, { once: true })
          else
            new MutationObserver((_changes, observer) => {
              if (!steps.isThere()) return
              observer.disconnect()
              steps.onceDrawn()
            }).observe(document.body, { childList: true, subtree: true, characterData: true })
        },
        { once: true, capture: true },
      )
    })
  }, awaited)

/** Rejects where it was not painted within ten seconds: then something is broken, and not slow. */
export const readPainting = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Promise.race([
      window.painting!,
      new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('not painted')), 10_000)),
    ]),
  )
