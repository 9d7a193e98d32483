import path from 'node:path'
import type { Page } from '@playwright/test'
import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { expect, test } from '../fixtures/family.ts'
import { serveGallery } from '../fixtures/gallery.ts'

/** Every state of a call, over an invented family: looked at by axe, and kept as a picture in test/screens/, for eyes. */
const folder = path.join(import.meta.dirname, '..', 'screens')

const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
} as const

const call = (page: Page) => page.getByRole('region', { name: 'Call', exact: true })
const tile = (page: Page, name: string) => call(page).getByRole('group', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const press = (name: string) => (page: Page) => button(page, name).click()
const choose = (menu: string, item: string) => async (page: Page) => {
  await call(page).getByRole('button', { name: menu, exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}
/** On a phone the list comes first. */
const enter = (name: string) => (page: Page) =>
  page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()

interface Shown {
  state: string
  name?: string
  steps?: readonly ((page: Page) => Promise<void>)[]
  sees: (page: Page) => ReturnType<Page['getByRole']>
}

const screens: readonly Shown[] = [
  { state: 'callRinging', sees: (page) => page.getByRole('alertdialog', { name: 'Bob is calling' }) },
  {
    state: 'callRingingTwo',
    sees: (page) => page.getByRole('alertdialog', { name: 'Bob and Mia Lindqvist are calling' }),
  },
  { state: 'callRingingQuiet', sees: (page) => page.getByText('it is your quiet time') },
  { state: 'callRingingWarning', sees: (page) => page.getByText(/new identity\. Make sure/) },
  {
    state: 'callRinging',
    name: 'callDeclining',
    steps: [press('Decline with a message')],
    sees: (page) => button(page, 'Please write to me.'),
  },
  { state: 'callOut', sees: (page) => page.getByText('Ringing…') },
  { state: 'callOutRoom', sees: (page) => page.getByText('Busy in another call') },
  { state: 'callTwo', sees: (page) => tile(page, 'Bob') },
  { state: 'callFour', sees: (page) => tile(page, 'Grandpa Joe') },
  { state: 'callEight', sees: (page) => tile(page, 'Ines') },
  {
    state: 'callFour',
    name: 'callSpeaker',
    steps: [press('Show who speaks')],
    sees: (page) => button(page, 'Show everybody'),
  },
  {
    state: 'callFour',
    name: 'callSmall',
    steps: [press('Make the call small')],
    sees: (page) => button(page, 'Make the call large'),
  },
  {
    state: 'callFour',
    name: 'callOverSettings',
    steps: [press('Make the call small'), press('Settings')],
    sees: (page) =>
      page.getByRole('dialog', { name: 'Settings' }).getByRole('button', { name: 'Make the call large' }),
  },
  {
    state: 'callFour',
    name: 'callInRoom',
    steps: [press('Make the call small'), enter('general')],
    sees: (page) => button(page, 'Return to the call'),
  },
  {
    state: 'callFour',
    name: 'callElsewhere',
    steps: [press('Make the call small'), enter('Garden'), press('Video call')],
    sees: (page) => page.getByRole('dialog', { name: 'You are in a call' }),
  },
  {
    state: 'callAlone',
    sees: (page) => page.getByText('Nobody else is here. Others can join from the room.'),
  },
  {
    state: 'callAlone',
    name: 'callAloneSmall',
    steps: [press('Make the call small')],
    sees: (page) => page.getByText('Nobody else is here. Others can join from the room.'),
  },
  {
    state: 'callFour',
    name: 'callReacting',
    steps: [press('React or raise hand')],
    sees: (page) => page.getByRole('menuitem', { name: 'Raise hand' }),
  },
  {
    state: 'callFour',
    name: 'callDevices',
    steps: [choose('More', 'Microphone, camera, speaker')],
    sees: (page) => page.getByRole('dialog', { name: 'Microphone, camera, speaker' }),
  },
  {
    state: 'callFour',
    name: 'callPeople',
    steps: [choose('More', 'People in the call')],
    sees: (page) => page.getByRole('dialog', { name: 'People in the call' }),
  },
  {
    state: 'callFour',
    name: 'callPerson',
    steps: [(page) => tile(page, 'Bob').getByRole('button', { name: /Bob/ }).first().click()],
    sees: (page) => page.getByText('Direct, good', { exact: true }).last(),
  },
  { state: 'callScreen', sees: (page) => tile(page, 'Screen of Bob') },
  { state: 'callSharing', sees: (page) => page.getByText('You are sharing your screen') },
  { state: 'callReconnecting', sees: (page) => tile(page, 'Bob').getByText('Reconnecting…') },
  { state: 'callMuted', sees: (page) => page.getByText('You are muted') },
  { state: 'callDenied', sees: (page) => button(page, 'Go on listening only') },
  {
    state: 'callInsecure',
    sees: (page) => page.getByRole('link', { name: 'How to make the connection secure' }),
  },
  { state: 'callEnded', sees: (page) => button(page, 'Call again') },
  { state: 'callGoingOn', steps: [enter('general')], sees: (page) => button(page, 'Join with video') },
  { state: 'callBack', steps: [enter('general')], sees: (page) => button(page, 'Back to the call') },
  {
    state: 'callIdle',
    name: 'callChoosing',
    steps: [enter('general'), press('Call')],
    sees: (page) => page.getByRole('dialog', { name: 'Whom do you want to call?' }),
  },
  {
    state: 'callIdle',
    name: 'callPreview',
    steps: [enter('Garden'), press('Video call')],
    sees: (page) => button(page, 'Call with video'),
  },
]

for (const device of Object.keys(devices) as (keyof typeof devices)[])
  for (const colorScheme of ['light', 'dark'] as const)
    test(
      `ux 36: axe finds nothing in calls, ${device}, ${colorScheme}`,
      { tag: '@once' },
      async ({ sharedBrowser }) => {
        test.slow()
        const gallery = await serveGallery()
        const browser = await sharedBrowser('chromium')
        // Pictures of things at rest, not on their way in.
        const context = await browser.newContext({ ...devices[device], colorScheme, reducedMotion: 'reduce' })
        await bringAxe(context)
        const page = await context.newPage()
        for (const { state, name = state, steps = [], sees } of screens) {
          // The same address once more would be a reload, which finds the room that was open.
          await page.goto(gallery.address(`${state}&as=${name}`))
          for (const step of steps) await step(page)
          await expect(sees(page)).toBeVisible()
          await page.screenshot({ path: path.join(folder, `40-${name}-${device}-${colorScheme}.png`) })
          expect.soft(await findBarriers(page), name).toEqual([])
        }
        await context.close()
        await gallery.close()
      },
    )
