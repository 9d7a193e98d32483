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
