import { areTogether, expect, test } from '../fixtures/family.ts'

test('P7: a second tab offers to take over, and nothing is lost', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await bob.screen.say('Written in the first tab')
  await expect(anna.screen.message('Written in the first tab')).toBeVisible()

  const second = await bob.openTab()
  await expect(second.heading('Hearth is open in another tab')).toBeVisible()
  await second.button('Use Hearth here').click()
  await expect(second.message('Written in the first tab')).toBeVisible()
  await expect(bob.screen.heading('Hearth moved to another tab')).toBeVisible()

  await anna.screen.say('Still there?')
  await expect(second.message('Still there?')).toBeVisible()
  await second.say('In the second tab now')
  await expect(anna.screen.message('In the second tab now')).toBeVisible()
  const said = ['Written in the first tab', 'Still there?', 'In the second tab now']
  expect(await anna.screen.order(said)).toEqual(said)
  expect(await second.order(said)).toEqual(said)
})

test('P7: a tab that was closed leaves its place to the next', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.say('From the first tab')
  const second = await anna.openTab()
  await expect(second.heading('Hearth is open in another tab')).toBeVisible()
  await anna.screen.page.close()
  const third = await anna.openTab()
  await expect(third.message('From the first tab').or(third.button('Use Hearth here'))).toBeVisible()
})
