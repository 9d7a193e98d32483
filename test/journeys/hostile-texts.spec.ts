import { areTogether, expect, test } from '../fixtures/family.ts'
import { listenForHarm, payloads } from '../fixtures/hostile-payloads.ts'

test('hostile texts are shown as text and run nothing, as messages', { tag: '@once' }, async ({ family }) => {
  test.slow()
  expect(payloads).toHaveLength(60)
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  const checks = [await listenForHarm(anna), await listenForHarm(bob)]
  for (const text of payloads) await anna.screen.say(text)
  const shown = bob.screen.log('general').getByRole('listitem')
  // Markdown and links may be drawn; what could run is there to be read.
  await expect(shown.filter({ hasText: 'window.__ran' })).toHaveCount(payloads.length)
  await anna.screen.composer.fill(payloads[0] ?? '')
  await expect(anna.screen.composer).toHaveValue(payloads[0] ?? '')
  for (const check of checks) await check()
})

/** Names and lines are short: as much as goes in of a payload, beginning with what would do harm. */
const short = (payload: string, limit: number) => payload.slice(0, limit)

test(
  'hostile names of people, rooms and answers are names, and run nothing',
  { tag: '@once' },
  async ({ family }) => {
    test.slow()
    const anna = await family.person('Anna')
    const bob = await family.person('Bob')
    await areTogether(anna, bob)
    const checks = [await listenForHarm(anna), await listenForHarm(bob)]
    const { screen } = anna

    // Rooms: one made, then renamed through the rest.
    for (const payload of ['<img src=x onerror=__ran=true>', '"><svg onload=__ran=true>', '{{__ran=true}}']) {
      await screen.createRoom(payload)
      await bob.screen.joinRoom(payload)
      await expect(bob.screen.room(payload)).toBeVisible()
    }

    // A question with answers, a `/me`, a command that nobody answers to, an answer to a message, a pin.
    await screen.openRoom('general')
    await bob.screen.openRoom('general')
    const bare = payloads.filter((text) => !text.includes('|'))
    for (let at = 0; at < bare.length; at += 12) {
      const answers = bare.slice(at, at + 12)
      await screen.say(`/poll ${answers[0] ?? ''} ${at} | ${answers.join(' | ')}`)
    }
    await expect(bob.screen.log('general').getByRole('group', { name: /^Poll:/ })).toHaveCount(
      Math.ceil(bare.length / 12),
    )
    await screen.say(`/me ${payloads.join(' ')}`)
    await expect(bob.screen.log('general').getByRole('listitem').last()).toContainText('window.__ran')
    await screen.composer.fill(`/dm ${payloads[0] ?? ''}`)
    await screen.composer.press('Enter')
    await expect(screen.page.getByRole('alert').filter({ hasText: 'called “<img”' })).toBeVisible()
    await screen.composer.fill(
      `https://x.example/${encodeURI('"onmouseover="__ran=true')}?<script>__ran=true</script>`,
    )
    await screen.composer.press('Enter')
    await expect(bob.screen.log('general').getByRole('link').last()).toHaveAttribute(
      'href',
      /^https:\/\/x\.example\//,
    )

    // One that holds them all, through the menu: answered, pinned, forwarded.
    const all = payloads.join(' ')
    await screen.say(all)
    const last = bob.screen.log('general').getByRole('listitem').last()
    const choose = async (what: string) => {
      await last.hover()
      await bob.screen.button('More', last).click()
      await bob.screen.page.getByRole('menuitem', { name: what, exact: true }).click()
    }
    await expect(last).toContainText('v-html')
    await choose('Pin')
    await expect(screen.page.getByRole('button', { name: /^Pinned: Anna/ })).toContainText('onerror')
    await choose('Forward')
    await bob.screen.page
      .getByRole('dialog')
      .getByRole('list', { name: 'Rooms' })
      .getByRole('button')
      .first()
      .click()
    await choose('Reply')
    await bob.screen.say('That is enough')
    await expect(
      screen.message('That is enough').getByRole('button', { name: /^In answer to/ }),
    ).toContainText('onerror')

    // A draft, in the list and after a reload.
    await screen.composer.fill(all)
    await expect(screen.composer).toHaveValue(all)
    for (const check of checks) await check()
  },
)

test(
  'hostile profiles and addresses run nothing; what is no name is refused in words',
  { tag: '@once' },
  async ({ family }) => {
    test.slow()
    const anna = await family.person('Anna')
    const bob = await family.person('Bob')
    await areTogether(anna, bob)
    const checks = [await listenForHarm(anna), await listenForHarm(bob)]
    const { screen } = anna
    const { page } = screen

    await screen.openSettings('Edit name and picture')
    const profile = page.getByRole('dialog').last()
    await screen.textbox('Name', profile).fill('\u202e \u2067')
    await screen.button('Save', profile).click()
    await expect(screen.textbox('Name', profile)).toHaveAttribute('aria-invalid', 'true')
    const name = short(`<img src=x onerror=__ran=true>`, 40)
    await screen.textbox('Name', profile).fill(name)
    await screen.textbox('Status', profile).fill(short(payloads.at(-1) ?? '', 80))
    await screen.button('Save', profile).click()
    await expect(bob.screen.person(`${name}, here`)).toBeVisible()
    await screen.closeWindows()
    await bob.screen.openMember(name)
    await expect(bob.screen.dialog(name)).toContainText('v-html')
    await bob.screen.closeWindows()
    await bob.screen.composer.pressSequentially('@<im')
    await bob.screen.composer.press('Enter')
    await bob.screen.composer.press('Enter')
    await expect(screen.log('general').getByRole('button', { name: `@${name}` })).toBeVisible()

    // An address is no way in: neither a fragment, nor a shared text, nor what the history has kept.
    for (const check of checks) await check()
    for (const payload of payloads.slice(-18)) {
      await page.evaluate((hash) => {
        location.hash = hash
      }, payload)
      await page.evaluate((room) => {
        history.replaceState({ hearth: { room } }, '')
        dispatchEvent(new PopStateEvent('popstate'))
      }, payload)
    }
    await checks[0]?.()
    await page.goto(`${family.server.origin}/share?text=${encodeURIComponent(payloads.slice(-18).join(' '))}`)
    await expect(page.getByText('window.__ran').or(screen.rooms).first()).toBeVisible()
    expect(await page.evaluate(() => window.__ran)).toBeUndefined()
  },
)
