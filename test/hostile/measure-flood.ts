import type { CDPSession, Page } from '@playwright/test'
import type { HostileFamily } from './hostile-family.ts'
import type { FloodKind } from './hostile-end.ts'
import { forgetClosed, takeStalls } from './stalls.ts'

export interface FloodStretch {
  /** Sent so far. */
  frames: number
  /** How much larger Anna's heap is than before the first, garbage collected. */
  grownBytes: number
  perSecond: number
  longestTaskMs: number
  longestPauseMs: number
}

export interface FloodWish {
  frames: number
  kinds: readonly FloodKind[]
  /** Into how many parts it is cut, after each of which it is measured. */
  stretches: number
  onStretch?: (stretch: FloodStretch) => void
}

export interface MeasuredFlood {
  grownBytes: number
  longestTaskMs: number
  longestPauseMs: number
  /** Whether the pages at Anna's device are what they were. */
  isUnchanged: boolean
}

/** Chromium's word on what a page holds of what JavaScript made, its buffers included; nothing in other browsers. */
const measureHeap = async (session: CDPSession | undefined): Promise<number> => {
  if (!session) return 0
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize = 0 } = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number
    backingStorageSize?: number
  }
  return usedSize + backingStorageSize
}
const openSession = (page: Page): Promise<CDPSession | undefined> =>
  page.context().browser()?.browserType().name() === 'chromium'
    ? page.context().newCDPSession(page)
    : Promise.resolve(undefined)

/** Mallory's flood of bad frames over the Link, and what it leaves behind at Anna's device. */
export const measureFlood = async (
  { anna, mallory, hers }: Pick<HostileFamily, 'anna' | 'mallory' | 'hers'>,
  { frames, kinds, stretches, onStretch }: FloodWish,
): Promise<MeasuredFlood> => {
  const { page } = anna.screen
  const session = await openSession(page)
  // What the first of a kind makes for good, code and caches, is no growth.
  await mallory('flood', 2_000, kinds)
  const before = await mallory('pagesThere')
  for (const one of [page, hers]) await forgetClosed(one)
  const empty = await measureHeap(session)
  const measured: MeasuredFlood = { grownBytes: 0, longestTaskMs: 0, longestPauseMs: 0, isUnchanged: true }
  const stretch = Math.ceil(frames / stretches)
  for (let sent = 0; sent < frames; sent += stretch) {
    await takeStalls(page)
    const perSecond = await mallory('flood', stretch, kinds)
    const { task, pause } = await takeStalls(page)
    measured.longestTaskMs = Math.max(measured.longestTaskMs, task)
    measured.longestPauseMs = Math.max(measured.longestPauseMs, pause)
    for (const one of [page, hers]) await forgetClosed(one)
    measured.grownBytes = (await measureHeap(session)) - empty
    const { grownBytes } = measured
    onStretch?.({ frames: sent + stretch, grownBytes, perSecond, longestTaskMs: task, longestPauseMs: pause })
  }
  measured.isUnchanged = (await mallory('pagesThere')) === before
  await session?.detach()
  return measured
}
