import type { Page } from '@playwright/test'
import { areTogether, expect, test, type Person } from '../fixtures/family.ts'

/** The rooms of the list from top to bottom, as they are called. */
const orderOf = ({ screen }: Person) =>
  screen.rooms.getByRole('listitem').getByRole('button').filter({ hasText: /./ }).allInnerTexts()

const openMenu = async ({ screen }: Person, room: string) => {
  await screen.room(room).click({ button: 'right' })
  return screen.page.getByRole('menu', { name: `About ${room}` })
}
const choose = async (person: Person, room: string, item: string) => {
  await (await openMenu(person, room)).getByRole('menuitem', { name: item, exact: true }).click()
}

const twoRooms = async (anna: Person, bob: Person) => {
  await areTogether(anna, bob)
  for (const name of ['Attic', 'Garden']) {
    await anna.screen.createRoom(name)
    await bob.screen.joinRoom(name)
  }
  await bob.screen.openRoom('general')
}

test('ux 33: what comes to a room counts, and brings it to the top; looking at it ends that', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await twoRooms(anna, bob)

  await anna.screen.openRoom('Garden')
  await anna.screen.say('The beans are up')
  await anna.screen.say('And the peas')
  await expect(bob.screen.room('Garden')).toHaveAccessibleDescription(
    /^2 unread messages Anna: And the peas$/,
  )
  await expect.poll(async () => (await orderOf(bob))[0]).toBe('Garden')
  await expect(bob.screen.page).toHaveTitle('(2) general · Hearth')

  await anna.screen.openRoom('Attic')
  await anna.screen.say('Who was up here?')
  await expect.poll(async () => (await orderOf(bob)).slice(0, 2)).toEqual(['Attic', 'Garden'])
  await expect(bob.screen.page).toHaveTitle('(3) general · Hearth')

  await bob.screen.openRoom('Garden')
  await expect(bob.screen.message('And the peas', 'Garden')).toBeVisible()
  await expect(bob.screen.room('Garden')).toHaveAccessibleDescription('Anna: And the peas')
  await expect(bob.screen.page).toHaveTitle('(1) Garden · Hearth')
  await choose(bob, 'Attic', 'Mark as read')
  await expect(bob.screen.room('Attic')).toHaveAccessibleDescription('Anna: Who was up here?')
  await expect(bob.screen.page).toHaveTitle('Garden · Hearth')
})

test('ux 17, 33: favourites, muting, the archive and drafts are one’s own, and outlast a reload', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await twoRooms(anna, bob)

  await choose(bob, 'Garden', 'Favourite')
  await expect(bob.screen.rooms.getByRole('list', { name: 'Favourites' }).getByRole('listitem')).toHaveCount(
    1,
  )
  await (await openMenu(bob, 'Attic')).getByRole('menuitem', { name: 'Mute…' }).click()
  await bob.screen.page
    .getByRole('menu', { name: 'Mute Attic' })
    .getByRole('menuitem', { name: 'For good' })
    .click()
  await expect(bob.screen.room('Attic')).toHaveAccessibleDescription(/^muted/)
  await bob.screen.composer.fill('Half a thought')
  await bob.screen.page.reload()
  await areTogether(anna, bob)
  await expect(bob.screen.room('Garden')).toHaveAccessibleDescription(/^favourite/)
  await expect(bob.screen.room('general')).toHaveAccessibleDescription(/Draft: Half a thought$/)

  // What is muted counts in its row, and nowhere else.
  await anna.screen.openRoom('Attic')
  await anna.screen.say('Dust!')
  await expect(bob.screen.room('Attic')).toHaveAccessibleDescription(/^1 unread message, muted Anna: Dust!$/)
  await expect(bob.screen.page).toHaveTitle('general · Hearth')

  // A new message brings Garden back from the archive; Attic, which is muted, stays there.
  for (const name of ['Garden', 'Attic']) await choose(bob, name, 'Archive')
  const archive = bob.screen.rooms.getByText(/Archive \(/)
  await expect(archive).toHaveText('Archive (2, 1 unread)')
  await anna.screen.say('More dust!')
  await anna.screen.openRoom('Garden')
  await anna.screen.say('Rain at last')
  await expect(bob.screen.room('Garden')).toHaveAccessibleDescription(/Rain at last$/)
  await expect(archive).toHaveText('Archive (1, 1 unread)')
  await expect(bob.screen.room('Attic')).toBeHidden()
  await archive.click()
  await expect(bob.screen.room('Attic')).toHaveAccessibleDescription(/More dust!$/)
})

test('ux 36: the menu of a room is a keyboard’s as well', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.createRoom('Garden')
  const { page } = anna.screen
  await anna.screen.room('Garden').focus()
  await page.keyboard.press('Tab')
  await expect(anna.screen.button('About the room Garden')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Favourite' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(anna.screen.button('About the room Garden')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await anna.screen.button('Leave', anna.screen.dialog('Leave room')).click()
  await expect(anna.screen.room('Garden')).toBeHidden()
  await expect(anna.screen.log('general')).toBeVisible()
})

const chosen = (page: Page) => page.getByRole('option', { selected: true })

test('Ctrl+K leads to rooms, people and commands by keyboard', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await twoRooms(anna, bob)
  const { page } = bob.screen
  const field = page.getByRole('combobox')

  await page.keyboard.press('Control+k')
  await expect(field).toBeFocused()
  await page.keyboard.type('gard')
  await expect(chosen(page)).toHaveText(/^Garden/)
  await page.keyboard.press('Enter')
  await expect(bob.screen.log('Garden')).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('ann')
  await expect(chosen(page)).toHaveText(/Anna/)
  await page.keyboard.press('Enter')
  await expect(bob.screen.log('Anna')).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('zzz')
  await expect(chosen(page)).toHaveText(/Search messages for/)
  await field.fill('room')
  await page.keyboard.press('ArrowDown')
  await expect(chosen(page)).toHaveText(/^Browse rooms/)
  await page.keyboard.press('ArrowUp')
  await expect(chosen(page)).toHaveText(/^New room/)
  await page.keyboard.press('Enter')
  await expect(bob.screen.dialog('New room')).toBeVisible()
})

test('on a phone the switcher has a button', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna', { viewport: { width: 390, height: 844 }, hasTouch: true })
  await anna.screen.button('Find').tap()
  await anna.screen.page.getByRole('option', { name: /^general/ }).tap()
  await expect(anna.screen.log('general')).toBeVisible()
})
