import { expect, test } from '../fixtures/family.ts'

test(
  'ux 39, 40: on a phone one goes from the list to a room and back',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    const bob = await family.person('Bob', { viewport: { width: 390, height: 844 }, hasTouch: true })
    await expect(anna.screen.person('Bob, here')).toBeVisible()

    await bob.screen.openRoom('general')
    await expect(bob.screen.rooms).toBeHidden()
    await bob.screen.button('People').click()
    await expect(bob.screen.person('Anna, here')).toBeVisible()
    await bob.screen.page.goBack()
    await expect(bob.screen.people).toBeHidden()
    await anna.screen.say('Look at this')
    await expect(bob.screen.message('Look at this')).toBeVisible()

    await bob.screen.button('Back to rooms').click()
    await expect(bob.screen.rooms).toBeVisible()
    await expect(bob.screen.log('general')).toBeHidden()
    await bob.screen.openRoom('general')
    await bob.screen.page.goBack()
    await expect(bob.screen.rooms).toBeVisible()
  },
)

test('ux 36: 320 px are enough', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob', { viewport: { width: 320, height: 568 } })
  await bob.screen.openRoom('general')
  await bob.screen.say('A small screen')
  await expect(anna.screen.message('A small screen')).toBeVisible()
  const overflow = await bob.screen.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await expect(bob.screen.button('Send')).toBeInViewport({ ratio: 1 })
})
