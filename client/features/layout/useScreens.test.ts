import { effectScope } from 'vue'
import { expect, test } from 'vitest'
import { fakeLogId } from '../../core/testing/fake-family.ts'
import { readScreen } from './screen.ts'
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
      at += by
      window.dispatchEvent(new Event('popstate'))
    },
  }
  return { window, history, depth: () => at }
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

test('what others put into the history is not taken for a screen', () => {
  for (const state of [null, 1, 'x', [], {}, { hearth: null }, { hearth: { room: 1, people: 'yes' } }])
    expect(readScreen(state)).toEqual({})
})
