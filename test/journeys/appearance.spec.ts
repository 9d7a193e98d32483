import path from 'node:path'
import type { Page } from '@playwright/test'
import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { expect, test } from '../fixtures/family.ts'
import type { PersonOptions } from '../fixtures/person.ts'
import type { Screen } from '../fixtures/screen.ts'

const folder = path.join(import.meta.dirname, '..', 'screens')

const devices = {
  desktop: { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, reducedMotion: 'reduce' },
} satisfies Record<string, PersonOptions>

declare global {
  interface Window {
    /** What the page looked like when its body came, and at each frame since. */
    looks?: { theme: string | undefined; background: string }[]
  }
}

const watchLooks = (page: Page) =>
  page.addInitScript(() => {
    const looks: NonNullable<typeof window.looks> = []
    window.looks = looks
    const look = () => {
      looks.push({
        theme: document.documentElement.dataset.theme,
        background: getComputedStyle(document.documentElement).backgroundColor,
      })
      if (looks.length < 100) requestAnimationFrame(look)
    }
    new MutationObserver((_, observer) => {
      if (!document.querySelector('body')) return
      observer.disconnect()
      requestAnimationFrame(look)
    }).observe(document, { childList: true, subtree: true })
  })

const background = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)

const openAppearance = async (screen: Screen) => {
  await screen.openSettings('Appearance')
  await expect(screen.dialog('Appearance')).toBeVisible()
}

test(
  'ux 38: dark is there from the first frame after a reload, and stays',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna', { colorScheme: 'light' })
    const { screen } = anna
    const { page } = screen
    const light = await background(page)
    await openAppearance(screen)
    await page.getByRole('radio', { name: 'Dark', exact: true }).check()
    await page.getByRole('radio', { name: 'Pine', exact: true }).check()
    const dark = await background(page)
    expect(dark).not.toBe(light)
    await expect(page.locator('meta[name="theme-color"]').first()).toHaveAttribute('content', '#15110e')

    await watchLooks(page)
    await page.reload()
    await expect(screen.rooms.or(screen.dialog('Appearance')).first()).toBeVisible()
    await expect.poll(() => page.evaluate(() => window.looks?.length ?? 0)).toBeGreaterThan(5)
    const looks = (await page.evaluate(() => window.looks)) ?? []
    expect(new Set(looks.map(({ theme }) => theme))).toEqual(new Set(['dark']))
    expect(new Set(looks.map(({ background }) => background))).toEqual(new Set([dark]))
    expect(await background(page)).toBe(dark)
    await expect(page.locator('html')).toHaveCSS('--ember', /#[0-9a-f]{6}/)
  },
)

test('ux 38: simple mode: larger, and only the essentials', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna', devices.desktop)
  const { screen } = anna
  await expect(screen.button('New room')).toBeVisible()
  await openAppearance(screen)
  await screen.page.getByRole('checkbox', { name: 'Simple mode' }).check()
  await screen.closeWindows()
  await expect(screen.button('New room')).toBeHidden()
  await expect(screen.button('New message')).toBeVisible()
  await expect(screen.button('People')).toBeVisible()
  const size = await screen.composer.evaluate((field) => Number.parseFloat(getComputedStyle(field).fontSize))
  expect(size).toBeGreaterThanOrEqual(20)

  await expect(screen.button('Emoji')).toBeHidden()
  await screen.say('On my way')
  await screen.button('More', screen.message('On my way')).click()
  const offered = screen.page.getByRole('menu').getByRole('menuitem')
  await expect(offered).toHaveText(['Reply', 'Give it a heart ❤️', 'Forward', 'Delete for everyone'])
  for (const item of await offered.all())
    expect((await item.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(55)
  await offered.getByText('Give it a heart').click()
  await expect(screen.message('On my way').getByRole('list', { name: 'Reactions' })).toBeVisible()
  await screen.page.setViewportSize({ width: 320, height: 568 })
  const overflow = await screen.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

for (const device of Object.keys(devices) as (keyof typeof devices)[])
  test(`ux 36, 38: axe finds nothing in any look, ${device}`, { tag: '@once' }, async ({ family }) => {
    test.slow()
    const anna = await family.person('Anna', devices[device])
    const { screen } = anna
    const { page } = screen
    await bringAxe(anna.context)
    await page.reload()
    if (device === 'phone') await screen.openRoom('general')
    await screen.say('Photos of last year are at https://example.org/summer')
    const examine = async (name: string) => {
      await page.screenshot({ path: path.join(folder, `50-${name}-${device}.png`) })
      expect.soft(await findBarriers(page), name).toEqual([])
    }
    const choose = async (change: () => Promise<void>, name: string) => {
      if (device === 'phone') await screen.button('Back to rooms').click()
      await openAppearance(screen)
      await change()
      await examine(`${name}-appearance`)
      await page.goBack()
      await examine(`${name}-settings`)
      await screen.closeWindows()
      await examine(`${name}-rooms`)
      if (device === 'phone') {
        await screen.openRoom('general')
        await examine(`${name}-room`)
      }
    }
    const radio = (name: string) => page.getByRole('radio', { name, exact: true }).check()
    const box = (name: string) => page.getByRole('checkbox', { name }).setChecked(true)
    await choose(() => radio('Light').then(() => radio('Honey')), 'light')
    await choose(() => radio('Dark').then(() => radio('Evening')), 'dark')
    await choose(() => box('More contrast'), 'dark-contrast')
    await choose(
      () => radio('Light').then(() => page.getByLabel('A colour of your own').fill('#ffee00')),
      'contrast',
    )
    await choose(() => box('Simple mode'), 'simple')
    await page.emulateMedia({ forcedColors: 'active' })
    await examine('forced')
  })
