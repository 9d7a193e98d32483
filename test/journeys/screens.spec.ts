import path from 'node:path'
import type { PersonOptions } from '../fixtures/person.ts'
import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'
import { passwordOf } from '../fixtures/screen.ts'
import type { Screen } from '../fixtures/screen.ts'

/** Every screen, looked at by axe and kept as a picture in test/screens/, for eyes. */
const folder = path.join(import.meta.dirname, '..', 'screens')

const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
} satisfies Record<string, PersonOptions>

const said = [
  ['Anna', 'Who brings what on Sunday?'],
  [
    'Bob',
    'I make the salad, if somebody else takes care of the bread. Grandma asked whether we could start a little earlier this time.',
  ],
  ['Bob', 'One o’clock?'],
  ['Anna', 'One is fine 👍'],
  ['Bob', '🥖🧀🍅'],
  ['Anna', 'Photos of last year are at https://example.org/summer – look at page 3'],
] as const

for (const device of Object.keys(devices) as (keyof typeof devices)[])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`ux 36: axe finds nothing, ${device}, ${colorScheme}`, { tag: '@once' }, async ({ family }) => {
      test.slow()
      // Pictures of things at rest, not of a dialog on its way in.
      const look = { ...devices[device], colorScheme, reducedMotion: 'reduce' } as const
      const examine = async (screen: Screen, name: string) => {
        await screen.page.screenshot({ path: path.join(folder, `${name}-${device}-${colorScheme}.png`) })
        expect.soft(await findBarriers(screen.page), name).toEqual([])
      }

      const anna = await family.visitor('Anna', look)
      await bringAxe(anna.context)
      const { screen } = anna
      await screen.page.goto(family.server.origin)
      await expect(screen.heading('Sign in')).toBeVisible()
      await examine(screen, '1-sign-in')
      await screen.page.goto(family.server.link)
      await expect(screen.heading('Light your hearth')).toBeVisible()
      await examine(screen, '2-light-your-hearth')
      await screen.lightHearth('Anna')
      await examine(screen, '3-alone')
      const link = await screen.invite('20 people')

      const bob = await family.visitor('Bob', { viewport: devices.desktop.viewport })
      await bob.screen.moveIn(link, 'Bob')
      await expect(bob.screen.person('Anna, here')).toBeVisible()
      if (device === 'phone') await anna.screen.openRoom('general')
      for (const [who, text] of said) {
        const [writer, reader] = who === 'Anna' ? [anna, bob] : [bob, anna]
        await writer.screen.say(text)
        await expect(reader.screen.event(text)).toBeVisible()
      }
      await bob.screen.composer.pressSequentially('And')
      await expect(anna.screen.typing).not.toBeEmpty()
      await examine(anna.screen, '4-talking')

      if (device === 'phone') {
        await anna.screen.button('People').click()
        await expect(anna.screen.people).toBeVisible()
        await examine(anna.screen, '5-people')
        await anna.screen.page.goBack()
        await anna.screen.button('Back to rooms').click()
        await expect(anna.screen.rooms).toBeVisible()
      }
      await bob.screen.createRoom('Garden')
      await anna.screen.button('Browse rooms').click()
      await expect(anna.screen.button('Join Garden')).toBeVisible()
      await examine(anna.screen, '6-browse-rooms')
      await anna.screen.button('Join Garden').click()
      await expect(anna.screen.log('Garden')).toBeVisible()
      await examine(anna.screen, '7-new-room')
      if (device === 'phone') {
        await anna.screen.button('More about this room').click()
        await anna.screen.page.getByRole('menuitem', { name: 'Leave room' }).click()
      } else await anna.screen.button('Leave room').click()
      await expect(anna.screen.dialog('Leave room')).toBeVisible()
      await examine(anna.screen, '8-leave-room')
      await anna.screen.button('Stay').click()
      if (device === 'phone') await anna.screen.button('Back to rooms').click()
      await anna.screen.button('New room').click()
      await anna.screen.textbox('Room name').fill('general')
      await anna.screen.button('Create').click()
      await expect(anna.screen.textbox('Room name')).toHaveAttribute('aria-invalid', 'true')
      await examine(anna.screen, '9-name-taken')

      const second = await anna.openTab()
      await expect(second.heading('Hearth is open in another tab')).toBeVisible()
      await examine(second, '10-open-elsewhere')
      await second.button('Use Hearth here').click()
      await expect(anna.screen.heading('Hearth moved to another tab')).toBeVisible()
      await examine(anna.screen, '11-moved')
    })

