import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Milliseconds from each frame to the next. */
    scrollFrames?: number[] | undefined
  }
}

/** A quick turn of a wheel, and then the next. */
const pixelsPerSecond = 4_000
const pixelsPerTurn = 8_000
const patienceMs = 15 * 60_000

export interface Scrolled {
  /** Milliseconds from each frame to the next. */
  frames: number[]
  /** From the first turn of the wheel to the oldest message on the screen. */
  ms: number
}

const noteFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const frames: number[] = []
    window.scrollFrames = frames
    let before = performance.now()
    // A method, since what runs in the page is compiled here and then only keeps its own names.
    const steps = {
      note() {
        const now = performance.now()
        frames.push(now - before)
        before = now
        if (window.scrollFrames === frames) requestAnimationFrame(steps.note)
      },
    }
    requestAnimationFrame(steps.note)
  })

/** The oldest message is on the screen, and there is nothing above it to be scrolled to. */
const isAtStart = (page: Page, oldest: string): Promise<boolean> =>
  page.evaluate((text) => {
    const log = document.querySelector('[role=log]')!
    if (log.scrollTop > 1) return false
    const { bottom } = log.getBoundingClientRect()
    return [...log.querySelectorAll('li')]
      .filter((row) => row.getBoundingClientRect().top < bottom)
      .some((row) => row.textContent.includes(text))
  }, oldest)

/** With a mouse's wheel over the log, at a steady pace, until the oldest message is on the screen. */
export const scrollThrough = async (page: Page, oldest: string): Promise<Scrolled> => {
  const log = page.getByRole('log').first()
  const box = await log.boundingBox()
  if (!box) throw new Error('the log is not on the screen')
  await page.bringToFront()
  const session = await page.context().newCDPSession(page)
  await noteFrames(page)
  const begunAt = performance.now()
  while (!(await isAtStart(page, oldest))) {
    if (performance.now() - begunAt > patienceMs) throw new Error('the oldest message did not come')
    await session.send('Input.synthesizeScrollGesture', {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      yDistance: pixelsPerTurn,
      speed: pixelsPerSecond,
      gestureSourceType: 'mouse',
    })
  }
  const ms = performance.now() - begunAt
  await session.detach()
  const frames = await page.evaluate(() => {
    const noted = window.scrollFrames ?? []
    window.scrollFrames = undefined
    return noted
  })
  return { frames, ms }
}
