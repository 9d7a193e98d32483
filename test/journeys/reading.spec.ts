import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'
import type { Person } from '../fixtures/person.ts'

/** In the settings, what others are told. */
const turn = async ({ screen }: Person, label: string, isOn: boolean) => {
  await screen.button('Settings').click()
  await screen.button('Privacy').click()
  const box = screen.page.getByRole('checkbox', { name: label })
  await box.setChecked(isOn)
  await expect(box).toBeChecked({ checked: isOn })
  expect(await findBarriers(screen.page)).toEqual([])
  await screen.page.goBack()
  await screen.page.goBack()
}

test('ux 11, R2: "read" shows at the author once somebody has it before their eyes, with who and when', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.say('Dinner at seven?')
  await expect(bob.screen.message('Dinner at seven?')).toBeVisible()
  const mark = anna.screen.delivery('Dinner at seven?', 'Read by Bob')
  await expect(mark).toBeVisible()
  await mark.click()
  await expect(anna.screen.message('Dinner at seven?')).toContainText(/Read by Bob \(.*today at/)
})

test(
  'ux 22, R2: with receipts off nobody is told, and nothing is shown',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    const bob = await family.person('Bob')
    await areTogether(anna, bob)
    await bringAxe(bob.context)
    await bob.screen.page.reload()
    await areTogether(anna, bob)
    await turn(bob, 'Tell that I have read', false)
    await anna.screen.say('Dinner at seven?')
    await expect(bob.screen.message('Dinner at seven?')).toBeVisible()
    await bob.screen.say('Yes')
    await expect(anna.screen.message('Yes')).toBeVisible()
    // Bob's own mark has no reader either: it goes both ways.
    await expect(bob.screen.delivery('Yes', 'On 1 other device')).toBeVisible()
    await expect(bob.screen.delivery('Yes', 'Read by')).toBeHidden()
    await expect(anna.screen.delivery('Dinner at seven?', 'On 1 other device')).toBeVisible()
    await expect(anna.screen.delivery('Dinner at seven?', 'Read by')).toBeHidden()
    // Once he tells again, what he has read meanwhile is told too.
    await turn(bob, 'Tell that I have read', true)
    await expect(anna.screen.delivery('Dinner at seven?', 'Read by Bob')).toBeVisible()
  },
)

test('ux 8, R1: what was read stays read after a reload', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.say('Seen before')
  await expect(anna.screen.delivery('Seen before', 'Read by Bob')).toBeVisible()
  await bob.screen.page.reload()
  await expect(bob.screen.message('Seen before')).toBeVisible()
  await expect(bob.screen.page.getByText('New messages')).toBeHidden()
})

test(
  'ux 22, R3: of who has left it is told when they were last here',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    const bob = await family.person('Bob')
    await areTogether(anna, bob)
    await bob.close()
    await expect(anna.screen.person('Bob, away, last seen just now')).toBeVisible()
  },
)
