import type { Page } from '@playwright/test'

declare global {
  interface Window {
    stalls?: { longestTaskMs: number; longestPauseMs: number }
  }
}

/** Measures in a page, from now on, how long anything kept it from going on: longest tasks where the browser tells them, and pauses of a heartbeat. */
export const watchStalls = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const stalls = { longestTaskMs: 0, longestPauseMs: 0 }
    window.stalls = stalls
    if (PerformanceObserver.supportedEntryTypes.includes('longtask'))
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          stalls.longestTaskMs = Math.max(stalls.longestTaskMs, duration)
      }).observe({ type: 'longtask' })
    const { port1, port2 } = new MessageChannel()
    let last = performance.now()
    port1.onmessage = () => {
      const now = performance.now()
      stalls.longestPauseMs = Math.max(stalls.longestPauseMs, now - last)
      last = now
      setTimeout(() => port2.postMessage(0), 5)
    }
    port2.postMessage(0)
  })

/** What was measured since the last call, in milliseconds. */
export const takeStalls = (page: Page): Promise<{ task: number; pause: number }> =>
  page.evaluate(() => {
    const { longestTaskMs, longestPauseMs } = window.stalls!
    Object.assign(window.stalls!, { longestTaskMs: 0, longestPauseMs: 0 })
    return { task: Math.round(longestTaskMs), pause: Math.round(longestPauseMs) }
  })

/** The tests' own record of connections (fixtures/network.ts) lets go of the closed ones: a page has room for 500 that are kept. */
export const forgetClosed = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const kept = (window.testConnections ?? []).filter(({ signalingState }) => signalingState !== 'closed')
    window.testConnections?.splice(0, Infinity, ...kept)
  })
