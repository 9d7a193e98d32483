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
  for (const { screen } of [anna, bob]) await screen.isWhole()

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

test('what is seen only by hand is here before the server goes away, and is there when it is wanted', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  for (const person of [anna, bob]) {
    const { screen } = person
    await screen.say(`${person.name} was here`)
    await expect(screen.message(`${person.name} was here`)).toBeVisible()
    // Nobody asks for them: they come by themselves, soon after the first screen.
    const parts = [
      /assets\/ComposerBanner-[\w-]*\.js/,
      /assets\/RoomMenu-[\w-]*\.js/,
      /assets\/CompletionList-[\w-]*\.js/,
    ]
    const coming = Promise.all(parts.map((part) => screen.page.waitForResponse(part)))
    await screen.page.reload()
    await coming
    person.complaints.expect(...networkIsAway)
  }
  // With the core, which is no part of this.
  await areTogether(anna, bob)
  await family.server.stop()
  for (const { screen } of [anna, bob]) {
    await expect(screen.connection).toContainText(/server/i)
    await screen.composer.press('ArrowUp')
    await expect(screen.page.getByText('Editing your message')).toBeVisible()
    await screen.composer.press('Escape')
    await screen.composer.fill('/top')
    await expect(screen.page.getByRole('option', { name: /topic/ })).toBeVisible()
    await screen.composer.fill('')
    await screen.room('general').click({ button: 'right' })
    await expect(screen.page.getByRole('menu')).toBeVisible()
    await screen.page.keyboard.press('Escape')
  }
})

const isFrontPage = ({ pathname }: URL) => pathname === '/'
/** Only what asks whether the server is there: the page itself and its parts still come. */
const isQuestion = (route: Route) => route.request().method() === 'HEAD'

for (const [button, window] of [
  ['Settings', 'Settings'],
  ['New room', 'New room'],
  ['Find', 'Find'],
] as const)
  test(`a window whose code is not here yet says so, and opens by itself once the server is back: ${window}`, async ({
    family,
  }) => {
    const anna = await family.person('Anna')
    const bob = await family.person('Bob')
    for (const person of [anna, bob]) {
      person.complaints.expect(...networkIsAway)
      await person.context.route(isFrontPage, (route) =>
        isQuestion(route) ? route.abort('connectionrefused') : route.continue(),
      )
      await person.screen.page.reload()
      await person.screen.button(button).click()
      await expect(person.screen.dialog('Not loaded yet')).toContainText('opens by itself')
      await person.context.unroute(isFrontPage)
      await expect(person.screen.dialog(window)).toBeVisible()
      await expect(person.screen.dialog('Not loaded yet')).toHaveCount(0)
    }
  })

test('a window whose code the server no longer has asks for a reload, and opens after it', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  for (const person of [anna, bob]) {
    person.complaints.expect(
      /HomePlaces.* (404|NS_ERROR_CORRUPTED_CONTENT)/,
      /status of 404/,
      /Loading failed for the module|MIME type/,
    )
    let isGone = true
    await person.context.route(/HomePlaces/, (route) =>
      isGone ? route.fulfill({ status: 404 }) : route.continue(),
    )
    await person.screen.page.reload()
    await person.screen.openSettings()
    await expect(person.screen.dialog('Not loaded yet')).toContainText('Reload the page')
    // The page goes on asking: were the code there before the reload, the window would open by itself.
    person.screen.page.once('framenavigated', () => (isGone = false))
    await person.screen.button('Reload').click()
    await expect(person.screen.dialog('Settings')).toBeVisible()
  }
})

test('a part whose style sheet is still on its way is not disturbed by another', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
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
