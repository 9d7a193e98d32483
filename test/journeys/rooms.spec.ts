import { areTogether, expect, test, type Person } from '../fixtures/family.ts'

test('G8: a room is created, browsed, joined and left, and the others see it at once', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)

  await anna.screen.createRoom('Garden')
  await expect(anna.screen.event('You created this room', 'Garden')).toBeVisible()
  await bob.screen.joinRoom('Garden')
  await expect(anna.screen.event('Bob joined', 'Garden')).toBeVisible()

  await anna.screen.say('The beans are up')
  await expect(bob.screen.message('The beans are up', 'Garden')).toBeVisible()
  await bob.screen.say('Mine too')
  await expect(anna.screen.message('Mine too', 'Garden')).toBeVisible()

  await bob.screen.leaveRoom('Garden')
  await expect(anna.screen.event('Bob left', 'Garden')).toBeVisible()
  await expect(bob.screen.log('general')).toBeVisible()
})

test('a room is a place of its own', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.createRoom('Surprise')
  await bob.screen.joinRoom('Surprise')

  await bob.screen.openRoom('general')
  await anna.screen.say('Cake at four')
  await bob.screen.say('Good morning')
  await expect(bob.screen.message('Good morning')).toBeVisible()
  await expect(bob.screen.message('Cake at four')).toBeHidden()
  await bob.screen.openRoom('Surprise')
  await expect(bob.screen.message('Cake at four', 'Surprise')).toBeVisible()
  await expect(bob.screen.message('Good morning', 'Surprise')).toBeHidden()
})

test('ux 19: /topic says what a room is about, in everybody’s header and in the talk', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.createRoom('Garden')
  await bob.screen.joinRoom('Garden')
  /** In the header; the same words over the people have no title. */
  const topic = ({ screen }: Person) => screen.page.getByTitle('Beans, and who waters them', { exact: true })

  await anna.screen.composer.fill('/topic Beans, and who waters them')
  await anna.screen.composer.press('Enter')
  for (const person of [anna, bob]) await expect(topic(person)).toBeVisible()
  await expect(
    bob.screen.event('Anna changed the topic to “Beans, and who waters them”', 'Garden'),
  ).toBeVisible()
  await expect(bob.screen.people.getByText('Beans, and who waters them')).toBeVisible()

  await bob.screen.composer.fill('/topic Tomatoes')
  await bob.screen.composer.press('Enter')
  await expect(bob.screen.page.getByRole('alert').filter({ hasText: 'Only an owner' })).toBeVisible()
  await bob.screen.composer.fill('/topic')
  await bob.screen.composer.press('Enter')
  await expect(bob.screen.page.getByRole('alert').filter({ hasText: 'Beans, and who' })).toBeVisible()

  await anna.screen.composer.fill('/topic -')
  await anna.screen.composer.press('Enter')
  await expect(bob.screen.event('Anna cleared the topic', 'Garden')).toBeVisible()
  await expect(topic(bob)).toBeHidden()
})

test('G8: a name that is taken is refused in words', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.createRoom('Garden')
  await bob.screen.joinRoom('Garden')

  const dialog = bob.screen.dialog('New room')
  await bob.screen.button('New room').click()
  await bob.screen.textbox('Room name', dialog).fill('  gARDEN ')
  await bob.screen.button('Create', dialog).click()
  await expect(bob.screen.textbox('Room name', dialog)).toHaveAttribute('aria-invalid', 'true')
  await bob.screen.textbox('Room name', dialog).fill('Balcony')
  await bob.screen.button('Create', dialog).click()
  await expect(bob.screen.log('Balcony')).toBeVisible()
})

test('one stays in a room after thinking better of leaving', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.createRoom('Garden')
  await anna.screen.button('Leave room').click()
  await anna.screen.button('Stay', anna.screen.dialog('Leave room')).click()
  await expect(anna.screen.log('Garden')).toBeVisible()
  await expect(anna.screen.room('Garden')).toHaveAttribute('aria-current', /.+/)
})

test('nobody leaves general', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.openRoom('general')
  await expect(anna.screen.button('Leave room')).toBeHidden()
})
