import type { BrowserContext, Page } from '@playwright/test'
import { callOf } from '../fixtures/calls.ts'
import { areTogether, expect, test, type Person } from '../fixtures/family.ts'

interface ShownNotice {
  title: string
  body: string
  isClosed: boolean
  press(): void
}
declare global {
  interface Window {
    shownNotices: ShownNotice[]
    /** How often something was heard. */
    startedTones: number
  }
}

/** A browser that lets Hearth notify, and keeps what it was told. */
const keepNotices = () => {
  window.shownNotices = []
  window.startedTones = 0
  class KeptNotification extends EventTarget {
    static permission: NotificationPermission = 'default'
    static requestPermission() {
      KeptNotification.permission = 'granted'
      return Promise.resolve('granted')
    }
    onclick: (() => void) | null = null
    shown: ShownNotice
    constructor(title: string, { body = '' }: NotificationOptions = {}) {
      super()
      this.shown = { title, body, isClosed: false, press: () => this.onclick?.() }
      window.shownNotices.push(this.shown)
    }
    close() {
      this.shown.isClosed = true
    }
  }
  Object.defineProperty(window, 'Notification', { value: KeptNotification })
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (when) {
    window.startedTones++
    start.call(this, when)
  }
}

const prepare = async (context: BrowserContext, page: Page) => {
  await context.addInitScript(keepNotices)
  await page.reload()
}
const noticesOf = ({ screen }: Person) =>
  screen.page.evaluate(() => window.shownNotices.map(({ title, body }) => `${title}: ${body}`))

const begin = async (anna: Person, bob: Person) => {
  await areTogether(anna, bob)
  await anna.screen.createRoom('Garden')
  await bob.screen.joinRoom('Garden')
  await prepare(bob.context, bob.screen.page)
  await areTogether(anna, bob)
  await bob.screen.openRoom('general')
}

test('ux 33, 34: notifications are offered once, told for other rooms, and lead to them', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await begin(anna, bob)
  const { page } = bob.screen
  const offer = page.getByRole('region', { name: 'Notifications' })
  await expect(offer).toBeHidden()
  await anna.screen.openRoom('general')
  await anna.screen.say('Good morning')
  await expect(offer).toBeVisible()
  await bob.screen.button('Yes, tell me').click()
  await expect(offer).toBeHidden()

  // The room one looks at is not told of, the other is, and is heard.
  await page.bringToFront()
  await anna.screen.say('Coffee is ready')
  await expect(bob.screen.message('Coffee is ready')).toBeVisible()
  await anna.screen.openRoom('Garden')
  await anna.screen.say('The beans are up')
  await expect.poll(() => noticesOf(bob)).toEqual(['Anna · Garden: The beans are up'])
  // A Firefox without a sound card starts none.
  if (page.context().browser()?.browserType().name() === 'chromium')
    await expect.poll(() => page.evaluate(() => window.startedTones)).toBe(2)
  await expect(page).toHaveTitle('(1) general · Hearth')

  await page.evaluate(() => window.shownNotices[0]?.press())
  await expect(bob.screen.message('The beans are up', 'Garden')).toBeVisible()
  await expect(page).toHaveTitle('Garden · Hearth')
  await expect.poll(() => page.evaluate(() => window.shownNotices[0]?.isClosed)).toBe(true)

  // The answer is kept.
  await page.reload()
  await areTogether(anna, bob)
  await expect(offer).toBeHidden()
})

test('ux 33: a room tells as much as it is let, and no more is shown than is wanted', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await begin(anna, bob)
  const { page } = bob.screen
  await bob.screen.openSettings('Notifications')
  const window = bob.screen.dialog('Notifications')
  await window.getByRole('checkbox', { name: /^Tell me/ }).click()
  await expect(window.getByRole('checkbox', { name: /^Tell me/ })).toBeChecked()
  await window.getByRole('radio', { name: 'Only that something has come' }).check()
  await bob.screen.closeWindows()

  await anna.screen.openRoom('Garden')
  await anna.screen.say('One')
  await expect.poll(() => noticesOf(bob)).toEqual(['Hearth: Something new has come.'])

  await bob.screen.room('Garden').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Notifications…' }).click()
  await bob.screen
    .dialog('Notifications')
    .getByRole('radio', { name: /^Nothing/ })
    .check()
  await bob.screen.button('Close', bob.screen.dialog('Notifications')).click()
  await expect(page).toHaveTitle('general · Hearth')
  await anna.screen.say('Two')
  await expect(bob.screen.room('Garden')).toHaveAccessibleDescription(/Anna: Two$/)
  expect(await noticesOf(bob)).toHaveLength(1)
})

test(
  'ux 26, 33: in quiet hours in which calls are not to ring one is seen all the same, and rings when it comes again',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    const bob = await family.person('Bob')
    await areTogether(anna, bob)
    await bob.screen.openSettings('Notifications')
    const window = bob.screen.dialog('Notifications')
    await window.getByRole('checkbox', { name: /^Not at night/ }).check()
    // From a time to the same time is all day.
    await window.getByLabel('From').fill('00:00')
    await window.getByLabel('until').fill('00:00')
    const calls = window.getByRole('checkbox', { name: /^Calls ring/ })
    await expect(calls).toBeChecked()
    await calls.uncheck()
    await bob.screen.closeWindows()

    await anna.screen.openRoom('general')
    const { ring } = callOf(bob)
    const silence = ring.getByText('it is your quiet time')
    await callOf(anna).place('sound')
    await expect(silence).toBeVisible()
    await ring.getByRole('button', { name: 'Decline', exact: true }).click()
    await expect(ring).toBeHidden()
    await callOf(anna).leave()

    await callOf(anna).place('sound')
    await expect(ring).toBeVisible()
    await expect(silence).toBeHidden()
  },
)
