import { areTogether, expect, test } from '../fixtures/family.ts'
import { passwordOf } from '../fixtures/screen.ts'

const once = { tag: '@once' }
/** What the server says to a wrong password or an ended session; each test causes its own. */
const refused = /status of 40[0-9]|api\/.* 40[0-9]/
/** A socket the server has closed on purpose, in the browsers' words. */
const socketEnded =
  /WebSocket|can.t establish a connection|status of 401|api\/.* 401|Unexpected response code/

test('I8: a device is linked without typing its secret, and knows the family at once', async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.createRoom('Garden')
  const tablet = await family.visitor('Anna')
  await tablet.screen.page.goto(family.server.origin)
  await tablet.screen.button('Use another device of mine').click()
  // The QR code is a link; a camera would open it.
  const code = tablet.screen.page.getByRole('img', { name: 'QR code to link this device' })
  await expect(code).toBeVisible()
  const digits = await tablet.screen.page.getByText(/^\d{3} \d{3}$/).innerText()
  const link = await tablet.screen.readCode(code)

  await anna.screen.page.goto(link)
  const dialog = anna.screen.dialog('Link a device')
  await expect(dialog.getByText(digits.replace(' ', ' '))).toBeVisible()
  anna.complaints.expect(refused)
  await anna.screen.textbox('Your password', dialog).fill('not this one')
  await anna.screen.button('They are the same: link it', dialog).click()
  await expect(dialog.getByText(/That is not your password/)).toBeVisible()
  await anna.screen.textbox('Your password', dialog).fill(passwordOf('Anna'))
  await anna.screen.button('They are the same: link it', dialog).click()
  await expect(dialog.getByText('is linked')).toBeVisible()
  await expect(tablet.screen.room('Garden')).toBeVisible()
  await tablet.screen.say('From the sofa')
  await anna.screen.button('Done', dialog).click()
  await expect(anna.screen.message('From the sofa')).toBeVisible()
})

test('A5: the recovery phrase sets a new password, and the old one is over', async ({ family }) => {
  const anna = await family.person('Anna')
  const phrase = await anna.screen.readPhrase(passwordOf('Anna'))
  await anna.context.close()
  const again = await family.visitor('Anna')
  again.complaints.expect(refused)
  await again.screen.page.goto(family.server.origin)
  await again.screen.button('I have my recovery phrase').click()
  await again.screen.textbox('The 24 words').fill(phrase.slice(0, 23).join(' '))
  await again.screen.textbox('Choose a new password').fill('a quite new password')
  await again.screen.button('Get my account back').click()
  await expect(again.screen.page.getByText(/These are not the 24 words|24 words/).first()).toBeVisible()
  await again.screen.textbox('The 24 words').fill(phrase.join('\n').toUpperCase())
  await again.screen.button('Get my account back').click()
  await expect(again.screen.rooms).toBeVisible()

  const third = await family.visitor('Anna')
  third.complaints.expect(refused)
  await third.screen.page.goto(family.server.origin)
  await third.screen.signIn('Anna')
  await expect(third.screen.page.getByText('Name and password do not belong together.')).toBeVisible()
  await third.screen.signIn('Anna', 'a quite new password')
  await expect(third.screen.rooms).toBeVisible()
})

test(
  'ux 4: the phrase is asked for by two of its words, and then not reminded of',
  once,
  async ({ family }) => {
    const anna = await family.person('Anna')
    await expect(anna.screen.page.getByRole('region', { name: 'Reminder' })).toBeVisible()
    await anna.screen.keepPhrase(passwordOf('Anna'))
    await expect(anna.screen.page.getByRole('region', { name: 'Reminder' })).toBeHidden()
    await anna.screen.page.reload()
    await expect(anna.screen.rooms).toBeVisible()
    await expect(anna.screen.page.getByRole('region', { name: 'Reminder' })).toBeHidden()
  },
)

test('A2: a changed password holds, and the sessions stay', once, async ({ family }) => {
  const anna = await family.person('Anna')
  anna.complaints.expect(refused)
  await anna.screen.openSettings('Password')
  const dialog = anna.screen.dialog('Password')
  await anna.screen.textbox('Old password', dialog).fill('not this one')
  await anna.screen.textbox('New password', dialog).fill('blankets are for winter')
  await anna.screen.button('Change password', dialog).click()
  await expect(anna.screen.textbox('Old password', dialog)).toHaveAttribute('aria-invalid', 'true')
  await anna.screen.textbox('Old password', dialog).fill(passwordOf('Anna'))
  await anna.screen.button('Change password', dialog).click()
  await expect(dialog.getByText('Your password is changed.')).toBeVisible()
  await anna.screen.page.goto(family.server.origin)
  await expect(anna.screen.rooms).toBeVisible()
  const tablet = await family.visitor('Anna')
  await tablet.screen.page.goto(family.server.origin)
  await tablet.screen.signIn('Anna', 'blankets are for winter')
  await expect(tablet.screen.rooms).toBeVisible()
})

