import type { Route } from '@playwright/test'
import { networkIsAway } from '../fixtures/complaints.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'

test('S7, ux 41: without the server those connected keep talking; when it is back, all find each other', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  for (const person of [anna, bob]) person.complaints.expect(...networkIsAway)
  await areTogether(anna, bob)

  await family.server.stop()
  await expect(anna.screen.connection).toContainText(/server/i)
  await anna.screen.say('The box is off')
  await expect(bob.screen.message('The box is off')).toBeVisible()
  await bob.screen.createRoom('Repairs')
  await anna.screen.joinRoom('Repairs')
  await anna.screen.say('Is it plugged in?')
  await expect(bob.screen.message('Is it plugged in?', 'Repairs')).toBeVisible()

  await family.server.start()
  const carl = await family.person('Carl')
  await areTogether(anna, carl)
  await areTogether(bob, carl)
  await expect(carl.screen.message('The box is off')).toBeVisible()
  await carl.screen.say('I plugged it in')
  await expect(anna.screen.room('general')).toBeVisible()
  await anna.screen.openRoom('general')
  await expect(anna.screen.message('I plugged it in')).toBeVisible()
})

test('a page opened while the server is away finds the others when it comes back', async ({ family }) => {
  const anna = await family.person('Anna', { hasNetworkControl: true })
  const bob = await family.person('Bob', { hasNetworkControl: true })
  for (const person of [anna, bob]) person.complaints.expect(...networkIsAway)
  await areTogether(anna, bob)
  await family.server.stop()
  await bob.network.cut()
  await expect(anna.screen.person('Bob, away')).toBeVisible()
  await anna.screen.say('Alone now')
  await bob.network.mend()
  await family.server.start()
  await areTogether(anna, bob)
  await expect(bob.screen.message('Alone now')).toHaveCount(1)
})

/** As in a window that forbids service workers: the parts come from the server alone, where a test can keep them back. */
const withoutWorker = { serviceWorkers: 'block' } as const
const isFrontPage = ({ pathname }: URL) => pathname === '/'
/** Only what asks whether the server is there: the page itself and its parts still come. */
const isQuestion = (route: Route) => route.request().method() === 'HEAD'

test('a window whose code is not here yet says so, and opens by itself once the server is back', async ({
  family,
}) => {
  const anna = await family.person('Anna', withoutWorker)
  const bob = await family.person('Bob', withoutWorker)
  for (const person of [anna, bob]) {
    person.complaints.expect(...networkIsAway)
    await person.context.route(isFrontPage, (route) =>
      isQuestion(route) ? route.abort('connectionrefused') : route.continue(),
    )
    await person.screen.page.reload()
    await person.screen.openSettings()
    await expect(person.screen.dialog('Not loaded yet')).toContainText('opens by itself')
    await person.context.unroute(isFrontPage)
    await expect(person.screen.dialog('Settings')).toBeVisible()
    await expect(person.screen.dialog('Not loaded yet')).toHaveCount(0)
  }
})

test('a window whose code the server no longer has asks for a reload, and opens after it', async ({
  family,
}) => {
  const anna = await family.person('Anna', withoutWorker)
  const bob = await family.person('Bob', withoutWorker)
  for (const person of [anna, bob]) {
    person.complaints.expect(
      /HomePlaces.* (404|NS_ERROR_CORRUPTED_CONTENT)/,
      /status of 404/,
      /Loading failed for the module|MIME type/,
    )
    await person.context.route(/HomePlaces/, (route) => route.fulfill({ status: 404 }))
    await person.screen.page.reload()
    await person.screen.openSettings()
    await expect(person.screen.dialog('Not loaded yet')).toContainText('Reload the page')
    await person.context.unroute(/HomePlaces/)
    await person.screen.button('Reload').click()
    await expect(person.screen.dialog('Settings')).toBeVisible()
  }
})

test('a part whose style sheet is still on its way is not disturbed by another', async ({ family }) => {
  const anna = await family.person('Anna', withoutWorker)
  const bob = await family.person('Bob', withoutWorker)
  for (const person of [anna, bob]) {
    let otherCame: () => void = () => undefined
    const other = new Promise<void>((resolve) => (otherCame = resolve))
    await person.context.route(
      ({ pathname }) => /call-parts.*\.css$/.test(pathname),
      async (route) => {
        await other
        await route.continue()
      },
    )
    await person.context.route(
      ({ pathname }) => /HomePlaces.*\.css$/.test(pathname),
      async (route) => {
        otherCame()
        await route.continue()
      },
    )
    await person.screen.page.reload()
    await expect(person.screen.button('Call')).toBeEnabled()
  }
})
