import { areTogether, expect, test } from '../fixtures/family.ts'
import { callOf, openDirect, pair, talking } from '../fixtures/calls.ts'
import {
  breakMicrophone,
  countTimers,
  denyDevices,
  keepTracks,
  lendScreen,
  liveTracksOf,
  timersOf,
} from '../fixtures/media.ts'
import type { Person } from '../fixtures/person.ts'

/** In every pair of browsers. */
const tag = ['@firefox']

/** What the conversation with somebody says of its calls, on their page. */
const lineOf = (person: Person, words: RegExp, room: string) => person.screen.event(words, room)

test('C1, C3: two people call each other with sound and picture', { tag }, async ({ family }) => {
  const { anna, bert, annaCall, bertCall } = await pair(family)
  await openDirect(anna, 'Bert')
  await annaCall.place('sound')
  await expect(bertCall.ring).toContainText('Anna')
  await bertCall.button('Accept with video').click()
  await annaCall.seesMoving('Bert')
  await bertCall.hears(1)
  await annaCall.hears(1)
  await annaCall.button('Turn camera on').click()
  await bertCall.seesMoving('Anna')

  await annaCall.button('Mute').click()
  await bertCall.hearsNobody()
  await annaCall.button('Unmute').click()
  await bertCall.hears(1)
  await annaCall.button('Turn camera off').click()
  await bertCall.seesNoPicture('Anna')
  await bertCall.leave()
  await expect(annaCall.region).toBeHidden()
  // C6: one line for both.
  await expect(lineOf(anna, /Video call,/, 'Bert')).toHaveCount(1)
  await bert.screen.openRoom('Anna')
  await expect(lineOf(bert, /Video call,/, 'Anna')).toHaveCount(1)
})

test('C1: who declines says why, and who called reads it', { tag }, async ({ family }) => {
  const { anna, annaCall, bertCall } = await pair(family)
  await openDirect(anna, 'Bert')
  await annaCall.place('sound')
  await bertCall.button('Decline with a message').click()
  await bertCall.button('Please write to me.').click()
  await expect(bertCall.ring).toBeHidden()
  await expect(anna.screen.page.getByText('Please write to me.')).toBeVisible()
  await expect(annaCall.region).toBeHidden()
})

test(
  'C1: unanswered for 45 s, it is a missed call with a button to call back',
  { tag },
  async ({ family }) => {
    const { anna, bert, annaCall, bertCall } = await pair(family)
    await openDirect(anna, 'Bert')
    await annaCall.place('sound')
    await expect(bertCall.ring).toBeVisible()
    await expect(bertCall.ring).toBeHidden({ timeout: 60_000 })
    await expect(annaCall.region).toBeHidden()
    await bert.screen.openRoom('Anna')
    await lineOf(bert, /[Mm]issed/, 'Anna')
      .getByRole('button', { name: 'Call back' })
      .click()
    await expect(annaCall.ring).toContainText('Bert')
    await annaCall.button('Accept').click()
    await bertCall.hears(1)
  },
)

test('C1: busy is busy', { tag }, async ({ family }) => {
  const { anna, annaCall, bertCall } = await pair(family)
  const carla = await family.person('Carla')
  await areTogether(anna, carla)
  await openDirect(anna, 'Bert')
  await annaCall.place('sound')
  await bertCall.button('Accept').click()
  await annaCall.hears(1)
  await openDirect(carla, 'Anna')
  const carlaCall = callOf(carla)
  await carlaCall.place('sound')
  await expect(carla.screen.page.getByText(/Busy in another call/).first()).toBeVisible()
  await expect(annaCall.ring).toBeHidden()
  await bertCall.hears(1)
})

test('C2: both calling each other is one call', { tag }, async ({ family }) => {
  const { anna, bert, annaCall, bertCall } = await pair(family)
  await openDirect(anna, 'Bert')
  await openDirect(bert, 'Anna')
  // Both at once: no ring of the other lies over the button yet.
  const press = ({ button }: typeof annaCall) => button('Call').dispatchEvent('click')
  await Promise.all([press(annaCall), press(bertCall)])
  await annaCall.hears(1)
  await bertCall.hears(1)
  await annaCall.leave()
  await expect(bertCall.region).toBeHidden()
  await expect(lineOf(anna, /Call, /, 'Bert')).toHaveCount(1)
})

test('C1: answering on one device stops the others', { tag }, async ({ family }) => {
  const { anna, bert, annaCall, bertCall } = await pair(family)
  const tablet = await family.visitor('Bert')
  await tablet.screen.page.goto(family.server.origin)
  await tablet.screen.signIn('Bert')
  await expect(tablet.screen.rooms).toBeVisible({ timeout: 60_000 })
  await areTogether(anna, tablet)
  await openDirect(anna, 'Bert')
  await annaCall.place('sound')
  const tabletCall = callOf(tablet)
  await expect(bertCall.ring).toBeVisible()
  await tabletCall.button('Accept').click()
  await expect(bertCall.ring).toBeHidden()
  await annaCall.hears(1)
  await expect(bertCall.region).toBeHidden()
  await expect(bert.screen.composer).toBeVisible()
})

test(
  'C2, C4: four people talk in a room, and who comes late joins',
  { tag: [...tag, '@alone'] },
  async ({ family }) => {
    test.slow()
    const { anna, annaCall, bertCall } = await pair(family)
    const carla = await family.person('Carla')
    const dora = await family.person('Dora')
    for (const one of [carla, dora]) await areTogether(anna, one)
    const [carlaCall, doraCall] = [callOf(carla), callOf(dora)]
    await annaCall.place('video')
    for (const one of [bertCall, carlaCall]) await one.button('Accept with video').click()
    await doraCall.button('Decline').click()
    await annaCall.seesMoving('Bert')
    await annaCall.seesMoving('Carla')
    await bertCall.seesMoving('Carla')
    await carlaCall.hears(2)

    await doraCall.button('Join').click()
    await doraCall.hears(3)
    await doraCall.seesMoving('Anna')
    await annaCall.hears(3)
    await bertCall.leave()
    await expect(annaCall.tile('Bert')).toBeHidden()
    await expect(annaCall.tile('Dora')).toBeVisible()
  },
)