for (const device of Object.keys(devices) as (keyof typeof devices)[])
  for (const colorScheme of ['light', 'dark'] as const)
    test(
      `ux 36: axe finds nothing about accounts, ${device}, ${colorScheme}`,
      { tag: '@once' },
      async ({ family }) => {
        test.slow()
        const look = { ...devices[device], colorScheme, reducedMotion: 'reduce' } as const
        const examine = async (screen: Screen, name: string) => {
          await screen.page.screenshot({ path: path.join(folder, `${name}-${device}-${colorScheme}.png`) })
          expect.soft(await findBarriers(screen.page), name).toEqual([])
        }
        const anna = await family.person('Anna', look)
        const { screen } = anna
        await bringAxe(anna.context)
        await screen.page.reload()
        const bob = await family.visitor('Bob', look)
        await bringAxe(bob.context)
        await bob.screen.page.goto(await family.invitation())
        await expect(bob.screen.heading(/invites you/)).toBeVisible()
        await examine(bob.screen, '20-invited')
        await bob.screen.button('Come in').click()
        await bob.screen.textbox('Your name').fill('Bob')
        await bob.screen.textbox('Choose a password').fill(passwordOf('Bob'))
        await examine(bob.screen, '21-name-and-password')
        await bob.screen.button('Come in').click()
        await expect(bob.screen.heading('Your recovery phrase')).toBeVisible()
        await examine(bob.screen, '22-recovery-phrase')
        await bob.screen.laterPhrase()
        await bob.screen.page.goto(family.server.origin)

        await screen.button('Settings').click()
        await examine(screen, '23-settings')
        const visit = async (row: string, name: string) => {
          await screen.button(row, screen.dialog('Settings')).click()
          await expect(screen.dialog(row).or(screen.dialog('Your name')).last()).toBeVisible()
          await examine(screen, name)
          await screen.page.goBack()
        }
        await visit('Devices', '24-devices')
        await visit('Password', '25-password')
        await visit('App lock', '26-app-lock')
        await screen.page.goBack()

        await screen.button('Family').click()
        await expect(screen.page.getByRole('list', { name: 'Invitations' })).toBeVisible()
        await examine(screen, '27-family')
        await screen.button('Invite somebody', screen.dialog('Family')).click()
        await examine(screen, '28-invite')
        await screen.button('Make invitation').click()
        await expect(screen.page.getByText(/#invite\//)).toBeVisible()
        await examine(screen, '29-invitation')
        await screen.button('Done').click()
        await screen.button('Bob', screen.page.getByRole('list', { name: 'Members' })).click()
        await examine(screen, '30-person')
        await screen.button('Compare safety number').click()
        await expect(screen.page.getByText('Scan their code')).toBeVisible()
        await examine(screen, '31-safety-number')
        await screen.page.goBack()
        await screen.page.goBack()
        await screen.button('Server').click()
        await expect(screen.page.getByRole('list', { name: 'Connected devices' })).toBeVisible()
        await examine(screen, '32-server')
      },
    )

test(
  'ux 10: a long history opens at its end, and reads back to its beginning',
  { tag: '@once' },
  async ({ family }) => {
    test.slow()
    const anna = await family.person('Anna')
    const texts = Array.from({ length: 70 }, (_, index) => `line ${String(index + 1).padStart(3, '0')}`)
    for (const text of texts) await anna.screen.say(text)
    const bob = await family.person('Bob')
    await areTogether(anna, bob)
    await expect(bob.screen.message('line 070')).toBeInViewport()
    await expect(async () => {
      await bob.screen.log('general').hover()
      await bob.screen.page.mouse.wheel(0, -2_000)
      await expect(bob.screen.message('line 001')).toBeInViewport({ timeout: 500 })
    }).toPass()
    expect(await bob.screen.order(texts)).toEqual(texts)
  },
)
