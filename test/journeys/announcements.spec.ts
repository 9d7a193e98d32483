import { hearAnnouncements } from '../fixtures/announcements.ts'
import { networkIsAway } from '../fixtures/complaints.ts'
import { areTogether, expect, test, type Person } from '../fixtures/family.ts'

const choose = async ({ screen }: Person, text: string, what: string) => {
  const message = screen.message(text)
  await message.hover()
  await screen.button('More', message).click()
  await screen.page.getByRole('menuitem', { name: what, exact: true }).click()
}
const count = (said: readonly string[], words: string) => said.filter((one) => one.includes(words)).length

test('ux 36: what comes and what was done is said aloud, and once', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await bob.screen.say('An old message')
  await expect(anna.screen.message('An old message')).toBeVisible()
  const heard = await hearAnnouncements(anna.screen.page)
  const times = (words: string) => expect.poll(async () => count(await heard(), words))

  await bob.screen.say('The soup is ready')
  await times('Bob: The soup is ready').toBe(1)
  // The same words again are news again; what is hidden stays so, and marks are not read out.
  await bob.screen.say('Come!')
  await times('Bob: Come!').toBe(1)
  await bob.screen.say('Come!')
  await times('Bob: Come!').toBe(2)
  await bob.screen.say('**Now** it is ||a cake||')
  await times('Bob: Now it is').toBe(1)
  expect((await heard()).join('\n')).not.toContain('a cake')

  await choose(anna, 'The soup is ready', 'Copy text')
  await times('Copied').toBe(1)
  await choose(anna, 'An old message', 'Copy text')
  await times('Copied').toBe(2)
  await choose(anna, 'The soup is ready', 'Pin')
  await times('Pinned for everybody').toBe(1)

  // Whoever presses hears the state of what is pressed; nothing else speaks.
  await bob.screen.say('/poll Soup? | Yes | No')
  const yes = anna.screen.page
    .getByRole('group', { name: 'Poll: Soup?' })
    .getByRole('button', { name: /^Yes/ })
  await times('Soup?').toBe(1)
  await yes.click()
  await expect(yes).toHaveAttribute('aria-pressed', 'true')
  await expect(bob.screen.page.getByText('1 person answered')).toBeVisible()
  const said = await heard()
  expect(count(said, 'Soup?')).toBe(1)
  expect(count(said, 'answered')).toBe(0)
  expect(count(said, 'An old message')).toBe(0)
  expect(count(said, 'Pinned for everybody')).toBe(1)
})

test(
  'ux 36, 41: that the connection is lost, and is back, is said once each',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna', { hasNetworkControl: true })
    const bob = await family.person('Bob')
    for (const person of [anna, bob]) person.complaints.expect(...networkIsAway)
    await areTogether(anna, bob)
    await expect(anna.screen.connection).toContainText('Connected with 1 device.')
    const heard = await hearAnnouncements(anna.screen.page)
    const times = (words: string) => expect.poll(async () => count(await heard(), words), { timeout: 30_000 })

    await anna.network.cut()
    await times('No network.').toBe(1)
    await anna.network.mend()
    await times('Connected with 1 device.').toBe(1)
    await areTogether(anna, bob)
    const said = await heard()
    expect(count(said, 'No network.')).toBe(1)
    expect(said.filter((one) => one === 'Connected with 1 device.')).toHaveLength(1)
  },
)
