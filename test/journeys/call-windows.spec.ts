import type { Locator, Page } from '@playwright/test'
import { callOf, openDirect, talking } from '../fixtures/calls.ts'
import { expect, test } from '../fixtures/family.ts'

/** In every pair of browsers. */
const tag = ['@firefox']

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>

/** From now on another program has the page's camera; the microphone is there. */
const loseCamera = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = (wanted) =>
      wanted?.video ? Promise.reject(new DOMException('Device in use', 'NotReadableError')) : ask(wanted)
  })

test(
  'ux 28: mute, camera and leave are there over any window, by mouse and by keys',
  { tag },
  async ({ family }) => {
    const { anna, annaCall, bertCall } = await talking(family)
    await bertCall.button('Turn camera on').click()
    await annaCall.button('Make the call small').click()
    await annaCall.seesMoving('Bert')
    await anna.screen.openSettings('Password')
    const { page } = anna.screen
    await expect(page.getByRole('dialog', { name: 'Password' })).toBeVisible()
    await annaCall.seesMoving('Bert')
    await annaCall.button('Mute').click()
    await bertCall.hearsNobody()
    await page.keyboard.press('Control+d')
    await bertCall.hears(1)
    await page.keyboard.press('Control+e')
    await bertCall.seesMoving('Anna')
    // In Firefox the page that was looked at last has the keys.
    await page.bringToFront()
    await annaCall.button('Turn camera off').press('Enter')
    await expect(annaCall.button('Turn camera on')).toBeFocused()
    // Large it is over the windows, and small again over the uppermost.
    await annaCall.button('Make the call large').click()
    await annaCall.button('Make the call small').click()
    await annaCall.button('Mute').click()
    await annaCall.button('Unmute').click()
    // Window by window away from under it.
    await page.keyboard.press('Escape')
    await annaCall.seesMoving('Bert')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeHidden()
    await annaCall.seesMoving('Bert')
    await annaCall.hears(1)
    await annaCall.leave()
    await expect(bertCall.region).toBeHidden()
  },
)

/** What lies where on a page, in pixels. */
const placeOf = async (what: Locator) => {
  const box = await what.boundingBox()
  if (!box) throw new Error('it is not to be seen')
  return box
}
const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

for (const [where, look] of [
  ['on a wide screen', {}],
  ['on a phone', phone],
] as const)
  test(
    `ux 29: the small call begins beside header and composer, moves, and stays in sight ${where}`,
    { tag },
    async ({ family }) => {
      const anna = await family.person('Anna')
      const bert = await family.person('Bert', look)
      // On a phone the people are not beside the room.
      await expect(anna.screen.person('Bert, here')).toBeVisible()
      const [annaCall, bertCall] = [callOf(anna), callOf(bert)]
      await openDirect(anna, 'Bert')
      await annaCall.place('sound')
      await bertCall.button('Accept').click()
      await bertCall.button('Make the call small').click()
      const { page } = bert.screen
      const small = page.getByRole('dialog', { name: 'Call window' })
      const begin = await placeOf(small)
      const kept = [
        bertCall.button('Return to the call'),
        bertCall.button('People'),
        bert.screen.heading('Anna'),
        bert.screen.composer,
        bertCall.button('Send'),
      ]
      for (const one of kept) expect(overlap(begin, await placeOf(one))).toBe(false)
      // What comes and what is written moves it nowhere.
      await bert.screen.say('Can you hear me?')
      await annaCall.button('Turn camera on').click()
      await bertCall.seesMoving('Anna')
      expect(await placeOf(small)).toEqual(begin)

      const size = page.viewportSize() ?? phone.viewport
      const isInSight = async () => {
        const { x, y, width, height } = await placeOf(small)
        const now = page.viewportSize() ?? phone.viewport
        return x >= 0 && y >= 0 && x + width <= now.width && y + height <= now.height
      }
      await bertCall.button('Make the call large').focus()
      for (let press = 0; press < 60; press++) await page.keyboard.press('ArrowLeft')
      for (let press = 0; press < 60; press++) await page.keyboard.press('ArrowDown')
      const moved = await placeOf(small)
      expect(moved.x).toBeLessThan(begin.x)
      expect(await isInSight()).toBe(true)
      await page.setViewportSize({ width: size.width, height: 420 })
      await expect.poll(isInSight).toBe(true)
      // There is room again: it is where it was put.
      await page.setViewportSize(size)
      await expect.poll(() => placeOf(small)).toEqual(moved)
    },
  )

test(
  'C5: who comes back into a call is as they were, muted and with the camera on',
  { tag },
  async ({ family }) => {
    const { bert, annaCall, bertCall } = await talking(family)
    await bertCall.button('Turn camera on').click()
    await annaCall.seesMoving('Bert')
    await bertCall.button('Mute').click()
    await annaCall.hearsNobody()
    await bert.screen.page.reload()
    await bertCall.button('Back to the call').click()
    await annaCall.seesMoving('Bert')
    await expect(bertCall.button('Unmute')).toBeVisible()
    await annaCall.hearsNobody()

    // Another program has taken the camera meanwhile.
    await bertCall.button('Unmute').click()
    await annaCall.hears(1)
    await bert.screen.page.reload()
    await loseCamera(bert.screen.page)
    await bertCall.button('Back to the call').click()
    await expect(bert.screen.page.getByRole('alert').filter({ hasText: /camera/ })).toBeVisible()
    await annaCall.hears(1)
    await annaCall.seesNoPicture('Bert')
  },
)

test(
  'ux 28: a room leads back to its call, and another one says why none can be placed',
  { tag },
  async ({ family }) => {
    const { anna, annaCall, bertCall } = await talking(family)
    const { page } = anna.screen
    const large = annaCall.button('Make the call small')
    await large.click()
    await annaCall.button('Return to the call').click()
    await large.click()
    await anna.screen.openRoom('general')
    const asked = page.getByRole('dialog', { name: 'You are in a call' })
    await expect(annaCall.button('Call')).toHaveAccessibleDescription('You are in another call')
    await annaCall.button('Call').click()
    await expect(asked).toContainText('Bert')
    await asked.getByRole('button', { name: 'Return to the call' }).click()
    await large.click()
    await annaCall.button('Call').click()
    await asked.getByRole('button', { name: 'Leave it and call' }).click()
    await expect(bertCall.region).toBeHidden()
    await bertCall.button('Accept').click()
    await annaCall.hears(1)
    await expect(annaCall.region).toContainText('general')
  },
)
