import { areTogether, expect, test } from '../fixtures/family.ts'
import { familyName, passwordOf } from '../fixtures/screen.ts'

const once = { tag: '@once' }
/** What the server says to a link, a name or a password that is not good; each test causes its own. */
const refused = /status of 40[0-9]|status of 41[0-9]|api\/.* 4[01][0-9]/

test('A1, ux 1: from the first link to the first message', async ({ family }) => {
  const anna = await family.visitor('Anna')
  await anna.screen.page.goto(family.server.link)
  await anna.screen.lightHearth('Anna')
  await anna.screen.say('Hello, family')
  await expect(anna.screen.message('Hello, family')).toBeVisible()
  // ux 2: the secret does not stay where a shoulder or a screenshot can read it.
  expect(anna.screen.page.url()).not.toContain('#invite/')
})

test('A8: a newcomer is inside at once, with nobody else online, and told so', async ({ family }) => {
  const anna = await family.person('Anna')
  const link = await family.invitation()
  await anna.context.close()
  const bob = await family.visitor('Bob')
  await bob.screen.page.goto(link)
  await expect(bob.screen.page.getByText(familyName)).toBeVisible()
  await expect(bob.screen.page.getByText('Anna')).toBeVisible()
  await bob.screen.comeIn('Bob')
  await expect(bob.screen.connection).toHaveText(/Nobody else is here right now/)
  // People and rooms came with the welcome, not from anybody's device.
  await expect(bob.screen.person('Anna, away')).toBeVisible()
  await bob.screen.say('Is anybody there?')
  await expect(bob.screen.message('Is anybody there?')).toBeVisible()
})

test(
  'A1: without an account the page asks to sign in, and takes an invitation by camera or paste',
  once,
  async ({ family }) => {
    await family.person('Anna')
    const bob = await family.visitor('Bob')
    await bob.screen.page.goto(family.server.origin)
    await expect(bob.screen.heading('Sign in')).toBeVisible()
    await bob.screen.button('I have an invitation link').click()
    // The camera runs and sees no code; the link can be pasted all the same.
    await bob.screen.button('Scan its code').click()
    await expect(bob.screen.page.getByText('Hold the code into the frame')).toBeVisible()
    await bob.screen.textbox('Or paste the link').fill(await family.invitation())
    await bob.screen.button('Use it').click()
    await bob.screen.comeIn('Bob')
  },
)

test('a link pasted into the address of the open page is followed', once, async ({ family }) => {
  const anna = await family.visitor('Anna')
  await anna.screen.page.goto(family.server.origin)
  await expect(anna.screen.heading('Sign in')).toBeVisible()
  // Only the fragment differs, so the browser loads nothing by itself.
  await anna.screen.page.evaluate((link) => location.assign(link), family.server.link)
  await anna.screen.lightHearth('Anna')
})

test('a mangled link says so, and a whole one still works', once, async ({ family }) => {
  const anna = await family.visitor('Anna')
  await anna.screen.page.goto(family.server.link.slice(0, -5))
  await expect(anna.screen.heading('This link does not lead in')).toBeVisible()
  await expect(anna.screen.page.getByRole('alert')).toContainText('not a whole')
  await anna.screen.textbox('Invitation link').fill('https://example.org/#invite/nothing')
  await anna.screen.button('Open').click()
  await expect(anna.screen.heading('This link does not lead in')).toBeVisible()
  await anna.screen.textbox('Invitation link').fill(family.server.link)
  await anna.screen.button('Open').click()
  await anna.screen.lightHearth('Anna')
})

test('A1: an unknown link does not open this family', once, async ({ family }) => {
  const stranger = await family.visitor('stranger')
  await stranger.screen.page.goto(`${family.server.origin}/#invite/${'A'.repeat(22)}`)
  await expect(stranger.screen.page.getByRole('alert')).toBeVisible()
  await expect(stranger.screen.log('general')).toBeHidden()
})

test('A1: used and revoked invitations say so, and how to get another', once, async ({ family }) => {
  const anna = await family.person('Anna')
  const one = await anna.screen.invite('1 person')
  const bob = await family.visitor('Bob')
  await bob.screen.page.goto(one)
  await bob.screen.comeIn('Bob')
  const carla = await family.visitor('Carla')
  await carla.screen.page.goto(one)
  await expect(carla.screen.heading('This link does not lead in')).toBeVisible()
  await expect(carla.screen.page.getByRole('alert')).toContainText('used')

  const other = await anna.screen.invite('1 person')
  await anna.screen.button('Family').click()
  await anna.screen.page.getByRole('list', { name: 'Invitations' }).getByRole('button').first().click()
  await expect(
    anna.screen.page.getByRole('list', { name: 'Invitations' }).getByText('Revoked').first(),
  ).toBeVisible()
  await carla.screen.page.goto(other)
  await expect(carla.screen.page.getByRole('alert')).toContainText('taken back')
})

