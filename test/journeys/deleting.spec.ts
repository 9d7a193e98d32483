import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { areTogether, expect, test, type Person } from '../fixtures/family.ts'
import { findStored, readStored } from '../fixtures/stored-bytes.ts'

const eraseAs = async ({ screen }: Person, text: string) => {
  const message = screen.message(text)
  await message.hover()
  await screen.button('More', message).click()
  await screen.page.getByRole('menuitem', { name: 'Delete for everyone' }).click()
  const dialog = screen.dialog('Delete for everyone?')
  await expect(dialog.getByText('Somebody may have read it already.')).toBeVisible()
  await screen.button('Delete', dialog).click()
  await expect(dialog).toBeHidden()
}

test('P4: what is deleted for everyone is gone from the screens and from the files of both browsers', async ({
  family,
}) => {
  const anna = await family.person('Anna', { hasProfile: true })
  const bob = await family.person('Bob', { hasProfile: true })
  await areTogether(anna, bob)
  const secret = 'The big present is a red bicycle'
  await anna.screen.say('Before it')
  await anna.screen.say(secret)
  await anna.screen.say('After it')
  await expect(bob.screen.message('After it')).toBeVisible()
  await expect(anna.screen.delivery(secret, 'On 1 other device')).toBeVisible()

  // What the screen shows is kept for the next start a moment later.
  for (const { screen } of [anna, bob])
    await expect.poll(async () => (await readStored(screen.page)).screenKey).toBeDefined()
  const before = new Map(
    await Promise.all(
      [anna, bob].map(async (person) => [person, await readStored(person.screen.page)] as const),
    ),
  )
  // So that finding nothing later means something.
  for (const [{ folder = '' }, { keys, screenKey }] of before)
    for (const key of [...keys, screenKey!]) expect(await findStored(folder, key)).not.toEqual([])

  await eraseAs(anna, secret)
  await expect(anna.screen.event('You deleted a message')).toBeVisible()
  await expect(bob.screen.event('Anna deleted a message')).toBeVisible()
  await expect(bob.screen.message(secret)).toBeHidden()
  for (const { screen } of [anna, bob])
    expect(await screen.order(['Before it', 'deleted a message', 'After it'])).toEqual([
      'Before it',
      'deleted a message',
      'After it',
    ])

  const gone = new Map<Person, { body: Buffer; key: Buffer }>()
  for (const person of [anna, bob]) {
    const was = before.get(person)!
    const { bodies } = await readStored(person.screen.page)
    const [body, ...others] = was.bodies.filter((one) => !bodies.some((other) => other.equals(one)))
    expect(others).toEqual([])
    const goneKeys = async () => {
      const { keys } = await readStored(person.screen.page)
      return was.keys.filter((one) => !keys.some((other) => other.equals(one)))
    }
    await expect.poll(async () => (await goneKeys()).length).toBe(1)
    const [key] = await goneKeys()
    gone.set(person, { body: body!, key: key! })
  }

  // The browsers let go of the old keys a moment later, by themselves.
  for (const person of [anna, bob]) {
    for (const key of [gone.get(person)!.key, before.get(person)!.screenKey!])
      await expect.poll(() => findStored(person.folder!, key)).toEqual([])
  }
  for (const person of [anna, bob]) await person.closeBrowser()
  for (const person of [anna, bob]) {
    const { body, key } = gone.get(person)!
    const folder = person.folder!
    expect(await findStored(folder, Buffer.from(secret)), 'the text').toEqual([])
    expect(await findStored(folder, body), 'the entry’s ciphertext').toEqual([])
    // What the disk still has of the page from before is sealed with it, and so is noise.
    expect(await findStored(folder, key), 'the key of the page as it was').toEqual([])
    expect(
      await findStored(folder, before.get(person)!.screenKey!),
      'the key of the screen as it was',
    ).toEqual([])
  }

  for (const person of [anna, bob]) await person.reopen()
  await expect(bob.screen.event('Anna deleted a message')).toBeVisible()
  await expect(bob.screen.message('After it')).toBeVisible()
  await expect(bob.screen.message(secret)).toBeHidden()
})

test('P4: whoever is away learns of it when they come back; members delete their own only', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob', { hasProfile: true })
  await areTogether(anna, bob)
  await bob.screen.say('Mine')
  await anna.screen.say('Not for long')
  await expect(bob.screen.message('Not for long')).toBeVisible()
  await expect(anna.screen.message('Mine')).toBeVisible()
  await bob.screen.message('Not for long').hover()
  await bob.screen.button('More', bob.screen.message('Not for long')).click()
  const { page } = bob.screen
  await expect(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Delete for everyone' })).toHaveCount(0)
  await page.keyboard.press('Escape')

  await bob.closeBrowser()
  await eraseAs(anna, 'Not for long')
  // Anna has made the family, and may delete what members wrote (G2).
  await eraseAs(anna, 'Mine')
  await bob.reopen()
  await expect(bob.screen.event('Anna deleted a message from you')).toBeVisible()
  await expect(bob.screen.event(/^\s*Anna deleted a message\s*$/)).toBeVisible()
  await expect(bob.screen.message('Mine')).toBeHidden()
})

test(
  'ux 36: a message is deleted with the keyboard alone, and the focus goes back',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    await anna.screen.say('Kept')
    await anna.screen.say('Not kept')
    const { page } = anna.screen
    await anna.screen.button('More', anna.screen.message('Not kept')).focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect(anna.screen.button('More', anna.screen.message('Kept'))).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    // The last of the menu.
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('menuitem', { name: 'Delete for everyone' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(anna.screen.button('More', anna.screen.message('Not kept'))).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect(anna.screen.button('Keep it')).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(anna.screen.event('You deleted a message')).toBeVisible()
    await expect(anna.screen.message('Kept')).toBeVisible()
  },
)

test('P8: who may sets how long a room is kept; everybody sees it', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await expect(bob.screen.button('Kept for ever')).toHaveCount(0)
  await anna.screen.button('Kept for ever').click()
  const dialog = anna.screen.dialog('How long is this room kept?')
  await dialog.getByRole('radio', { name: '1 week' }).check()
  await anna.screen.button('Save', dialog).click()
  await expect(dialog).toBeHidden()
  await expect(anna.screen.event('You set this room to be kept for a week')).toBeVisible()
  await expect(bob.screen.event('Anna set this room to be kept for a week')).toBeVisible()
  await bob.screen.button('Kept for a week').click()
  const told = bob.screen.dialog('How long is this room kept?')
  await expect(told).toContainText('is kept for a week')
  await expect(told.getByRole('radio')).toHaveCount(0)
})

test('ux 36: axe finds nothing in what deleting and keeping show', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  await bringAxe(anna.context)
  await anna.screen.page.reload()
  await anna.screen.say('One')
  await anna.screen.say('Two')
  await eraseAs(anna, 'One')
  await expect(anna.screen.event('You deleted a message')).toBeVisible()
  const { page } = anna.screen
  expect(await findBarriers(page)).toEqual([])
  await anna.screen.message('Two').hover()
  await anna.screen.button('More', anna.screen.message('Two')).click()
  await expect(page.getByRole('menu', { name: 'More about this message' })).toBeVisible()
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('menuitem', { name: 'Delete for everyone' }).click()
  await expect(anna.screen.dialog('Delete for everyone?')).toBeVisible()
  expect(await findBarriers(page)).toEqual([])
  await anna.screen.button('Keep it').click()
  await anna.screen.button('Kept for ever').click()
  await expect(anna.screen.dialog('How long is this room kept?')).toBeVisible()
  expect(await findBarriers(page)).toEqual([])
})
