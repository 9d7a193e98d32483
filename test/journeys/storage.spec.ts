import type { Page } from '@playwright/test'
import { areTogether, expect, test } from '../fixtures/family.ts'

/**
 * What a full disk does. Chromium's own `Storage.overrideQuotaForOrigin` comes too late for a page that has written already: it goes on with the
 * room that it was told of before, for up to half a minute.
 */
const refuseWhereFull = () => {
  const prototype = IDBObjectStore.prototype
  const { put } = prototype
  prototype.put = function (this: IDBObjectStore, ...row: Parameters<typeof put>) {
    if (sessionStorage.getItem('room') === 'none') throw new DOMException('full', 'QuotaExceededError')
    return put.apply(this, row)
  }
}
const setRoom = (page: Page, room: 'none' | 'enough') =>
  page.evaluate((wanted) => sessionStorage.setItem('room', wanted), room)

test(
  'ux 12, 42: a full disk is told at once, loses no text over a reload, and takes it once there is room',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    const { page } = anna.screen
    await page.addInitScript(refuseWhereFull)
    await page.reload()
    await anna.screen.say('While there was room')
    await expect(anna.screen.delivery('While there was room', 'On this device only')).toBeVisible()
    await setRoom(page, 'none')

    await anna.screen.say('No room for this')
    const row = anna.screen.message('No room for this')
    await expect(row.getByText('There is no space left on this device.')).toBeVisible()
    const line = page.getByRole('region', { name: 'Storage' })
    await expect(line.getByRole('alert')).toBeVisible()
    await page.reload()
    await expect(row.getByText('There is no space left on this device.')).toBeVisible()
    await expect(anna.screen.message('While there was room')).toBeVisible()

    await anna.screen.button('Show storage', line).click()
    const storage = page.getByRole('dialog', { name: 'Storage' })
    await expect(storage.getByText('There is no space left for Hearth on this device.')).toBeVisible()
    await expect(storage.getByRole('listitem').filter({ hasText: 'general' })).toContainText('1 message')
    await page.goBack()

    await setRoom(page, 'enough')
    await anna.screen.button('Retry', row).click()
    await expect(anna.screen.delivery('No room for this', 'On this device only')).toBeVisible()
    await expect(line).toBeHidden()
    await page.reload()
    await expect(row).toHaveCount(1)
    await expect(anna.screen.delivery('No room for this', 'On this device only')).toBeVisible()
  },
)

test('P5, ux 42: what a disk has lost is told of, and comes back from another device', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  for (const text of ['Second', 'Third']) await anna.screen.say(text)
  await expect(bob.screen.message('Third')).toBeVisible()
  await bob.screen.page.goto('about:blank')

  // Every page that has something is hit: a row of its journal is no row any more.
  await anna.screen.page.evaluate(async () => {
    const idb = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('hearth')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('not opened'))
    })
    const tx = idb.transaction('journal', 'readwrite')
    const journal = tx.objectStore('journal')
    const keys = journal.getAllKeys()
    keys.onsuccess = () => {
      const last = new Map((keys.result as [string, number, number][]).map((key) => [key[0], key]))
      for (const key of last.values()) journal.put('lost', key)
    }
    await new Promise((resolve) => (tx.oncomplete = resolve))
    idb.close()
  })
  await anna.screen.page.reload()
  const line = anna.screen.page.getByRole('region', { name: 'Storage' })
  await expect(line.getByText('A part of what this device kept cannot be read.')).toBeVisible()
  await expect(anna.screen.message('Second')).toBeVisible()

  await bob.screen.page.goto(family.server.origin)
  await areTogether(anna, bob)
  await expect(anna.screen.message('Third')).toBeVisible()
  await expect(line).toBeHidden()
  await anna.screen.page.reload()
  await expect(anna.screen.message('Third')).toHaveCount(1)
  await anna.screen.say('Whole again')
  await expect(bob.screen.message('Whole again')).toBeVisible()
})

test('ux 42, 12: where nothing of it can be read a browser begins anew, and what was said comes back from the others', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.say('Said before')
  await expect(bob.screen.message('Said before')).toBeVisible()
  const { page } = anna.screen
  await page.evaluate(async () => {
    const idb = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('hearth')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('not opened'))
    })
    const tx = idb.transaction('vault', 'readwrite')
    const vault = tx.objectStore('vault')
    const keys = vault.getAllKeys()
    keys.onsuccess = () => {
      for (const key of keys.result) vault.put('lost', key)
    }
    await new Promise((resolve) => (tx.oncomplete = resolve))
    idb.close()
  })
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Hearth could not open' })).toBeVisible()
  await anna.screen.button('Remove it and begin anew').click()
  await anna.screen.button('Remove it', page.getByRole('dialog')).click()
  await anna.screen.signIn('Anna')
  await expect(anna.screen.message('Said before')).toBeVisible()
})
