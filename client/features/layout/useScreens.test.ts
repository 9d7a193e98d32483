import { effectScope, nextTick } from 'vue'
import { expect, test } from 'vitest'
import { bob, fakeLogId, mia } from '../../core/testing/fake-family.ts'
import { maxPlaces, placeOf, readScreen, type Place } from './screen.ts'
import { useOpeningLink } from './useOpeningLink.ts'
import { useScreens } from './useScreens.ts'

const garden = fakeLogId('garden')
const lake = fakeLogId('lake')

/** A browser's history over an array. */
const createHistory = () => {
  const window = new EventTarget()
  const entries: unknown[] = [null]
  let at = 0
  const history = {
    get state(): unknown {
      return entries[at]
    },
    pushState: (state: unknown) => void entries.splice(++at, Infinity, state),
    replaceState: (state: unknown) => void (entries[at] = state),
    go(by = 0) {
      waiting.push(by)
      if (!isSlow) arrive()
    },
  }
  const waiting: number[] = []
  let isSlow = false
  const arrive = () => {
    for (const by of waiting.splice(0)) at += by
    window.dispatchEvent(new Event('popstate'))
  }
  /** From now on it goes back in its own time, as browsers do. */
  const slowDown = () => (isSlow = true)
  return { window, history, depth: () => at, slowDown, arrive }
}

const open = (browser = createHistory()) => {
  const screens = effectScope().run(() => useScreens(browser.history, browser.window))
  if (!screens) throw new Error('The scope ran nothing')
  return { ...browser, screens }
}

test('ux 40: Back closes the people, then the room', () => {
  const { screens, history } = open()
  screens.openRoom(garden)
  screens.openPeople()
  history.go(-1)
  expect([screens.room.value, screens.hasPeopleOpen.value]).toEqual([garden, false])
  history.go(-1)
  expect(screens.room.value).toBeUndefined()
})

test('ux 40: Back leads to the list from the fifth room too', () => {
  const { screens, history } = open()
  for (const room of [garden, lake, garden, lake, garden]) screens.openRoom(room)
  history.go(-1)
  expect(screens.room.value).toBeUndefined()
})

test('ux 40: the button leads to the list from wherever', () => {
  const { screens, depth } = open()
  screens.openRoom(garden)
  screens.openPeople()
  screens.closeRoom()
  expect(screens.room.value).toBeUndefined()
  expect(depth()).toBe(0)
})

test('a reload finds the same screen', () => {
  const browser = createHistory()
  open(browser).screens.openRoom(garden)
  expect(open(browser).screens.room.value).toBe(garden)
})

const settings: Place = { name: 'settings' }
const devices: Place = { name: 'devices' }
const aboutBob: Place = { name: 'person', person: bob.id }

test('ux 40: Back closes window after window, then the people, then the room', () => {
  const { screens, history } = open()
  screens.openRoom(garden)
  screens.openPeople()
  screens.openPlace(aboutBob)
  screens.openPlace({ name: 'verify', person: bob.id })
  history.go(-1)
  expect(screens.over.value).toEqual([aboutBob])
  history.go(-1)
  expect([screens.over.value, screens.hasPeopleOpen.value]).toEqual([[], true])
  history.go(-1)
  expect([screens.room.value, screens.hasPeopleOpen.value]).toEqual([garden, false])
})

test('ux 40: the buttons close one window, or all of them', () => {
  const { screens, depth } = open()
  screens.openPlace(settings)
  screens.openPlace(devices)
  screens.closePlace()
  expect(screens.over.value).toEqual([settings])
  screens.openPlace(devices)
  screens.closeAllPlaces()
  expect(screens.over.value).toEqual([])
  expect(depth()).toBe(0)
})

test('ux 40: with nothing open, closing a window stays where one is', () => {
  const { screens, depth } = open()
  screens.openRoom(garden)
  screens.closePlace()
  screens.closeAllPlaces()
  screens.closePeople()
  expect(depth()).toBe(1)
})

test('ux 40: two presses while the browser still goes back are one step', () => {
  const { screens, depth, slowDown, arrive } = open()
  screens.openRoom(garden)
  screens.openPlace(settings)
  screens.openPlace(devices)
  slowDown()
  screens.closePlace()
  screens.closePlace()
  arrive()
  expect(screens.over.value).toEqual([settings])
  expect(depth()).toBe(2)
})

test('a window that is open already is not opened again, one about somebody else is', () => {
  const { screens, depth } = open()
  screens.openPlace(aboutBob)
  screens.openPlace(aboutBob)
  expect(depth()).toBe(1)
  screens.openPlace({ name: 'person', person: mia.id })
  expect(depth()).toBe(2)
})

test('windows never pile up beyond what a reload would read again', () => {
  const browser = createHistory()
  const { screens } = open(browser)
  for (let index = 0; index < 2 * maxPlaces; index++) screens.openPlace(index % 2 ? settings : devices)
  expect(open(browser).screens.over.value).toEqual(screens.over.value)
  screens.closeAllPlaces()
  expect(screens.over.value).toEqual([])
})

test('a reload finds the same windows', () => {
  const browser = createHistory()
  open(browser).screens.openPlace(settings)
  open(browser).screens.openPlace(aboutBob)
  expect(open(browser).screens.over.value).toEqual([settings, aboutBob])
})

test('after signing out, a reload finds the beginning', () => {
  const browser = createHistory()
  const { screens } = open(browser)
  screens.openRoom(garden)
  screens.openPlace(settings)
  screens.forget()
  const after = open(browser).screens
  expect([after.room.value, after.over.value]).toEqual([undefined, []])
})

test('tapping oneself leads to the settings, anybody else to them', () => {
  expect(placeOf(bob.id, bob.id)).toEqual(settings)
  expect(placeOf(bob.id, mia.id)).toEqual(aboutBob)
})

test('what others put into the history is not taken for a screen', () => {
  for (const state of [null, 1, 'x', [], {}, { hearth: null }, { hearth: { room: 1, people: 'yes' } }])
    expect(readScreen(state)).toEqual({})
  for (const over of [1, 'x', [1], [{}], [{ name: 'nowhere' }], [{ name: 'person', person: 'x' }]])
    expect(readScreen({ hearth: { over } })).toEqual({})
  expect(readScreen({ hearth: { over: Array(maxPlaces + 1).fill(settings) } })).toEqual({})
})

test('I8: a link that the page was opened with goes with its window', async () => {
  const { screens, history } = open()
  const link = effectScope().run(() => useOpeningLink('https://hearth.example/#link/x', screens))
  expect(screens.over.value).toEqual([{ name: 'linkDevice' }])
  expect(link?.value).toContain('#link/x')
  screens.openPlace(settings)
  await nextTick()
  expect(link?.value).toContain('#link/x')
  history.go(-2)
  await nextTick()
  screens.openPlace({ name: 'linkDevice' })
  await nextTick()
  expect(link?.value).toBeUndefined()
})
