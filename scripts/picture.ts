import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { chromium, firefox, type Browser, type Page, type ViewportSize } from '@playwright/test'
import { launchBrowser } from '../test/fixtures/browsers.ts'
import { createScreen, passwordOf, type Screen } from '../test/fixtures/screen.ts'
import { withServer } from '../test/fixtures/server.ts'

/** Makes docs/picture.png, the README's: a tablet and a phone of one family, talking. `npm run picture`, after a build. */

const output = path.join(import.meta.dirname, '..', 'docs', 'picture.png')
const wide = { width: 1000, height: 760 }
const narrow = { width: 390, height: 760 }

const said: readonly (readonly ['Anna' | 'Grandma', string])[] = [
  ['Grandma', 'Good morning! Is everybody coming on Sunday?'],
  ['Anna', 'We are, all four. I make the salad.'],
  ['Anna', 'Shall we bring the big table from the cellar?'],
  ['Grandma', 'Yes please. And start at one, before Leo gets hungry 😊'],
  ['Anna', 'One o’clock it is 🥖🧀🍅'],
]

const enter = async (
  browser: Browser,
  link: string,
  name: string,
  viewport: ViewportSize,
): Promise<Screen> => {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: 1.5,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  const screen = createScreen(await context.newPage())
  await screen.moveIn(link, name)
  return screen
}

const asImage = async (page: Page): Promise<string> =>
  `data:image/png;base64,${(await page.screenshot()).toString('base64')}`

const compose = async (browser: Browser, left: string, right: string): Promise<void> => {
  const page = await browser.newPage({ viewport: { width: 1530, height: 860 }, deviceScaleFactor: 1 })
  await page.setContent(`<style>
    body { margin: 0; height: 100vh; display: flex; gap: 40px; align-items: center; justify-content: center; background: #e9dccb }
    img { border-radius: 18px; box-shadow: 0 12px 40px #0003; height: 760px }
  </style><img src="${left}"><img src="${right}">`)
  await mkdir(path.dirname(output), { recursive: true })
  await page.screenshot({ path: output })
}

const browser = await launchBrowser({ chromium, firefox }, 'chromium')
await withServer(async (server) => {
  const grandma = await enter(browser, server.link, 'Grandma', wide)
  const invitation = await grandma.invite('1 person')
  await grandma.keepPhrase(passwordOf('Grandma'))
  const anna = await enter(browser, invitation, 'Anna', narrow)
  await anna.keepPhrase(passwordOf('Anna'))
  const people = { Grandma: grandma, Anna: anna }
  await people.Anna.openRoom('general')
  for (const [name, text] of said) {
    const reader = name === 'Anna' ? people.Grandma : people.Anna
    await people[name].say(text)
    await reader.event(text).waitFor()
  }
  await people.Anna.delivery('One o’clock it is 🥖🧀🍅', 'On 1 other device').waitFor()
  await compose(browser, await asImage(people.Grandma.page), await asImage(people.Anna.page))
})
await browser.close()