test('C3: screens are shared both ways', { tag }, async ({ family }) => {
  const { anna, bert, annaCall, bertCall } = await talking(family)
  for (const { screen } of [anna, bert]) await lendScreen(screen.page)
  await annaCall.button('Share screen').click()
  await bertCall.seesMoving('Screen of Anna')
  await bertCall.button('Share screen').click()
  await annaCall.seesMoving('Screen of Bert')
  await annaCall.button('Stop sharing').click()
  await expect(bertCall.tile('Screen of Anna')).toBeHidden()
  await bertCall.hears(1)
})

test('C5: who loads the page anew in a call is back in it in one tap', { tag }, async ({ family }) => {
  const { bert, annaCall, bertCall } = await talking(family)
  await bert.screen.page.reload()
  await bertCall.button('Back to the call').click()
  await annaCall.hears(1)
  await bertCall.hears(1)
})

test('ux 27: a microphone that is pulled out is replaced without a gap', { tag }, async ({ family }) => {
  const { anna, bert, annaCall, bertCall } = await pair(family)
  await keepTracks(anna.screen.page)
  await anna.screen.page.reload()
  await areTogether(anna, bert)
  await openDirect(anna, 'Bert')
  await annaCall.place('sound')
  await bertCall.button('Accept').click()
  await bertCall.hears(1)
  await breakMicrophone(anna.screen.page)
  await bertCall.hears(1)
  await expect(annaCall.button('Mute')).toBeVisible()
})

test('ux 32: without permission one is told how to give it, and listens', { tag }, async ({ family }) => {
  const { anna, bert, annaCall, bertCall } = await pair(family)
  await denyDevices(bert.screen.page)
  await openDirect(anna, 'Bert')
  await annaCall.place('sound')
  await bertCall.button('Accept').click()
  await bertCall.hears(1)
  await expect(bert.screen.page.getByRole('alert').filter({ hasText: /microphone/i })).toBeVisible()
  await bertCall.button('Go on listening only').click()
  await bertCall.hears(1)
})

test('C1: who is left alone in a room’s call is told so, and may leave', { tag }, async ({ family }) => {
  const { anna, annaCall, bertCall } = await pair(family)
  await annaCall.place('sound')
  await bertCall.button('Accept').click()
  await annaCall.hears(1)
  await bertCall.leave()
  const words = 'Nobody else is here. Others can join from the room.'
  await expect(annaCall.region).toContainText(words)
  await annaCall.button('Make the call small').click()
  await expect(annaCall.region).toContainText(words)
  await bertCall.button('Join').click()
  await annaCall.hears(1)
  await expect(annaCall.region).not.toContainText(words)
  await bertCall.leave()
  await annaCall.button('Make the call large').click()
  await annaCall.button('Leave').click()
  await expect(annaCall.region).toBeHidden()
  await expect(anna.screen.composer).toBeVisible()
})

// Where the first is a Chromium: a Firefox without a sound card does not hear its own microphone.
test('ux 28, 29: muted speakers are told, keys work, and rooms are read during a call', async ({
  family,
}) => {
  const { anna, bert, annaCall, bertCall } = await talking(family)
  const { page } = anna.screen
  await page.keyboard.press('Control+d')
  await expect(annaCall.button('Unmute')).toBeVisible()
  // The fake microphone beeps, which is speech enough.
  await expect(page.getByText('You are muted')).toBeVisible()
  await bertCall.hearsNobody()
  await page.keyboard.press('Control+e')
  await bertCall.seesMoving('Anna')
  await annaCall.button('Make the call small').click()
  await anna.screen.openRoom('general')
  await anna.screen.say('I write while I talk')
  await expect(annaCall.tile('Bert')).toBeVisible()
  await bertCall.button('Make the call small').click()
  await bert.screen.openRoom('general')
  await expect(bert.screen.message('I write while I talk')).toBeVisible()
})

test(
  'C3: whoever leaves a call keeps no camera, no microphone and no timer of it',
  { tag },
  async ({ family }) => {
    const { anna, bert, annaCall, bertCall } = await pair(family)
    for (const { screen } of [anna, bert]) {
      await keepTracks(screen.page)
      await countTimers(screen.page)
      await screen.page.reload()
    }
    await areTogether(anna, bert)
    await openDirect(anna, 'Bert')
    const rest = () => Promise.all([anna, bert].map(({ screen }) => timersOf(screen.page)))
    const ring = async () => {
      await annaCall.place('sound')
      await bertCall.button('Accept with video').click()
      await annaCall.seesMoving('Bert')
      await annaCall.leave()
      await expect(bertCall.region).toBeHidden()
    }
    await ring()
    for (const { screen } of [anna, bert]) await expect.poll(() => liveTracksOf(screen.page)).toBe(0)
    // What is said at the end of a call goes by itself.
    await expect(anna.screen.page.getByText('The call is over.')).toBeHidden()
    await expect(bert.screen.page.getByText('The call is over.')).toBeHidden()
    const before = await rest()
    await ring()
    for (const [index, { screen }] of [anna, bert].entries()) {
      await expect.poll(() => liveTracksOf(screen.page)).toBe(0)
      await expect.poll(() => timersOf(screen.page)).toBeLessThanOrEqual(before[index] ?? 0)
    }
  },
)