test('A2, A4: a second browser signs in by name and password, and a wrong one is told', async ({
  family,
}) => {
  const anna = await family.person('Anna')
  await anna.screen.say('Written on the first')
  const tablet = await family.visitor('Anna')
  tablet.complaints.expect(refused)
  await tablet.screen.page.goto(family.server.origin)
  await tablet.screen.signIn('Anna', 'not this one')
  await expect(tablet.screen.page.getByText('Name and password do not belong together')).toBeVisible()
  await tablet.screen.signIn('anna', passwordOf('Anna'))
  await expect(tablet.screen.message('Written on the first')).toBeVisible()
  await tablet.screen.say('And on the second')
  await expect(anna.screen.message('And on the second')).toBeVisible()
  // One person, however many devices.
  await expect(anna.screen.people.getByRole('listitem')).toHaveCount(1)
})

test('an empty name is not taken, and a name that is taken is said to be', once, async ({ family }) => {
  await family.person('Anna')
  const bob = await family.visitor('Bob')
  bob.complaints.expect(refused)
  await bob.screen.page.goto(await family.invitation())
  await bob.screen.button('Come in').click()
  await bob.screen.textbox('Your name').fill('   ')
  await bob.screen.textbox('Choose a password').fill(passwordOf('Bob'))
  await bob.screen.button('Come in').click()
  await expect(bob.screen.textbox('Your name')).toHaveAttribute('aria-invalid', 'true')
  await bob.screen.textbox('Your name').fill('ANNA')
  await bob.screen.button('Come in').click()
  await expect(bob.screen.page.getByText('That name is taken already.')).toBeVisible()
  await bob.screen.textbox('Your name').fill('Bob')
  await bob.screen.textbox('Choose a password').fill('short')
  await bob.screen.button('Come in').click()
  await expect(bob.screen.textbox('Choose a password')).toHaveAttribute('aria-invalid', 'true')
  await bob.screen.textbox('Choose a password').fill(passwordOf('Bob'))
  await bob.screen.button('Come in').click()
  await bob.screen.laterPhrase()
  await expect(bob.screen.person('Bob (you)')).toBeVisible()
})

test('S2: who is in already may follow the invitation again', once, async ({ family }) => {
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await bob.screen.page.goto(await family.invitation())
  await areTogether(anna, bob)
})

test('ux 36: the keyboard alone goes from the link to a sent message', async ({ family }) => {
  const anna = await family.visitor('Anna')
  await anna.screen.page.goto(family.server.link)
  const tabTo = async (name: string, role: 'textbox' | 'button') => {
    const target = anna.screen.page.getByRole(role, { name, exact: true })
    await expect(target).toBeVisible()
    await expect(async () => {
      if (!(await target.evaluate((element) => element === document.activeElement)))
        await anna.screen.page.keyboard.press('Tab')
      await expect(target).toBeFocused({ timeout: 50 })
    }).toPass()
  }
  await tabTo('Your family’s name', 'textbox')
  await anna.screen.page.keyboard.type(familyName)
  await tabTo('Your name', 'textbox')
  await anna.screen.page.keyboard.type('Anna')
  await tabTo('Choose a password', 'textbox')
  await anna.screen.page.keyboard.type(passwordOf('Anna'))
  await anna.screen.page.keyboard.press('Enter')
  await tabTo('Later, remind me', 'button')
  await anna.screen.page.keyboard.press('Enter')
  await expect(anna.screen.log('general')).toBeVisible()
  await tabTo('Message', 'textbox')
  await anna.screen.page.keyboard.type('No mouse')
  await anna.screen.page.keyboard.press('Enter')
  await expect(anna.screen.message('No mouse')).toBeVisible()

  await tabTo('New room', 'button')
  await anna.screen.page.keyboard.press('Enter')
  await expect(anna.screen.textbox('Room name', anna.screen.dialog('New room'))).toBeFocused()
  await anna.screen.page.keyboard.press('Escape')
  await expect(anna.screen.dialog('New room')).toBeHidden()
  await expect(anna.screen.button('New room')).toBeFocused()
})
