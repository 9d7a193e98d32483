import { areTogether, expect, test, type Family, type Person } from '../fixtures/family.ts'

/** Three who all see one another. */
const meet = async (family: Family): Promise<{ anna: Person; bob: Person; carl: Person }> => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  const carl = await family.person('Carl')
  await areTogether(anna, bob)
  await areTogether(anna, carl)
  await areTogether(bob, carl)
  return { anna, bob, carl }
}

/** What `writer` says in general reaches `reader` after everything that they said before it. */
const catchUp = async (writer: Person, reader: Person, text: string) => {
  await writer.screen.openRoom('general')
  await writer.screen.say(text)
  await reader.screen.openRoom('general')
  await expect(reader.screen.message(text)).toBeVisible()
}

test('G1: a private room is there for those only who are in it; whoever is added reads what was said', async ({
  family,
}) => {
  test.slow()
  const { anna, bob, carl } = await meet(family)
  await anna.screen.createPrivateRoom('Surprise', ['Bob'])
  await expect(anna.screen.event('You added Bob', 'Surprise')).toBeVisible()
  await anna.screen.say('Cake at four')
  await bob.screen.openRoom('Surprise')
  await expect(bob.screen.message('Cake at four', 'Surprise')).toBeVisible()
  await expect(bob.screen.event('Anna added you', 'Surprise')).toBeVisible()
  await bob.screen.say('I bring candles')
  await expect(anna.screen.message('I bring candles', 'Surprise')).toBeVisible()

  await catchUp(anna, carl, 'Carl has heard all of this')
  await expect(carl.screen.room('Surprise')).toBeHidden()
  await carl.screen.button('Browse rooms').click()
  await expect(carl.screen.dialog('Browse rooms')).toContainText('every open room')
  await carl.screen.button('Close', carl.screen.dialog('Browse rooms')).click()
  await expect(carl.screen.page.getByText(/Surprise|Cake at four|candles/)).toHaveCount(0)

  await anna.screen.openRoom('Surprise')
  await anna.screen.addPeople(['Carl'])
  await expect(anna.screen.event('You added Carl', 'Surprise')).toBeVisible()
  await carl.screen.openRoom('Surprise')
  await expect(carl.screen.message('Cake at four', 'Surprise')).toBeVisible()
  await expect(carl.screen.message('I bring candles', 'Surprise')).toBeVisible()
  await carl.screen.say('Count me in')
  await expect(anna.screen.message('Count me in', 'Surprise')).toBeVisible()
})

test('G5, G6: who is removed sees nothing of what is said from then on', async ({ family }) => {
  test.slow()
  const { anna, bob, carl } = await meet(family)
  await anna.screen.createPrivateRoom('Surprise', ['Bob', 'Carl'])
  await anna.screen.say('Cake at four')
  for (const { screen } of [bob, carl]) {
    await screen.openRoom('Surprise')
    await expect(screen.message('Cake at four', 'Surprise')).toBeVisible()
  }

  await anna.screen.changeMember('Bob', 'Remove from this room')
  await expect(carl.screen.event('Anna removed Bob', 'Surprise')).toBeVisible()
  await expect(bob.screen.room('Surprise')).toBeHidden()
  await expect(bob.screen.log('general')).toBeVisible()
  await anna.screen.say('Bob must not know')
  await expect(carl.screen.message('Bob must not know', 'Surprise')).toBeVisible()
  await catchUp(anna, bob, 'Bob has heard all of this')
  await expect(bob.screen.room('Surprise')).toBeHidden()
  await expect(bob.screen.page.getByText('Bob must not know')).toHaveCount(0)
})

test('G3: where newcomers begin with their coming, nothing from before reaches them', async ({ family }) => {
  test.slow()
  const { anna, carl } = await meet(family)
  await anna.screen.createPrivateRoom('Fresh start', ['Bob'], 'fromJoining')
  await anna.screen.say('Before Carl')
  await anna.screen.addPeople(['Carl'])
  await expect(anna.screen.event('You added Carl', 'Fresh start')).toBeVisible()
  await anna.screen.say('With Carl')
  await carl.screen.openRoom('Fresh start')
  await expect(carl.screen.message('With Carl', 'Fresh start')).toBeVisible()
  await expect(carl.screen.page.getByText('Before Carl')).toHaveCount(0)
})

