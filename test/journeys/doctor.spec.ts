import path from 'node:path'
import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { networkIsAway } from '../fixtures/complaints.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'

const folder = path.join(import.meta.dirname, '..', 'screens')

test('ux 41, 44: the doctor tells what works, and what does not when the server is gone', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  for (const person of [anna, bob]) person.complaints.expect(...networkIsAway)
  await bringAxe(anna.context)
  await anna.screen.page.reload()
  await areTogether(anna, bob)
  const { screen } = anna
  const { page } = screen
  const window = screen.dialog('Connection')
  const check = (name: string) =>
    window.getByRole('list', { name: 'What was looked at' }).getByRole('listitem').filter({ hasText: name })

  await screen.openSettings('Connection')
  await expect(check('This page')).toContainText('It is secure')
  await expect(check('The family’s server')).toContainText('It answered')
  await expect(check('The line to the server')).toContainText('open for')
  await expect(check('The clock')).toContainText('agrees')
  await expect(check('Other devices')).toContainText('Connected with 1 device')
  const linked = window.getByRole('list', { name: 'Connected with' }).getByRole('listitem')
  await expect(linked).toContainText('Bob')
  await expect(linked).toContainText('Direct')
  await expect(window.getByRole('status', { name: 'Result' })).toHaveText('Everything works as it should.')
  await page.screenshot({ path: path.join(folder, '60-doctor-desktop.png') })
  expect(await findBarriers(page)).toEqual([])

  await screen.button('Make a report').click()
  const report = window.getByRole('region', { name: 'Report' })
  await expect(report).toContainText('device 1: Direct')
  const words = await report.innerText()
  for (const secret of ['Anna', 'Bob', 'Lindqvist', '127.0.0.1', 'localhost'])
    expect(words).not.toContain(secret)
  expect(words).not.toMatch(/\d+\.\d+\.\d+\.\d+|[0-9a-f]{16}/)
  await expect(screen.button('Copy report')).toBeVisible()
  await screen.button('Copy report').scrollIntoViewIfNeeded()
  await page.screenshot({ path: path.join(folder, '61-doctor-report-desktop.png') })
  expect(await findBarriers(page)).toEqual([])

  await screen.closeWindows()
  await family.server.stop()
  await expect(screen.connection).toContainText('connected with 1 device. You can go on writing')
  await screen.button('Look into it').click()
  await expect(check('The family’s server')).toContainText('It does not answer')
  await expect(check('The line to the server')).toContainText('It is closed')
  await expect(check('Other devices')).toContainText('Connected with 1 device')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.screenshot({ path: path.join(folder, '62-doctor-away-phone.png') })
  expect(await findBarriers(page)).toEqual([])

  await family.server.start()
  await expect(screen.connection).toContainText('Connected with 1 device.')
  await expect(async () => {
    await screen.button('Look again').click()
    await expect(check('The line to the server')).toContainText('It has been open', { timeout: 2_000 })
  }).toPass()
})

test(
  'ux 41: without a network one is told so, and writes all the same',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna', { keepsApp: true })
    anna.complaints.expect(...networkIsAway)
    await expect(anna.screen.connection).toContainText('Nobody else is here')
    // What comes after the history, the service worker for one, is here by then.
    await anna.screen.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await anna.context.setOffline(true)
    await expect(anna.screen.connection).toContainText('No network. You can go on writing')
    await anna.screen.say('Written on the train')
    await expect(anna.screen.message('Written on the train')).toBeVisible()
  },
)
