import process from 'node:process'
import type { BrowserKind } from '../../scripts/browsers.mjs'
import type { Person } from '../fixtures/person.ts'
import type { Screen } from '../fixtures/screen.ts'
import { processesOf } from './processes.ts'

/** What ends at once, and is asked nothing: the tab, the page's process of itself, the same by SIGKILL, or all of the browser by SIGKILL. */
export type Kill = 'tab' | 'crash' | 'renderer' | 'browser'

export const killsOf: Record<BrowserKind, readonly [Kill, ...Kill[]]> = {
  chromium: ['tab', 'crash', 'renderer', 'browser'],
  // No page of it can be told to crash.
  firefox: ['tab', 'renderer', 'browser'],
}

/** Ends what `screen` is shown by. When it is gone for sure, gives how Hearth is opened again, and where it is then. */
export const endBy = async (
  kill: Kill,
  { person, screen, browser }: { person: Person; screen: Screen; browser: BrowserKind },
): Promise<() => Promise<Screen>> => {
  const { context, folder = '' } = person
  const { page } = screen
  const openBrowser = async () => {
    await person.reopen()
    return person.screen
  }
  const openTab = async () => {
    await page.close()
    return person.openTab()
  }
  const killPages = () => {
    for (const id of processesOf(folder).pages) process.kill(id, 'SIGKILL')
  }
  switch (kill) {
    case 'tab':
      await page.close()
      return openTab
    case 'crash': {
      const session = await context.newCDPSession(page)
      const crash = page.waitForEvent('crash')
      // Whoever crashes gives no answer.
      await Promise.race([crash, session.send('Page.crash')])
      await crash
      return openTab
    }
    case 'renderer': {
      // Firefox, as it is driven here, goes with the process of its page.
      const isAlone = browser === 'chromium'
      const gone = isAlone ? page.waitForEvent('crash') : context.waitForEvent('close')
      killPages()
      await gone
      return isAlone ? openTab : openBrowser
    }
    case 'browser': {
      const gone = context.waitForEvent('close')
      process.kill(-processesOf(folder).main, 'SIGKILL')
      await gone
      return openBrowser
    }
  }
}
