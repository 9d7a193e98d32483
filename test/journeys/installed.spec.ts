import { networkIsAway } from '../fixtures/complaints.ts'
import { areTogether, expect } from '../fixtures/family.ts'
import { isKept, keptApp, makeNewer, markOf, test } from '../fixtures/kept-app.ts'

test('ux 39: without the server Hearth opens with its history and all its parts, and asks nobody else', async ({
  family,
}) => {
  const anna = await family.person('Anna', { keepsApp: true })
  const bob = await family.person('Bob', { keepsApp: true })
  await areTogether(anna, bob)
  for (const person of [anna, bob]) await person.screen.say(`${person.name} was here`)
  for (const person of [anna, bob]) await isKept(person.screen.page)
  for (const person of [anna, bob]) person.complaints.expect(...networkIsAway)
  await family.server.stop()
  for (const { screen } of [anna, bob]) {
    const asked: string[] = []
    screen.page.on('request', (request) => asked.push(new URL(request.url()).origin))
    await screen.page.reload()
    await expect(screen.message('Anna was here')).toBeVisible()
    await screen.openSettings()
    await expect(screen.dialog('Settings')).toBeVisible()
    const painted = await screen.page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    )
    test.info().annotations.push({ type: 'first paint offline', description: `${painted} ms` })
    expect(asked.filter((origin) => origin !== family.server.origin && origin !== 'null')).toEqual([])
  }
})

test('ux 43: a newer Hearth is offered, put off, and used only when it is asked for', async ({
  family,
  client,
}) => {
  const anna = await family.person('Anna', { keepsApp: true })
  const bob = await family.person('Bob', { keepsApp: true })
  for (const { screen, complaints } of [anna, bob]) {
    complaints.expect(...networkIsAway)
    await isKept(screen.page)
  }
  await family.server.stop()
  await makeNewer(client, 'newer')
  await family.server.start()
  for (const { screen } of [anna, bob]) {
    const update = screen.page.getByRole('region', { name: 'Update' })
    await screen.page.reload()
    await expect(update).toContainText('A new Hearth is ready')
    await screen.button('Later', update).click()
    await expect(update).toHaveCount(0)
    // It waits for its turn through as many reloads as one likes.
    await screen.page.reload()
    await expect(update).toBeVisible()
    expect(await markOf(screen.page)).toBeUndefined()
    await screen.textbox('Message').fill('Half a thought')
    await screen.button('Use it now', update).click()
    await expect.poll(() => markOf(screen.page).catch(() => undefined)).toBe('newer')
    await expect(screen.textbox('Message')).toHaveValue('Half a thought')
    await expect(update).toHaveCount(0)
  }
})

test('ux 39: a text from another app becomes the draft in the room that is chosen', async ({ family }) => {
  const anna = await family.person('Anna', { keepsApp: true })
  const bob = await family.person('Bob', { keepsApp: true })
  await anna.screen.createRoom('Recipes')
  await bob.screen.joinRoom('Recipes')
  for (const { screen } of [anna, bob]) {
    await screen.textbox('Message').fill('Look at this:')
    await isKept(screen.page)
    const handed = new URLSearchParams({ title: 'Soup', text: 'Best soup', url: 'https://soup.example/1' })
    await screen.page.goto(`${family.server.origin}/share?${handed.toString()}`)
    await expect(screen.dialog('Where to?')).toContainText('https://soup.example/1')
    expect(new URL(screen.page.url()).pathname + new URL(screen.page.url()).search).toBe('/')
    await screen.button('Recipes', screen.dialog('Where to?')).click()
    await expect(screen.textbox('Message')).toHaveValue(
      'Look at this:\nSoup\nBest soup\nhttps://soup.example/1',
    )
  }
  expect(family.server.logged().join('\n')).not.toContain('soup.example')
})

test('signing out takes the app from this browser, too', async ({ family }) => {
  const anna = await family.person('Anna', { keepsApp: true })
  const bob = await family.person('Bob', { keepsApp: true })
  for (const { screen } of [anna, bob]) {
    await isKept(screen.page)
    expect(await keptApp(screen.page)).toMatchObject({
      workers: 1,
      caches: [expect.stringMatching(/^hearth/)],
    })
    await screen.openSettings('Sign out')
    await screen.button('Sign out', screen.dialog('Sign out')).click()
    await expect(screen.heading(/Sign in|Welcome/)).toBeVisible()
    expect(await keptApp(screen.page)).toEqual({ workers: 0, caches: [] })
  }
})
