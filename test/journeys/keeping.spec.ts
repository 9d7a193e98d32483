import { cp, rm } from 'node:fs/promises'
import { makeFolder } from '../fixtures/browsers.ts'
import { networkIsAway } from '../fixtures/complaints.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'

test('a reload shows the history before any network', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob', { hasNetworkControl: true })
  await areTogether(anna, bob)
  await anna.screen.createRoom('Garden')
  await bob.screen.joinRoom('Garden')
  await anna.screen.say('The beans are up')
  await bob.screen.say('Mine too')
  await expect(bob.screen.message('The beans are up', 'Garden')).toBeVisible()

  bob.network.stallServer()
  await bob.screen.page.reload()
  await bob.screen.openRoom('Garden')
  await expect(bob.screen.message('The beans are up', 'Garden')).toBeVisible()
  await expect(bob.screen.message('Mine too', 'Garden')).toBeVisible()
  await expect(bob.screen.person('Anna, away')).toBeVisible()
})

test('P5: what is sent is kept, though the page goes away in the same moment', async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.say('Kept?')
  await expect(anna.screen.delivery('Kept?', 'On this device only')).toBeVisible()
  await anna.screen.page.reload()
  await expect(anna.screen.message('Kept?')).toHaveCount(1)
})

test('ux 12: what is written while cut off arrives once and in order', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob', { hasNetworkControl: true })
  bob.complaints.expect(...networkIsAway)
  await areTogether(anna, bob)
  await anna.screen.say('Are you on the train?')
  await expect(bob.screen.message('Are you on the train?')).toBeVisible()

  await bob.network.cut()
  await expect(bob.screen.person('Anna, away')).toBeVisible()
  const written = ['Yes', 'In a tunnel', 'Long one']
  for (const text of written) await bob.screen.say(text)
  for (const text of written) await expect(bob.screen.delivery(text, 'On this device only')).toBeVisible()
  const answered = ['Hello?', 'Bob?']
  for (const text of answered) await anna.screen.say(text)
  await bob.network.mend()

  await areTogether(anna, bob)
  for (const person of [anna, bob]) {
    await expect.poll(() => person.screen.order(written)).toEqual(written)
    await expect.poll(() => person.screen.order(answered)).toEqual(answered)
  }
  for (const text of written) await expect(bob.screen.delivery(text, 'On 1 other device')).toBeVisible()
})

test('what is written while cut off survives a reload, and still arrives', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob', { hasNetworkControl: true })
  bob.complaints.expect(...networkIsAway)
  await areTogether(anna, bob)

  bob.network.stallServer()
  await bob.screen.page.reload()
  await bob.screen.say('Nobody hears this yet')
  await expect(bob.screen.delivery('Nobody hears this yet', 'On this device only')).toBeVisible()
  await bob.screen.page.reload()
  await expect(bob.screen.message('Nobody hears this yet')).toHaveCount(1)
  await bob.network.mend()
  await expect(anna.screen.message('Nobody hears this yet')).toHaveCount(1)
})

test('a browser that was closed catches up when it is opened again', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob', { hasProfile: true })
  await areTogether(anna, bob)
  await anna.screen.say('Before')
  await expect(bob.screen.message('Before')).toBeVisible()

  await bob.closeBrowser()
  await anna.screen.say('While Bob is away')
  await anna.screen.createRoom('Garden')
  await anna.screen.say('The beans are up')

  await bob.reopen()
  await expect(bob.screen.message('Before')).toBeVisible()
  await expect(bob.screen.message('While Bob is away')).toBeVisible()
  await bob.screen.joinRoom('Garden')
  await expect(bob.screen.message('The beans are up', 'Garden')).toBeVisible()
  await bob.screen.say('Back again')
  await expect(anna.screen.message('Back again', 'Garden')).toBeVisible()
})

test('ux 17: a draft survives a reload, and each room has its own', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.composer.fill('Not finished')
  await anna.screen.createRoom('Garden')
  await expect(anna.screen.composer).toHaveValue('')
  await anna.screen.openRoom('general')
  await expect(anna.screen.composer).toHaveValue('Not finished')
  await anna.screen.page.reload()
  await expect(anna.screen.log('general')).toBeVisible()
  await expect(anna.screen.composer).toHaveValue('Not finished')
})

test(
  'a browser that has cleared its storage says so, and gets the history back',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    const bob = await family.person('Bob')
    await areTogether(anna, bob)
    await anna.screen.say('Before the loss')
    await expect(bob.screen.message('Before the loss')).toBeVisible()

    const devtools = await anna.context.newCDPSession(anna.screen.page)
    await devtools.send('Storage.clearDataForOrigin', {
      origin: family.server.origin,
      storageTypes: 'indexeddb',
    })
    await expect(anna.screen.heading('Hearth could not open')).toBeVisible()
    await anna.screen.button('Reload').click()
    await expect(anna.screen.heading('Sign in')).toBeVisible()
    await expect(anna.screen.page.getByText('This browser has cleared what Hearth kept in it.')).toBeVisible()
    await anna.screen.signIn('Anna')
    await expect(anna.screen.message('Before the loss')).toBeVisible()
  },
)

test(
  'ux 42: a disk that refuses what is read is told of, and nothing is lost',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    await anna.screen.say('Before the trouble')
    await expect(anna.screen.delivery('Before the trouble', 'On this device only')).toBeVisible()
    await anna.screen.createRoom('Garden')
    await anna.screen.page.evaluate(() => {
      IDBObjectStore.prototype.getAllKeys = () => {
        throw new DOMException('the disk is broken', 'UnknownError')
      }
    })
    await anna.screen.room('general').click()
    await expect(anna.screen.heading('Hearth could not open')).toBeVisible()
    await anna.screen.button('Reload').click()
    await expect(anna.screen.message('Before the trouble')).toBeVisible()
  },
)

test('P6, P7: a browser restored from a copy says so, and is a new device once it has signed in again', async ({
  family,
}) => {
  const anna = await family.person('Anna', { hasProfile: true })
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.say('Before the copy')
  await expect(bob.screen.message('Before the copy')).toBeVisible()
  await anna.closeBrowser()
  const folder = anna.folder ?? ''
  const copy = await makeFolder('copy')
  await cp(folder, copy, { recursive: true })
  await anna.reopen()
  await areTogether(anna, bob)
  await anna.screen.say('After the copy')
  await expect(bob.screen.message('After the copy')).toBeVisible()
  await anna.closeBrowser()

  // Nobody is there to tell the restored one that it has said something since.
  await bob.screen.page.goto('about:blank')
  await rm(folder, { recursive: true })
  await cp(copy, folder, { recursive: true })
  await rm(copy, { recursive: true })
  await anna.reopen()
  await anna.screen.say('From the copy')
  await expect(anna.screen.delivery('From the copy', 'On this device only')).toBeVisible()
  await bob.screen.page.goto(family.server.origin)

  const notice = anna.screen.page.getByRole('alert', { name: 'Restored from a copy' })
  await anna.screen.button('Sign in again', notice).click()
  await anna.screen.button('Delete and sign in').click()
  await anna.screen.signIn('Anna')
  await areTogether(anna, bob)
  await anna.screen.say('As good as new')
  await expect(bob.screen.message('As good as new')).toBeVisible()
  await expect(bob.screen.message('Before the copy')).toBeVisible()
  await expect(notice).toBeHidden()
})
