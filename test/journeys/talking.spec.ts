import { areTogether, expect, test } from '../fixtures/family.ts'

test('ux 41: somebody alone is inside, and is told so', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  await expect(anna.screen.person('Anna (you)')).toBeVisible()
  await expect(anna.screen.connection).toBeVisible()
  await anna.screen.say('Is anybody there?')
  await expect(anna.screen.delivery('Is anybody there?', 'On this device only')).toBeVisible()
})

test('two people talk both ways in general', { tag: '@firefox' }, async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)

  await anna.screen.say('Dinner at seven?')
  await expect(bob.screen.message('Dinner at seven?')).toBeVisible()
  await bob.screen.say('I bring bread')
  await expect(anna.screen.message('I bring bread')).toBeVisible()

  const said = ['Dinner at seven?', 'I bring bread']
  expect(await anna.screen.order(said)).toEqual(said)
  expect(await bob.screen.order(said)).toEqual(said)
})

test('ux 11, Y4: the mark says on how many devices a message is', async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.say('First one here')
  await expect(anna.screen.delivery('First one here', 'On this device only')).toBeVisible()

  await family.person('Bob')
  await expect(anna.screen.delivery('First one here', 'On 1 other device')).toBeVisible()
  await family.person('Carl')
  await expect(anna.screen.delivery('First one here', 'On 2 other devices')).toBeVisible()
})

test('ux 22: typing is seen, and its end too', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)

  await bob.screen.composer.pressSequentially('Well')
  await expect(anna.screen.typing).toHaveText('Bob is writing…')
  await bob.screen.composer.press('Enter')
  await expect(anna.screen.message('Well')).toBeVisible()
  await expect(anna.screen.typing).not.toHaveText('Bob is writing…')

  await bob.screen.composer.pressSequentially('And then')
  await expect(anna.screen.typing).toHaveText('Bob is writing…')
  // Nothing more is typed: it ends by itself.
  await expect(anna.screen.typing).not.toHaveText('Bob is writing…')
})

test('ux 22: who is here, and who left', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await bob.close()
  await expect(anna.screen.person('Bob, away')).toBeVisible()
})
