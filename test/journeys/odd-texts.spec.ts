import { logLimits } from '../../shared/limits.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'

const odd = {
  html: '<img src=x onerror="document.title=\'owned\'"> <b>bold</b> &amp; {{ 7 * 7 }}',
  arabic: 'مرحبا يا عائلتي العزيزة',
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈👋🏽 zusammen',
  'a long word': 'Donaudampfschifffahrtsgesellschaft'.repeat(12),
  combining: 'Z̴͎̈a̷̡͝l̵̰͒g̸̬̈́o̵͎͒',
}

test('what people write is shown as they wrote it, and nothing else happens', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob', { viewport: { width: 320, height: 640 } })
  await expect(anna.screen.person('Bob, here')).toBeVisible()
  await bob.screen.openRoom('general')
  const title = await bob.screen.page.title()
  for (const text of Object.values(odd)) {
    await anna.screen.say(text)
    await expect(anna.screen.message(text)).toBeVisible()
    await expect(bob.screen.message(text)).toBeVisible()
  }
  expect(await bob.screen.page.title()).toBe(title)
  const overflow = await bob.screen.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, 'nothing makes the page wider than the screen').toBeLessThanOrEqual(0)
})

test('several lines stay several lines', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.composer.pressSequentially('one')
  await anna.screen.composer.press('Shift+Enter')
  await anna.screen.composer.pressSequentially('two')
  await anna.screen.composer.press('Enter')
  await expect(anna.screen.event('one')).toContainText(/one\s*\n\s*two/, { useInnerText: true })
})

test('E6: 16 KiB of text arrive whole; a byte more is refused and kept in the composer', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  const longest = 'ä'.repeat(logLimits.maxTextBytes / 2)
  await anna.screen.say(longest)
  await expect(bob.screen.message(longest)).toBeVisible()

  await anna.screen.composer.fill(`${longest}!`)
  await anna.screen.composer.press('Enter')
  await expect(anna.screen.page.getByRole('alert').filter({ hasText: /long/i })).toBeVisible()
  await expect(anna.screen.composer).toHaveValue(`${longest}!`)
})