test('ux 22: name, status and picture are changed for everybody, and the new name signs in', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await bob.screen.say('Who am I?')
  await bob.screen.openSettings()
  await bob.screen.button('Edit name and picture').click()
  await bob.screen.textbox('Name').fill('Robert')
  await bob.screen.textbox('Status').fill('At the lake')
  await bob.screen.button('Save').click()
  await expect(anna.screen.person('Robert')).toBeVisible()
  await expect(anna.screen.event('Robert')).not.toHaveCount(0)
  await anna.screen.button('Robert', anna.screen.people).first().click()
  await expect(anna.screen.page.getByText('At the lake').first()).toBeVisible()
  const tablet = await family.visitor('Bob')
  await tablet.screen.page.goto(family.server.origin)
  await tablet.screen.signIn('robert', passwordOf('Bob'))
  await expect(tablet.screen.rooms).toBeVisible()
})

test('A7, L3: a revoked device is out at once, and its Link is refused', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  const tablet = await family.visitor('Anna')
  await tablet.screen.page.goto(family.server.origin)
  await tablet.screen.signIn('Anna')
  await areTogether(bob, anna)
  await expect(tablet.screen.person('Bob, here')).toBeVisible()
  tablet.complaints.expect(refused, socketEnded)
  for (const person of [anna, bob]) person.complaints.expect(socketEnded)

  await anna.screen.openSettings('Devices')
  const devices = anna.screen.page.getByRole('list', { name: 'Devices' })
  await expect(devices.getByRole('listitem')).toHaveCount(2)
  await devices.getByRole('button', { name: /^Revoke/ }).click()
  const dialog = anna.screen.dialog('Revoke device')
  await anna.screen.textbox('Your password', dialog).fill(passwordOf('Anna'))
  await anna.screen.button('Revoke', dialog).click()
  await expect(devices.getByRole('listitem')).toHaveCount(1)
  await expect(tablet.screen.button('Remove it and begin anew')).toBeVisible()
  await anna.screen.page.goto(family.server.origin)
  await bob.screen.say('Only for those who are in')
  await expect(anna.screen.message('Only for those who are in')).toBeVisible()
  await tablet.screen.page.reload()
  await expect(tablet.screen.message('Only for those who are in')).toBeHidden()
  await tablet.screen.button('Remove it and begin anew').click()
  await tablet.screen.button('Remove it').click()
  await expect(tablet.screen.heading('Sign in')).toBeVisible()
})

test('A7, G2: a removed member is out at once; members may not remove', async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await bob.screen.say('I was here')
  await bob.screen.openMember('Anna')
  await expect(bob.screen.button('Remove from the family')).toBeHidden()
  for (const person of [anna, bob]) person.complaints.expect(refused, socketEnded)
  await anna.screen.openMember('Bob')
  await anna.screen.button('Remove from the family').click()
  await anna.screen.page
    .getByRole('dialog')
    .last()
    .getByRole('button', { name: /^Remove/ })
    .click()
  await expect(bob.screen.button('Remove it and begin anew')).toBeVisible()
  // Whether the family's word or the server's came first: it was not Bob.
  await expect(bob.screen.page.getByText(/owner or an admin/).first()).toBeVisible()
  await anna.screen.page.goto(family.server.origin)
  await expect(anna.screen.person('Bob')).toBeHidden()
  await expect(anna.screen.message('I was here')).toBeVisible()
})

test('A7: signing out wipes this browser, after a warning', once, async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.say('Kept nowhere else')
  anna.complaints.expect(refused, socketEnded)
  await anna.screen.openSettings('Sign out')
  await expect(anna.screen.dialog('Sign out').getByText('is on this device only')).toBeVisible()
  await anna.screen.button('Sign out', anna.screen.dialog('Sign out')).click()
  await expect(anna.screen.heading('Sign in')).toBeVisible()
  const left = await anna.screen.page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
  }))
  // Opening anew makes an empty one; what was in it is gone.
  expect(left.local).toEqual([])
  await anna.screen.signIn('Anna')
  await expect(anna.screen.rooms).toBeVisible()
  await expect(anna.screen.message('Kept nowhere else')).toBeHidden()
})

