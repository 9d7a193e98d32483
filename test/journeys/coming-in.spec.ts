import { expect, test } from '../fixtures/family.ts'

const once = { tag: '@once' }

test('ux 1: from the link to the first message', async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.say('Hello, family')
  await expect(anna.screen.message('Hello, family')).toBeVisible()
  // ux 2: the secret does not stay where a shoulder or a screenshot can read it.
  expect(anna.screen.page.url()).not.toContain('#join/')
})

test('without a link the page asks for one, and takes it by paste', once, async ({ family }) => {
  const anna = await family.visitor('Anna')
  await anna.screen.page.goto(family.server.origin)
  await expect(anna.screen.heading('You need a link')).toBeVisible()
  await anna.screen.textbox('Family link').fill(family.server.link)
  await anna.screen.button('Open').click()
  await anna.screen.giveName('Anna')
})

test('a link pasted into the address of the open page is followed', once, async ({ family }) => {
  const anna = await family.visitor('Anna')
  await anna.screen.page.goto(family.server.origin)
  await expect(anna.screen.heading('You need a link')).toBeVisible()
  // Only the fragment differs, so the browser loads nothing by itself.
  await anna.screen.page.evaluate((link) => location.assign(link), family.server.link)
  await anna.screen.giveName('Anna')
})

test('a mangled link says so, and a whole one still works', once, async ({ family }) => {
  const anna = await family.visitor('Anna')
  await anna.screen.page.goto(family.server.link.slice(0, -5))
  await expect(anna.screen.heading('You need a link')).toBeVisible()
  await expect(anna.screen.page.getByRole('alert')).toBeVisible()
  await anna.screen.textbox('Family link').fill('https://example.org/#join/nothing')
  await anna.screen.button('Open').click()
  await expect(anna.screen.heading('You need a link')).toBeVisible()
  await anna.screen.textbox('Family link').fill(family.server.link)
  await anna.screen.button('Open').click()
  await anna.screen.giveName('Anna')
})

test('a link of another family does not open this one', once, async ({ family }) => {
  const stranger = await family.visitor('stranger')
  stranger.complaints.expect(/api\/session.* 403|status of 403/)
  await stranger.screen.page.goto(`${family.server.origin}/#join/${'A'.repeat(42)}E`)
  await expect(stranger.screen.page.getByRole('alert')).toBeVisible()
  await expect(stranger.screen.log('general')).toBeHidden()
})

test('an empty name is not taken', once, async ({ family }) => {
  const anna = await family.visitor('Anna')
  await anna.screen.page.goto(family.server.link)
  await anna.screen.textbox('Your name').fill('   ')
  await anna.screen.button('Come in').click()
  await expect(anna.screen.textbox('Your name')).toHaveAttribute('aria-invalid', 'true')
  await anna.screen.giveName('Anna')
  await expect(anna.screen.person('Anna (you)')).toBeVisible()
})

test('ux 36: the keyboard alone goes from the link to a sent message', async ({ family }) => {
  const anna = await family.visitor('Anna')
  await anna.screen.page.goto(family.server.link)
  const tabTo = async (name: string, role: 'textbox' | 'button') => {
    const target = anna.screen.page.getByRole(role, { name, exact: true })
    await expect(target).toBeVisible()
    await expect(async () => {
      if (!(await target.evaluate((element) => element === document.activeElement)))
        await anna.screen.page.keyboard.press('Tab')
      await expect(target).toBeFocused({ timeout: 50 })
    }).toPass()
  }
  await tabTo('Your name', 'textbox')
  await anna.screen.page.keyboard.type('Anna')
  await anna.screen.page.keyboard.press('Enter')
  await expect(anna.screen.log('general')).toBeVisible()
  await tabTo('Message', 'textbox')
  await anna.screen.page.keyboard.type('No mouse')
  await anna.screen.page.keyboard.press('Enter')
  await expect(anna.screen.message('No mouse')).toBeVisible()

  await tabTo('New room', 'button')
  await anna.screen.page.keyboard.press('Enter')
  await expect(anna.screen.textbox('Room name', anna.screen.dialog('New room'))).toBeFocused()
  await anna.screen.page.keyboard.press('Escape')
  await expect(anna.screen.dialog('New room')).toBeHidden()
  await expect(anna.screen.button('New room')).toBeFocused()
})
