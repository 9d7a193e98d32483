import { readdirSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import { openState, serveGallery } from '../fixtures/gallery.ts'
import { looksFolder, test } from '../fixtures/looks.ts'

/** The main screens look as they did in test/looks/, which `npm run looks` makes anew. */

interface View {
  /** Of the gallery. */
  readonly state: string
  /** They lead to what is looked at. What a view in another language is reached by must be no word of ours. */
  readonly steps?: readonly ((page: Page) => Promise<void>)[]
  readonly sees?: (page: Page) => Locator
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const press = (name: string) => (page: Page) => button(page, name).click()
/** Where it comes late, a dialog that says so stands there before. */
const windowTitle = (page: Page) => page.locator('dialog.window').getByRole('heading').first()
const log = (page: Page) => page.locator('[role=log][aria-busy=false]')
/** On a phone the list comes first. */
const openRoom = (page: Page) =>
  page.getByRole('navigation').getByRole('button', { name: 'general' }).first().click()

const views = {
  'sign in': { state: 'signIn' },
  'first start': { state: 'lightHearth' },
  rooms: { state: 'roomsList' },
  room: { state: 'messages', steps: [openRoom], sees: log },
  quotes: {
    state: 'messages',
    steps: [openRoom, (page) => page.getByText('Thank you!').scrollIntoViewIfNeeded()],
    sees: log,
  },
  'menu of a message': {
    state: 'messages',
    steps: [openRoom, (page) => button(page, 'More').last().press('Enter')],
    sees: (page) => page.getByRole('menu'),
  },
  offline: {
    state: 'offline',
    steps: [openRoom],
    // The same is said at once, but to screen readers.
    sees: (page) => button(page, 'Look into it'),
  },
  people: { state: 'privateRoom', sees: log },
  switcher: { state: 'roomsList', steps: [press('Find')], sees: (page) => page.getByRole('option').last() },
  'new room': {
    state: 'messages',
    steps: [press('New room')],
    sees: (page) => page.getByRole('dialog').getByRole('textbox').first(),
  },
  settings: { state: 'windowSettings', sees: windowTitle },
  appearance: { state: 'windowAppearance', sees: windowTitle },
  family: { state: 'windowFamily', sees: windowTitle },
  ringing: { state: 'callRinging', sees: (page) => page.getByRole('alertdialog') },
  // Once somebody is in a call, pictures move and reactions fly by.
  calling: { state: 'callOutRoom', sees: (page) => page.getByText('Busy in another call') },
} satisfies Record<string, View>
type ViewName = keyof typeof views

const sizes = {
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true },
  // Rooms, talk and people side by side.
  desktop: { viewport: { width: 1152, height: 600 } },
} as const

interface Look {
  readonly size: keyof typeof sizes
  readonly colorScheme: 'light' | 'dark'
  readonly language?: 'ar'
  readonly whole: readonly ViewName[]
  /** Of these only the window is kept: what is around it is in another picture. */
  readonly windows?: readonly ViewName[]
}

const looks: Readonly<Record<string, Look>> = {
  'phone light': {
    size: 'phone',
    colorScheme: 'light',
    whole: ['sign in', 'rooms', 'room', 'quotes', 'menu of a message', 'switcher'],
  },
  'phone dark': {
    size: 'phone',
    colorScheme: 'dark',
    whole: ['first start', 'rooms', 'room', 'people', 'new room', 'offline', 'appearance', 'calling'],
  },
  'phone arabic': {
    size: 'phone',
    colorScheme: 'light',
    language: 'ar',
    whole: ['sign in', 'rooms', 'quotes', 'settings', 'ringing'],
  },
  'desktop light': {
    size: 'desktop',
    colorScheme: 'light',
    whole: ['room', 'people'],
    windows: ['settings', 'family', 'ringing'],
  },
  'desktop dark': {
    size: 'desktop',
    colorScheme: 'dark',
    whole: ['rooms', 'calling'],
    windows: ['switcher', 'new room'],
  },
  'desktop arabic': {
    size: 'desktop',
    colorScheme: 'dark',
    language: 'ar',
    whole: ['people'],
    windows: ['appearance'],
  },
}

const pictureOf = (look: string, view: string) => `${look} ${view}.png`.replaceAll(' ', '-')

/** All times in the gallery are told from now. */
const startMs = Date.parse('2026-07-08T14:25:00+02:00')

const open = async (page: Page, { steps = [], sees }: View, address: string): Promise<void> => {
  await page.clock.setFixedTime(startMs)
  await openState(page, address)
  for (const [index, step] of steps.entries()) {
    // Where no time has passed, Vue takes a press for older than what was pressed.
    await page.clock.setFixedTime(startMs + (index + 1) * 1_000)
    await step(page)
  }
  if (sees) await expect(sees(page)).toBeVisible()
  // Nothing lies under the pointer.
  await page.mouse.move(0, 0)
}

// What differs is kept as a picture: more than a trace could tell.
test.use({ trace: 'off' })

for (const [look, { size, colorScheme, language = 'en', whole, windows = [] }] of Object.entries(looks))
  test(`ux 36: it looks as it did, ${look}`, { tag: '@once' }, async ({ pinnedBrowser, otherFonts }) => {
    test.slow()
    test.skip(otherFonts !== undefined, otherFonts)
    const gallery = await serveGallery()
    const context = await pinnedBrowser.newContext({
      ...sizes[size],
      colorScheme,
      deviceScaleFactor: 1,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    })
    // What one state has this browser remember is no part of the next.
    await context.addInitScript(() => localStorage.clear())
    const page = await context.newPage()
    for (const name of [...whole, ...windows]) {
      await open(page, views[name], gallery.address(`${views[name].state}&language=${language}&as=${name}`))
      const shown = windows.includes(name) ? page.locator('dialog[open]').last() : page
      await expect.soft(shown).toHaveScreenshot(pictureOf(look, name))
    }
    await context.close()
    await gallery.close()
  })

test('ux 36: every picture that is kept is looked at', { tag: '@once' }, () => {
  const kept = readdirSync(looksFolder).filter((file) => file.endsWith('.png'))
  const wanted = Object.entries(looks).flatMap(([look, { whole, windows = [] }]) =>
    [...whole, ...windows].map((view) => pictureOf(look, view)),
  )
  expect(kept.sort()).toEqual(wanted.sort())
})
