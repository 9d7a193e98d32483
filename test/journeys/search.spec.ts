import { networkIsAway } from '../fixtures/complaints.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'
import { isKept } from '../fixtures/kept-app.ts'

test('ux 24: an old message is found offline after a reload, by its beginning, a typo and a filter; Enter leads there, Back to the list', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob', { hasNetworkControl: true, keepsApp: true })
  bob.complaints.expect(...networkIsAway)
  await areTogether(anna, bob)
  await anna.screen.say('The birthday cake is in the cellar')
  await bob.screen.say('I will fetch it')
  await expect(bob.screen.message('The birthday cake is in the cellar')).toBeVisible()
  const { page } = bob.screen
  await isKept(page)
  await page.reload()
  await expect(bob.screen.message('I will fetch it')).toBeVisible()
  await bob.screen.isWhole()
  await bob.network.cut()

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('brithday')
  await page.getByRole('option', { name: /Search messages for/u }).click()
  const results = page.getByRole('list', { name: 'Messages found' })
  await expect(results.getByRole('button')).toHaveText([/Anna.*birthday cake/su])
  const field = page.getByRole('searchbox', { name: 'Search messages' })
  await field.fill('birthday cel')
  await expect(page.getByText('1 message found')).toBeVisible()
  await page.getByRole('combobox', { name: 'From' }).selectOption('Bob')
  await expect(page.getByText('Nothing found.')).toBeVisible()
  await page.getByRole('combobox', { name: 'From' }).selectOption('Anybody')
  await field.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(bob.screen.message('The birthday cake is in the cellar')).toBeInViewport()
  await page.goBack()
  await expect(results.getByRole('button')).toHaveText([/birthday cake/u])
})

test('ux 24, P4: what was edited is found by its new words, what was erased by none', async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.say('See you on monday')
  const { page } = anna.screen
  const openSearch = async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('search mess')
    await page.keyboard.press('Enter')
  }
  const field = page.getByRole('searchbox', { name: 'Search messages' })
  const results = page.getByRole('list', { name: 'Messages found' }).getByRole('button')
  await openSearch()
  await field.fill('monday')
  await expect(results).toHaveCount(1)
  await page.goBack()
  await anna.screen.composer.press('ArrowUp')
  await anna.screen.composer.fill('See you on friday')
  await anna.screen.composer.press('Enter')
  await expect(anna.screen.message('See you on friday')).toBeVisible()
  await openSearch()
  await field.fill('friday')
  await expect(results).toHaveCount(1)
  await field.fill('monday')
  await expect(page.getByText('Nothing found.')).toBeVisible()
  await page.goBack()
  const message = anna.screen.message('See you on friday')
  await message.hover()
  await anna.screen.button('More', message).click()
  await page.getByRole('menuitem', { name: 'Delete for everyone' }).click()
  await anna.screen.button('Delete', anna.screen.dialog('Delete for everyone?')).click()
  await expect(anna.screen.event('You deleted a message')).toBeVisible()
  await openSearch()
  await field.fill('friday')
  await expect(page.getByText('Nothing found.')).toBeVisible()
})

test(
  'ux 24: where a browser gives the search no worker it finds all the same',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    await anna.screen.say('The key is under the stone')
    await expect(anna.screen.delivery('The key is under the stone', 'On this device only')).toBeVisible()
    const { page } = anna.screen
    await page.addInitScript(() => {
      window.Worker = class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          if (options?.name === 'search') throw new DOMException('no worker', 'SecurityError')
          super(url, options)
        }
      }
    })
    await page.reload()
    await anna.screen.isWhole()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('stone')
    await page.getByRole('option', { name: /Search messages for/u }).click()
    await expect(
      page.getByRole('list', { name: 'Messages found' }).getByRole('button', { name: /under the stone/u }),
    ).toBeVisible()
  },
)