test('G2: an admin adds and renames; once a plain member again they do neither', async ({ family }) => {
  test.slow()
  const { anna, bob, carl } = await meet(family)
  await anna.screen.createPrivateRoom('Surprise', ['Bob'])
  await bob.screen.openRoom('Surprise')
  await expect(bob.screen.person('Bob (you)')).toContainText('member')
  await expect(bob.screen.button('Add people')).toBeHidden()

  await anna.screen.changeMember('Bob', 'Make an admin')
  await expect(bob.screen.event('Anna made you an admin', 'Surprise')).toBeVisible()
  await expect(anna.screen.person('Bob, here')).toContainText('admin')
  await bob.screen.addPeople(['Carl'])
  await expect(anna.screen.event('Bob added Carl', 'Surprise')).toBeVisible()
  await expect(bob.screen.button('Carl in this room')).toBeVisible()
  await expect(bob.screen.button('Anna in this room')).toBeHidden()
  await bob.screen.renameRoom('Party')
  await expect(anna.screen.event('Bob renamed this room to “Party”', 'Party')).toBeVisible()
  await expect(carl.screen.room('Party')).toBeVisible()
  await expect(carl.screen.room('Surprise')).toBeHidden()

  await anna.screen.changeMember('Bob', 'Make a plain member')
  await expect(bob.screen.event('Anna made you a plain member', 'Party')).toBeVisible()
  await expect(bob.screen.button('Add people')).toBeHidden()
  await expect(bob.screen.button('Rename room')).toBeHidden()
})

test('who leaves a private room is let in again by others only', async ({ family }) => {
  test.slow()
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.createPrivateRoom('Surprise', ['Bob'])
  await anna.screen.say('Cake at four')
  await bob.screen.openRoom('Surprise')
  await bob.screen.leaveRoom('Surprise')
  await expect(anna.screen.event('Bob left', 'Surprise')).toBeVisible()
  await bob.screen.button('Browse rooms').click()
  await expect(bob.screen.button('Join Surprise')).toBeHidden()
  await bob.screen.button('Close', bob.screen.dialog('Browse rooms')).click()

  await anna.screen.addPeople(['Bob'])
  await bob.screen.openRoom('Surprise')
  await expect(bob.screen.message('Cake at four', 'Surprise')).toBeVisible()
})

test('ux 19: /dm opens the room of two, with the rest of the line as a draft there', async ({ family }) => {
  test.slow()
  const { anna, bob, carl } = await meet(family)
  await anna.screen.composer.fill('/dm Brob are you there?')
  await anna.screen.composer.press('Enter')
  await expect(anna.screen.page.getByRole('alert').filter({ hasText: '“Brob”' })).toBeVisible()
  await expect(anna.screen.composer).toHaveValue('/dm Brob are you there?')

  await anna.screen.composer.fill('/dm bob are you there?')
  await anna.screen.composer.press('Enter')
  await expect(anna.screen.log('Bob')).toBeVisible()
  await expect(anna.screen.composer).toHaveValue('are you there?')
  await expect(anna.screen.button('Leave room')).toBeHidden()
  await anna.screen.composer.press('Enter')
  await expect(anna.screen.message('are you there?', 'Bob')).toBeVisible()

  await bob.screen.openRoom('Anna')
  await expect(bob.screen.message('are you there?', 'Anna')).toBeVisible()
  await bob.screen.say('I am')
  await expect(anna.screen.message('I am', 'Bob')).toBeVisible()
  await catchUp(anna, carl, 'Carl has heard all of this')
  await expect(carl.screen.page.getByText(/are you there/)).toHaveCount(0)
  await expect(carl.screen.room('Anna')).toBeHidden()
})

test('G1: both sides of a conversation make the same room, each for itself', async ({ family }) => {
  test.slow()
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  const write = async ({ screen }: Person, other: string) => {
    await screen.button('New message').click()
    await screen.button(other, screen.dialog('New message')).click()
    await expect(screen.log(other)).toBeVisible()
  }
  await write(anna, 'Bob')
  await write(bob, 'Anna')
  await anna.screen.say('From Anna')
  await bob.screen.say('From Bob')
  await expect(bob.screen.message('From Anna', 'Anna')).toBeVisible()
  await expect(anna.screen.message('From Bob', 'Bob')).toBeVisible()
})

test('ux 23: direct messages of somebody blocked never show, until they are unblocked', async ({
  family,
}) => {
  test.slow()
  const { anna, bob, carl } = await meet(family)
  await anna.screen.composer.fill('/dm Bob')
  await anna.screen.composer.press('Enter')
  await anna.screen.say('First')
  await bob.screen.openRoom('Anna')
  await expect(bob.screen.message('First', 'Anna')).toBeVisible()

  await bob.screen.setBlocked('Anna', true)
  await bob.screen.setBlocked('Carl', true)
  await expect(bob.screen.room('Anna')).toBeHidden()
  await anna.screen.say('Second')
  await expect(anna.screen.message('Second', 'Bob')).toBeVisible()
  // A request by somebody who has never written before.
  await carl.screen.composer.fill('/dm Bob')
  await carl.screen.composer.press('Enter')
  await carl.screen.say('Please answer')
  await catchUp(anna, bob, 'Bob has heard all of Anna')
  await catchUp(carl, bob, 'Bob has heard all of Carl')
  await expect(bob.screen.room('Anna')).toBeHidden()
  await expect(bob.screen.room('Carl')).toBeHidden()
  await expect(bob.screen.page.getByText(/Second|Please answer/)).toHaveCount(0)

  await bob.screen.setBlocked('Anna', false)
  await bob.screen.openRoom('Anna')
  await expect(bob.screen.message('Second', 'Anna')).toBeVisible()
  await expect(bob.screen.room('Carl')).toBeHidden()
})
