import type { Browser, Page } from '@playwright/test'
import type { BrowserKind } from '../../scripts/browsers.mjs'
import type { LineKind } from '../../client/net/media/line-kinds.ts'
import type { MediaEnd } from './media-end.ts'
import { withMediaPage } from './media-site.ts'

/** One end of a Link from outside its page. */
export interface End {
  /** Calls what the page has by that name. */
  ask<Name extends keyof MediaEnd>(
    name: Name,
    ...values: Parameters<MediaEnd[Name]>
  ): Promise<Awaited<ReturnType<MediaEnd[Name]>>>
}

export interface Pair {
  anna: End
  bert: End
}

const endOf = (page: Page): End => ({
  ask: (name, ...values) =>
    page.evaluate(([asked, given]) => (window.mediaEnd![asked] as (...all: unknown[]) => unknown)(...given), [
      name,
      values,
    ] as [typeof name, unknown[]]) as never,
})

interface Browsers {
  pairing: readonly [BrowserKind, BrowserKind]
  sharedBrowser: (kind: BrowserKind) => Promise<Browser>
}

/** Two pages with a real Link between them. Only the server is missing: what it would carry, the test does. Anna dials. */
const withLinkedPages = async (
  { pairing, sharedBrowser }: Browsers,
  use: (pair: Pair) => Promise<void>,
): Promise<void> =>
  withMediaPage(async (address) => {
    const open = async (kind: BrowserKind) => {
      const page = await (await sharedBrowser(kind)).newPage()
      await page.goto(address)
      return page
    }
    const pages = [await open(pairing[0]), await open(pairing[1])] as const
    const [anna, bert] = [endOf(pages[0]), endOf(pages[1])]
    await pages[0].exposeFunction('carryToOther', (signal: unknown) => bert.ask('hear', signal))
    await pages[1].exposeFunction('carryToOther', (signal: unknown) => anna.ask('hear', signal))
    try {
      await Promise.all([
        anna.ask('begin', { name: 'anna', peer: await bert.ask('deviceOf', 'bert'), role: 'initiator' }),
        bert.ask('begin', { name: 'bert', peer: await anna.ask('deviceOf', 'anna'), role: 'responder' }),
      ])
      await use({ anna, bert })
    } finally {
      for (const page of pages) await page.close()
    }
  })

/** With each of the two browsers as the one that dials, where they are not the same. */
export const bothWays = async (
  { pairing, sharedBrowser }: Browsers,
  use: (pair: Pair) => Promise<void>,
): Promise<void> => {
  const [first, second] = pairing
  await withLinkedPages({ pairing, sharedBrowser }, use)
  if (first !== second) await withLinkedPages({ pairing: [second, first], sharedBrowser }, use)
}

/** Starts a line of `from` and waits until `to` sees its first frame. How long that took, in milliseconds. */
export const seeFirstFrame = async (from: End, to: End, kind: LineKind): Promise<number> => {
  await to.ask('watch', kind)
  const startedAt = await from.ask('start', kind)
  return (await to.ask('firstFrameAt', kind)) - startedAt
}
