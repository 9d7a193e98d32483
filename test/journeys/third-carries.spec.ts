import { areTogether, expect, test } from '../fixtures/family.ts'

test('Y3: a third device carries between two that cannot meet', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  const carl = await family.person('Carl', { cannotMeet: [anna] })
  await areTogether(bob, carl)
  await expect(carl.screen.person('Anna, away')).toBeVisible()

  await anna.screen.say('Can you hear me, Carl?')
  await expect(carl.screen.message('Can you hear me, Carl?')).toBeVisible()
  await carl.screen.say('Through Bob, yes')
  await expect(anna.screen.message('Through Bob, yes')).toBeVisible()
  // Y4: Carl's acknowledgement is Carl's own to give, and he cannot reach Anna.
  await expect(anna.screen.delivery('Can you hear me, Carl?', 'On 1 other device')).toBeVisible()

  await carl.screen.createRoom('Garden')
  await anna.screen.joinRoom('Garden')
  await expect(carl.screen.event('Anna joined', 'Garden')).toBeVisible()
  await carl.screen.say('The beans are up')
  await anna.screen.say('Mine too')
  await expect(anna.screen.message('The beans are up', 'Garden')).toBeVisible()
  await expect(carl.screen.message('Mine too', 'Garden')).toBeVisible()
  await expect(carl.screen.person('Anna, away')).toBeVisible()
})
