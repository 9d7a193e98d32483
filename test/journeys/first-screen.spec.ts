import { areTogether, expect, test } from '../fixtures/family.ts'
import { isScreenKept } from '../fixtures/stored-bytes.ts'

test('ux 10, 12: the screen of last time is there before the core, and what is said to it arrives once and in order', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.say('Soup is ready')
  await expect(bob.screen.message('Soup is ready')).toBeVisible()
  await expect(anna.screen.delivery('Soup is ready', 'On 1 other device')).toBeVisible()
  const { screen, context } = anna
  const { page } = screen
  const now = Date.now()
  // So that there is something to be kept after this moment.
  await screen.say('Come and eat')
  await isScreenKept(page, now)

  let bringCore: () => void = () => undefined
  const core = new Promise<void>((resolve) => (bringCore = resolve))
  await context.route(/assets\/begin-hearth/u, async (route) => {
    await core
    await route.continue()
  })
  await page.reload()
  await expect(screen.message('Soup is ready')).toBeVisible()
  await expect(screen.person('Bob, away')).toBeVisible()
  await screen.say('Before the core')
  await expect(screen.message('Before the core')).toBeVisible()
  await screen.say('In a moment')
  bringCore()
  await expect(bob.screen.message('In a moment')).toBeVisible()
  const texts = ['Soup is ready', 'Come and eat', 'Before the core', 'In a moment']
  expect(await bob.screen.order(texts)).toEqual(texts)
  expect(await screen.order(texts)).toEqual(texts)
  for (const text of texts) await expect(screen.message(text)).toHaveCount(1)
})

test('ux 17: what was said to a core that never came is a draft at the next start', async ({ family }) => {
  const anna = await family.person('Anna')
  const { screen, context } = anna
  await expect(screen.connection).toContainText('Nobody else is here')
  await isScreenKept(screen.page)
  anna.complaints.expect(/begin-hearth/u)
  await context.route(/assets\/begin-hearth/u, (route) => route.abort('connectionrefused'))
  await screen.page.reload()
  await expect(screen.connection).toContainText('The server cannot be reached')
  await screen.say('Into the dark')
  await expect(screen.message('Into the dark')).toBeVisible()
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await screen.page.reload()
  await expect(screen.composer).toHaveValue('Into the dark')
  await expect(screen.message('Into the dark')).toHaveCount(0)
})
