import { admin } from '../fixtures/admin.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'
import { passwordOf } from '../fixtures/screen.ts'

const once = { tag: '@once' }
const socketEnded =
  /WebSocket|can.t establish a connection|status of 40[0-9]|api\/.* 40[0-9]|Unexpected response code/

test(
  'A1: who was invited on the server waits until somebody has compared the number and lets them in',
  once,
  async ({ family }) => {
    const anna = await family.person('Anna')
    const printed = await admin(family.server, 'invite')
    const link = /http\S+#invite\/\S+/.exec(printed)?.[0] ?? ''
    const bob = await family.visitor('Bob')
    await bob.screen.page.goto(link)
    await expect(bob.screen.heading('You are invited')).toBeVisible()
    await bob.screen.button('Come in').click()
    await bob.screen.textbox('Your name').fill('Bob')
    await bob.screen.textbox('Choose a password').fill(passwordOf('Bob'))
    await bob.screen.button('Come in').click()
    await expect(bob.screen.heading('Your recovery phrase')).toBeVisible({ timeout: 60_000 })
    await bob.screen.button('Later, remind me').click()
    await expect(bob.screen.heading('Almost inside, Bob')).toBeVisible()
    const bobsNumber = (await bob.screen.page.getByLabel('Safety number').innerText()).replace(/\D/g, '')

    await anna.screen.button('Family').click()
    await anna.screen.button('Let in Bob').click()
    const number = anna.screen.dialog('Let Bob in?').getByRole('list', { name: 'Safety number' })
    await expect(number).toContainText(/\d{5}/)
    expect((await number.innerText()).replace(/\D/g, '')).toBe(bobsNumber)
    await anna.screen.button('It is the same: let in').click()
    await expect(bob.screen.rooms).toBeVisible()
    await anna.screen.closeWindows()
    await areTogether(anna, bob)
    await bob.screen.say('Here at last')
    await expect(anna.screen.message('Here at last')).toBeVisible()
  },
)

test(
  'A7: what is done on the server’s command line reaches those who are connected',
  once,
  async ({ family }) => {
    const anna = await family.person('Anna')
    const bob = await family.person('Bob')
    await areTogether(anna, bob)
    for (const person of [anna, bob]) person.complaints.expect(socketEnded)
    expect(await admin(family.server, 'list')).toMatch(/Anna[^]*owner[^]*Bob[^]*member/)
    await admin(family.server, 'disable', 'Bob')
    await expect(bob.screen.connection).toHaveText(/sign/i)
    await admin(family.server, 'enable', 'Bob')
    await bob.screen.page.reload()
    await areTogether(anna, bob)
  },
)