test('I5: with a lock on, the browser opens by its passphrase only', async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.say('Behind the door')
  await anna.screen.openSettings('App lock')
  await anna.screen.textbox('Passphrase').fill('open sesame seeds')
  await anna.screen.button('Set passphrase').click()
  await expect(anna.screen.button('Remove the lock')).toBeVisible()
  await anna.screen.page.goto(family.server.origin)
  await anna.screen.page.reload()
  await expect(anna.screen.heading('Hearth is locked')).toBeVisible()
  await anna.screen.textbox('Passphrase of the lock').fill('open barley')
  await anna.screen.button('Unlock').click()
  await expect(anna.screen.page.getByText('That is not the passphrase of this lock.')).toBeVisible()
  await anna.screen.textbox('Passphrase of the lock').fill('open sesame seeds')
  await anna.screen.button('Unlock').click()
  await expect(anna.screen.message('Behind the door')).toBeVisible()
})

test('I5: a passkey opens the lock, where there is one', once, async ({ family }) => {
  const anna = await family.person('Anna')
  const devtools = await anna.context.newCDPSession(anna.screen.page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: true,
      automaticPresenceSimulation: true,
    },
  })
  await anna.screen.openSettings('App lock')
  await anna.screen.button('Add a passkey').click()
  await expect(anna.screen.button('Remove the lock')).toBeVisible()
  await anna.screen.page.reload()
  await expect(anna.screen.heading('Hearth is locked')).toBeVisible()
  await anna.screen.page.getByRole('button', { name: /passkey/i }).click()
  await expect(anna.screen.rooms).toBeVisible()
})

test('I7: both see one safety number, a scanned code verifies, and a foreign one is loud', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  const open = async (screen: typeof anna.screen, name: string) => {
    await screen.openMember(name)
    await screen.button('Compare safety number').click()
    const number = screen.page.getByRole('list', { name: 'Safety number' })
    await expect(number).toContainText(/\d{5}/)
    return (await number.innerText()).replace(/\D/g, '')
  }
  const annas = await open(anna.screen, 'Bob')
  const bobs = await open(bob.screen, 'Anna')
  expect(annas).toHaveLength(60)
  expect(annas).toBe(bobs)
  const code = await bob.screen.readCode(
    bob.screen.page.getByRole('img', { name: 'Your safety code, for the other to scan' }),
  )
  const scan = async (text: string) => {
    await anna.screen.button('Scan their code').click()
    await anna.screen.textbox('Or paste what their code says').fill(text)
    await anna.screen.textbox('Or paste what their code says').press('Enter')
  }
  await scan(code.slice(0, -4) + 'AAAA')
  await expect(anna.screen.page.getByText('The codes do not match.')).toBeVisible()
  await scan(code)
  await expect(anna.screen.page.getByText(/It matches/)).toBeVisible()
})

test('I7, A5: who lost everything comes in again under their name, and everybody is told', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  const carla = await family.person('Carla')
  await areTogether(anna, bob)
  for (const person of [anna, bob, carla]) person.complaints.expect(refused, socketEnded)
  await anna.screen.openMember('Bob')
  await anna.screen.button('Invite again').click()
  await anna.screen.page
    .getByRole('dialog')
    .last()
    .getByRole('button', { name: /^Invite/ })
    .click()
  const link = await anna.screen.page.getByText(/#invite\//).innerText()
  await bob.context.close()

  const again = await family.visitor('Bob')
  await again.screen.page.goto(link)
  await again.screen.button('Come back in').click()
  await expect(again.screen.textbox('Your name')).toHaveValue('Bob')
  await again.screen.textbox('Choose a password').fill('another password for Bob')
  await again.screen.button('Come in').click()
  await again.screen.laterPhrase()
  await expect(carla.screen.page.getByText(/Bob has come in with a new identity/).first()).toBeVisible()
  await carla.screen.button('Look into it').click()
  await carla.screen.button('I have checked').click()
  await expect(carla.screen.page.getByText(/Bob has come in with a new identity/)).toHaveCount(0)
})

test('G2: the owner sees how the server does, and nothing of what is said', once, async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  await anna.screen.button('Family').click()
  await anna.screen.button('Server').click()
  const sockets = anna.screen.page.getByRole('list', { name: 'Connected devices' })
  await expect(sockets.getByRole('listitem')).toHaveCount(2)
  await expect(
    anna.screen.page.getByRole('list', { name: 'What happened lately' }).getByText(/Bob/).first(),
  ).toBeVisible()
})
