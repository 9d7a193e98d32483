import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { areTogether, expect, test, type Person } from '../fixtures/family.ts'

/** Not the answers that quote it. */
const rowOf = ({ screen }: Person, text: string, inRoom = 'general') =>
  screen
    .message(text, inRoom)
    .filter({ hasNot: screen.page.getByRole('button', { name: /In answer to/ }).filter({ hasText: text }) })

/** Opens the menu of a message and chooses from it, as with a mouse. */
const choose = async (person: Person, text: string, what: string, inRoom = 'general') => {
  const { screen } = person
  const message = rowOf(person, text, inRoom)
  await message.hover()
  await screen.button('More', message).click()
  await screen.page.getByRole('menuitem', { name: what, exact: true }).click()
}

test('ux 13, 14: answers quote and lead back, reactions are two presses, edits keep what was said before', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.say('Who brings the bread?')

  await choose(bob, 'Who brings the bread?', 'Reply')
  await expect(bob.screen.page.getByText('Answering Anna')).toBeVisible()
  await expect(bob.screen.composer).toBeFocused()
  await bob.screen.say('I do')
  await expect(bob.screen.page.getByText('Answering Anna')).toBeHidden()
  const quote = anna.screen.message('I do').getByRole('button', { name: /In answer to: Anna/ })
  await expect(quote).toContainText('Who brings the bread?')
  await quote.click()
  await expect(anna.screen.button('More', rowOf(anna, 'Who brings the bread?'))).toBeFocused()

  await choose(bob, 'Who brings the bread?', 'React with ❤️')
  const mine = bob.screen.page.getByRole('button', { name: '❤️ from you' })
  await expect(mine).toHaveAttribute('aria-pressed', 'true')
  const given = anna.screen.page.getByRole('button', { name: '❤️ from Bob' })
  await given.click()
  await expect(bob.screen.page.getByRole('button', { name: '❤️ from Anna and you' })).toBeVisible()
  await bob.screen.page.getByRole('button', { name: '❤️ from Anna and you' }).click()
  await expect(anna.screen.page.getByRole('button', { name: '❤️ from you' })).toBeVisible()

  await choose(anna, 'Who brings the bread?', 'Edit')
  await expect(anna.screen.composer).toHaveValue('Who brings the bread?')
  await anna.screen.composer.fill('Who brings the cake?')
  await anna.screen.composer.press('Enter')
  await expect(rowOf(bob, 'Who brings the cake?')).toContainText('edited')
  await expect(bob.screen.message('I do')).toContainText('Who brings the cake?')
  await choose(bob, 'Who brings the cake?', 'Info')
  await expect(bob.screen.dialog('About this message')).toContainText('Who brings the bread?')
  await bob.screen.button('Close', bob.screen.dialog('About this message')).click()

  await anna.screen.page.reload()
  await expect(rowOf(anna, 'Who brings the cake?')).toContainText('edited')
  await expect(anna.screen.page.getByRole('button', { name: '❤️ from you' })).toBeVisible()
})

test('ux 20: the arrow up edits the last message of one’s own, Esc leaves it as it was', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  await anna.screen.say('On my wya')
  // What is not on the disk yet cannot be spoken about.
  await expect(anna.screen.delivery('On my wya', 'On this device only')).toBeVisible()
  await anna.screen.composer.press('ArrowUp')
  await expect(anna.screen.page.getByText('Editing your message')).toBeVisible()
  await anna.screen.composer.press('Escape')
  await expect(anna.screen.composer).toHaveValue('')
  await anna.screen.composer.press('ArrowUp')
  await anna.screen.composer.fill('On my way')
  await anna.screen.composer.press('Enter')
  await expect(anna.screen.message('On my way')).toContainText('edited')
})

test('pins are for everybody, forwarding names who wrote it, a poll counts each once', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.createRoom('Kitchen')
  await anna.screen.room('general').click()
  await bob.screen.joinRoom('Kitchen')
  await bob.screen.room('general').click()
  await anna.screen.say('The key is under the stone')

  await choose(bob, 'The key is under the stone', 'Pin')
  const bar = anna.screen.page.getByRole('button', { name: /^Pinned: Anna/ })
  await expect(bar).toContainText('The key is under the stone')
  await choose(anna, 'The key is under the stone', 'Unpin')
  await expect(bob.screen.page.getByRole('button', { name: /^Pinned: / })).toBeHidden()

  await choose(bob, 'The key is under the stone', 'Forward')
  await bob.screen.button('Kitchen', bob.screen.dialog('Forward to')).click()
  await expect(bob.screen.page.getByRole('status').filter({ hasText: 'Forwarded to Kitchen' })).toHaveCount(1)
  await anna.screen.room('Kitchen').click()
  await expect(anna.screen.message('The key is under the stone', 'Kitchen')).toContainText(
    'Forwarded from you',
  )

  await anna.screen.say('/poll What shall we eat? | Soup | Cake')
  const poll = (person: Person) => person.screen.page.getByRole('group', { name: 'Poll: What shall we eat?' })
  await bob.screen.room('Kitchen').click()
  await poll(bob).getByRole('button', { name: /^Cake/ }).click()
  await poll(anna).getByRole('button', { name: /^Soup/ }).click()
  await poll(anna).getByRole('button', { name: /^Cake/ }).click()
  for (const person of [anna, bob]) {
    await expect(poll(person)).toContainText('2 people answered')
    await expect(poll(person).getByRole('button', { name: /^Cake/ })).toContainText('2')
  }
  await bringAxe(anna.screen.page.context())
  await anna.screen.page.reload()
  await expect(poll(anna)).toBeVisible()
  expect(await findBarriers(anna.screen.page)).toEqual([])
})
