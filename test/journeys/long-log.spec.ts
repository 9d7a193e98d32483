import type { Page } from '@playwright/test'
import { areTogether, expect, test } from '../fixtures/family.ts'
import { openState, serveGallery } from '../fixtures/gallery.ts'
import { sayAtOnce } from '../torture/burst.ts'

/** Of a room with thousands: so many fill the screens on both sides that stay in the document. */
const mostRows = 220

interface Seen {
  /** How far what was being read has moved by itself, in CSS pixels. */
  drift: number
  rows: number
  keys: string[]
}

/** Scrolls, and watches what is read there until no more rows come or go. */
const scrollBy = (page: Page, px: number): Promise<Seen> =>
  page.evaluate(async (px) => {
    const log = document.querySelector('[role=log]')
    if (!log) throw new Error('no log')
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const rowsNow = () => [...log.querySelectorAll<HTMLElement>('[data-key]')]
    const edge = log.getBoundingClientRect().top
    const seen: Seen = { drift: 0, rows: 0, keys: [] }
    log.scrollTop += px
    // It is told of with the frame, and rows come with the one after it; where there were none, with one more.
    const findRead = () =>
      rowsNow().find((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        return bottom > edge && top < edge + log.clientHeight
      })
    for (let frames = 0; frames < 5 && (frames === 0 || !findRead()); frames++) await frame()
    const read = findRead()
    if (!read) throw new Error('nothing to be read')
    const { top } = read.getBoundingClientRect()
    let before = ''
    for (let still = 0; still < 4;) {
      await frame()
      const keys = rowsNow().map((row) => row.dataset.key ?? '')
      still = keys.join() === before ? still + 1 : 0
      before = keys.join()
      seen.drift = Math.max(seen.drift, Math.abs(read.getBoundingClientRect().top - top))
      seen.rows = Math.max(seen.rows, keys.length)
      seen.keys = keys
    }
    return seen
  }, px)

/** Watches what may not be, whatever is scrolled. */
const scrollWell = async (page: Page, px: number): Promise<string[]> => {
  const { drift, rows, keys } = await scrollBy(page, px)
  expect(drift).toBeLessThan(0.1)
  expect(rows).toBeLessThan(mostRows)
  return keys
}

const newest = (page: Page) => page.getByText('Do you still know this one?')

for (const kind of ['chromium', 'firefox'] as const)
  test.describe(kind, { tag: '@once' }, () => {
    let page: Page
    let gallery: Awaited<ReturnType<typeof serveGallery>>
    test.beforeEach(async ({ sharedBrowser }) => {
      gallery = await serveGallery()
      page = await (await sharedBrowser(kind)).newPage({ viewport: { width: 900, height: 700 } })
      // What watches over the rows comes soon after the first screen.
      const watching = page.waitForResponse(/assets\/row-window-/)
      await openState(page, gallery.address('long'))
      await expect(newest(page)).toBeInViewport()
      await (await watching).finished()
      await scrollBy(page, 0)
    })
    test.afterEach(async () => {
      await page.close()
      await gallery.close()
    })

    test('ux 9: rows come and go out of sight, and nothing that is read moves, to the beginning of a room', async () => {
      await page.getByRole('button', { name: 'Garden', exact: true }).click()
      await expect(page.getByRole('log', { name: /Garden/ })).toHaveAttribute('aria-busy', 'false')
      const met = new Set<string>()
      // More often than it takes, as older ones may come a little later.
      for (let step = 0; step < 60 && met.size < 400; step++) {
        const keys = await scrollWell(page, -1_000)
        for (const key of keys) met.add(key)
        // The fake family's messages are numbered in their order.
        const numbers = keys.map((key) => Number(/\d+$/.exec(key)?.[0]))
        expect(numbers).toEqual(numbers.toSorted((left, right) => left - right))
      }
      expect(met.size).toBe(400)
      await scrollWell(page, 1_000)
    })

    test('ux 9: whoever is led far back finds rows around, and the way to the newest', async () => {
      await page
        .locator('[data-key]', { has: newest(page) })
        .getByRole('button', { name: /^In answer to:/ })
        .click()
      await expect(page.locator('[data-key].message--shown')).toBeInViewport()
      for (const px of [0, 1_000, 1_000, 1_000, -500]) await scrollWell(page, px)
      // As with the scroll bar.
      expect((await scrollBy(page, 40_000)).keys.length).toBeGreaterThan(5)
      await scrollWell(page, 500)
      await page.getByRole('button', { name: 'Jump to the newest message' }).click()
      await expect(newest(page)).toBeInViewport()
      await scrollWell(page, 0)
    })

    test('ux 9: what has the focus stays in the document, however far it is scrolled away', async () => {
      for (let step = 0; step < 12; step++) await scrollWell(page, -1_000)
      await page.locator('[data-key]').first().getByRole('button', { name: 'More' }).focus()
      for (let step = 0; step < 8; step++) await scrollBy(page, 1_000)
      await expect(page.locator('[data-key] :focus')).toHaveCount(1)
    })
  })

test('Y5, ux 9: a room that lets go of what is far back shows its newest, to who wrote it and to who has just come', async ({
  family,
}) => {
  test.slow()
  const anna = await family.person('Anna')
  const names = Array.from({ length: 260 }, (_, index) => `Line ${String(index).padStart(3, '0')}`)
  await sayAtOnce(anna.screen, { names, texts: names, killAfter: 0 }, () => undefined)
  const newest = names.at(-1) ?? ''
  // More than its timeline keeps while its end is looked at.
  await expect(anna.screen.delivery(newest, 'On this device only')).toBeInViewport({ timeout: 60_000 })
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  for (const { screen } of [anna, bob]) await expect(screen.message(newest)).toBeInViewport()
  await bob.screen.say('Hello')
  for (const { screen } of [anna, bob]) await expect(screen.message('Hello')).toBeInViewport()
})
