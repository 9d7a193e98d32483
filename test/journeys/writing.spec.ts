import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { areTogether, expect, test, type Person } from '../fixtures/family.ts'

const list = ({ screen }: Person, name: string) => screen.page.getByRole('listbox', { name })
const option = (person: Person, name: RegExp) => person.screen.page.getByRole('option', { name })

test('ux 19: somebody is named with the keyboard, and sees it', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  const { composer } = anna.screen

  await composer.pressSequentially('See you, @b')
  await expect(list(anna, 'People')).toBeVisible()
  await expect(option(anna, /Bob/)).toHaveAttribute('aria-selected', 'true')
  const active = await composer.getAttribute('aria-activedescendant')
  await expect(option(anna, /Bob/)).toHaveId(active ?? 'none')
  await composer.press('Escape')
  await expect(list(anna, 'People')).toBeHidden()
  await expect(composer).toHaveValue('See you, @b')

  await composer.press('Backspace')
  await composer.press('Backspace')
  await composer.pressSequentially('@b')
  await composer.press('Enter')
  await expect(composer).toHaveValue('See you, @Bob ')
  await expect(list(anna, 'People')).toBeHidden()
  await composer.pressSequentially('at five')
  await composer.press('Enter')
  await expect(composer).toHaveValue('')

  const named = bob.screen.log('general').getByRole('button', { name: '@Bob', exact: true })
  await expect(named).toBeVisible()
  await named.click()
  await expect(bob.screen.page.getByRole('dialog')).toBeVisible()
})

test(
  'ux 19: emoji by name and from the picker, with the keyboard alone',
  { tag: '@firefox' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    const { composer, page } = anna.screen

    await composer.pressSequentially('hooray :tada')
    await expect(list(anna, 'Emoji')).toBeVisible()
    await composer.press('Tab')
    await expect(composer).toHaveValue('hooray 🎉 ')

    await composer.press('Tab')
    await expect(anna.screen.button('Emoji')).toBeFocused()
    await page.keyboard.press('Enter')
    const search = page.getByRole('searchbox', { name: 'Search emoji' })
    await expect(search).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(search).toBeHidden()
    await expect(anna.screen.button('Emoji')).toBeFocused()

    await page.keyboard.press('Enter')
    await search.pressSequentially('birthday cake')
    await page.keyboard.press('Enter')
    await expect(composer).toHaveValue('hooray 🎉 🎂')
    await expect(composer).toBeFocused()
    await composer.press('Enter')
    await expect(anna.screen.message('hooray 🎉 🎂')).toBeVisible()
  },
)

test('ux 19: commands are listed with a line of help, and done', async ({ family }) => {
  const anna = await family.person('Anna')
  const { composer } = anna.screen
  await composer.pressSequentially('/help')
  await composer.press('Enter')
  await expect(list(anna, 'Commands')).toBeVisible()
  await expect(anna.screen.page.getByRole('option')).toHaveCount(9)
  await composer.pressSequentially('sh')
  await expect(anna.screen.page.getByRole('option')).toHaveText([/shrug.*Who knows/])
  await composer.press('Enter')
  await composer.pressSequentially('so')
  await composer.press('Enter')
  await expect(anna.screen.message('so ¯\\_(ツ)_/¯')).toBeVisible()

  await composer.fill('/poll Pizza?')
  await composer.press('Enter')
  await expect(anna.screen.page.getByRole('alert').filter({ hasText: 'two answers' })).toBeVisible()
  await expect(composer).toHaveValue('/poll Pizza?')
})

test('Markdown is shown, and what is hidden waits for a tap', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.say(
    '**thick** *leaning* ~~gone~~ `code` ||the butler||\n> said\n- one\n- two\n```\na * b\n```\nhttps://аpple.com/x end',
  )

  const log = bob.screen.log('general')
  await expect(log.locator('strong')).toHaveText('thick')
  await expect(log.locator('em')).toHaveText('leaning')
  await expect(log.locator('s')).toHaveText('gone')
  await expect(log.locator('code')).toHaveText(['code', 'a * b'])
  await expect(log.getByRole('blockquote')).toHaveText('said')
  const link = log.getByRole('link', { name: 'https://аpple.com/x' })
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
  await expect(log.getByText('(xn--pple-43d.com)')).toBeVisible()

  await expect(log.getByText('the butler')).toBeHidden()
  await log.getByRole('button', { name: /^Hidden text/ }).press('Enter')
  await expect(log.getByText('the butler')).toBeVisible()
})

test('ux 17: a draft with whom it names survives a reload', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.composer.pressSequentially('@bo')
  await anna.screen.composer.press('Enter')
  await anna.screen.composer.pressSequentially('soon')
  await anna.screen.page.reload()
  await expect(anna.screen.composer).toHaveValue('@Bob soon')
  await areTogether(anna, bob)
  await anna.screen.composer.press('Home')
  await anna.screen.composer.pressSequentially('So, ')
  await anna.screen.composer.press('Enter')
  await expect(bob.screen.log('general').getByRole('button', { name: '@Bob', exact: true })).toBeVisible()
})

test('ux 20: ↑ edits the last own message, Esc leaves it as it was', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  const { composer, page } = anna.screen
  await anna.screen.say('See you at five')
  await expect(bob.screen.message('See you at five')).toBeVisible()

  await composer.press('ArrowUp')
  await expect(page.getByText('Editing your message')).toBeVisible()
  await expect(composer).toHaveValue('See you at five')
  await composer.press('Escape')
  await expect(page.getByText('Editing your message')).toBeHidden()
  await expect(composer).toHaveValue('')

  await composer.press('ArrowUp')
  await expect(composer).toHaveValue('See you at five')
  await composer.pressSequentially(' thirty')
  await composer.press('Enter')
  await expect(composer).toHaveValue('')
  await expect(bob.screen.message('See you at five thirty')).toBeVisible()
  await expect(bob.screen.message('See you at five')).toBeHidden()
})

test(
  'ux 36: axe finds nothing while something is completed or picked',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.visitor('Anna')
    await bringAxe(anna.context)
    await anna.screen.moveIn(family.server.link, 'Anna')
    const { composer, page } = anna.screen
    await anna.screen.say(
      '**thick** ||hidden|| `code`\n> said\n1. one\n```\ncode\n```\nhttps://bücher.example',
    )
    await composer.pressSequentially('/')
    await expect(list(anna, 'Commands')).toBeVisible()
    expect(await findBarriers(page)).toEqual([])
    await composer.fill(':ca')
    await expect(list(anna, 'Emoji')).toBeVisible()
    expect(await findBarriers(page)).toEqual([])
    await anna.screen.button('Emoji').click()
    await expect(page.getByRole('button', { name: 'grinning face', exact: true })).toBeVisible()
    expect(await findBarriers(page)).toEqual([])
  },
)
