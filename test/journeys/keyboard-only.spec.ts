import { areTogether, expect, test } from '../fixtures/family.ts'
import { createKeyboard } from '../fixtures/keyboard.ts'
import { passwordOf } from '../fixtures/screen.ts'

const noMotion = { reducedMotion: 'reduce' } as const

/** Not with two Firefoxes: of two windows of one Firefox, the one behind shows no focus. */
test('ux 36: the keyboard alone goes from the invitation to a reaction, and always shows where it is', async ({
  family,
}) => {
  test.slow()
  const anna = await family.person('Anna')
  await anna.screen.createRoom('Garden')
  await anna.screen.say('The beans are up')
  const bob = await family.visitor('Bob', noMotion)
  const { screen } = bob
  const { page } = screen
  const keys = createKeyboard(page)
  await page.goto(await family.invitation())

  await keys.tabTo(screen.button('Come in'))
  await keys.press('Enter')
  await keys.isAt(screen.textbox('Your name'))
  await keys.type('Bob')
  await keys.tabTo(screen.textbox('Choose a password'))
  await keys.type(passwordOf('Bob'))
  await keys.tabTo(screen.button('Come in'))
  await keys.press('Enter')

  const items = page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem')
  await expect(items).toHaveCount(24, { timeout: 60_000 })
  const words = (await items.allInnerTexts()).map((item) => item.replace(/[^a-z]/g, ''))
  await keys.tabTo(screen.button('I wrote them down'))
  await keys.press('Enter')
  const asked = page.getByRole('textbox', { name: /^Word/ })
  await expect(asked).toHaveCount(2)
  for (const field of await asked.all()) {
    await keys.tabTo(field)
    const label = await field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent ?? '')
    await keys.type(words[Number(label.replace(/\D/g, '')) - 1] ?? '')
  }
  await keys.press('Enter')
  await areTogether(anna, bob)

  // A room that is not one's own yet, then back and forth in the list.
  await keys.tabTo(screen.button('Browse rooms'), 'Shift+Tab')
  await keys.press('Enter')
  await keys.tabTo(screen.button('Join Garden', screen.dialog('Browse rooms')))
  await keys.press('Enter')
  await expect(screen.log('Garden')).toBeVisible()
  await keys.tabTo(screen.room('general'), 'Shift+Tab')
  await keys.press('Enter')
  await expect(screen.log('general')).toBeVisible()
  await keys.tabTo(screen.room('Garden'), 'Shift+Tab')
  await keys.press('Enter')
  await keys.isAt(screen.composer)
  await keys.type('I bring the water')
  await keys.press('Enter')
  await expect(anna.screen.message('I bring the water', 'Garden')).toBeVisible()

  // The messages are one stop; arrows go from one to the next.
  const more = (text: string) => screen.button('More', screen.message(text, 'Garden'))
  await keys.tabTo(more('I bring the water'), 'Shift+Tab')
  await keys.press('ArrowUp')
  // Its own message has a second place to stop, which tells who has it.
  if (!(await keys.hasFocus(more('The beans are up')))) await keys.press('ArrowUp')
  await keys.isAt(more('The beans are up'))
  await keys.press('Enter')
  const menu = page.getByRole('menu', { name: 'More about this message' })
  await keys.isAt(menu.getByRole('menuitem').first())
  await keys.press('ArrowDown')
  await keys.isAt(menu.getByRole('menuitem').nth(1))
  await keys.press('ArrowUp')
  await keys.press('Enter')
  await expect(menu).toBeHidden()
  await expect(
    screen.message('The beans are up', 'Garden').getByRole('button', { name: /from you$/ }),
  ).toBeVisible()
  await expect(
    anna.screen.message('The beans are up', 'Garden').getByRole('button', { name: /from Bob$/ }),
  ).toBeVisible()
  await keys.isAt(more('The beans are up'))
})

test(
  'ux 36: the keyboard alone changes the look, and comes back to where it was',
  { tag: ['@once', '@firefox'] },
  async ({ family }) => {
    const anna = await family.person('Anna', noMotion)
    const { screen } = anna
    const keys = createKeyboard(screen.page)
    const settings = screen.dialog('Settings')
    const look = screen.dialog('Appearance')

    await keys.tabTo(screen.button('Settings'))
    await keys.press('Enter')
    await keys.tabTo(screen.button('Appearance', settings))
    await keys.press('Enter')
    const radio = (name: string) => look.getByRole('radio', { name, exact: true })
    await keys.tabTo(radio('System'))
    await keys.press('ArrowDown')
    await keys.press('ArrowDown')
    await keys.isAt(radio('Dark'))
    await expect(screen.page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await keys.tabTo(look.getByRole('checkbox', { name: 'More contrast' }))
    await keys.press('Space')
    await expect(screen.page.locator('html')).toHaveAttribute('data-more-contrast')
    await keys.press('Space')
    await keys.press('Escape')
    await keys.isAt(screen.button('Appearance', settings))
    await keys.press('Escape')
    await expect(settings).toBeHidden()
    await keys.isAt(screen.button('Settings'))
    await keys.tabTo(screen.composer)
    await keys.type('It looks better now')
    await keys.press('Enter')
    await expect(screen.message('It looks better now')).toBeVisible()
  },
)
