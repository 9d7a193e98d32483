import { effectScope, nextTick, shallowRef } from 'vue'
import { expect, test } from 'vitest'
import type { Room } from './core/hearth.ts'
import { anna, bob, fakeLogId } from './core/testing/fake-family.ts'
import { useScreens } from './features/layout/useScreens.ts'
import { useCurrentRoom } from './useCurrentRoom.ts'

const room = (name: string): Room => ({
  id: fakeLogId(name),
  kind: name === 'general' ? 'open' : 'private',
  name,
  isJoined: true,
  isGeneral: name === 'general',
  members: [anna],
  roles: new Map(),
  history: 'all',
  keep: 'forever',
  mayChangeKeep: false,
})
const general = room('general')
const surprise = room('surprise')
const lake = room('lake')

/** A browser that goes back in its own time. */
const createBrowser = () => {
  const window = new EventTarget()
  const entries: unknown[] = [null]
  let at = 0
  const waiting: number[] = []
  return {
    window,
    depth: () => at,
    history: {
      get state(): unknown {
        return entries[at]
      },
      pushState: (state: unknown) => void entries.splice(++at, Infinity, state),
      replaceState: (state: unknown) => void (entries[at] = state),
      go: (by = 0) => void waiting.push(by),
    },
    arrive() {
      at += waiting.shift() ?? 0
      window.dispatchEvent(new Event('popstate'))
    },
    isWaiting: () => waiting.length > 0,
  }
}

const start = (rooms: readonly Room[], { hasSideList = false } = {}) => {
  const browser = createBrowser()
  const joined = shallowRef(rooms)
  const set = effectScope().run(() => {
    const screens = useScreens(browser.history, browser.window)
    return { screens, ...useCurrentRoom({ screens, joined, hasSideList: shallowRef(hasSideList) }) }
  })
  if (!set) throw new Error('The scope ran nothing')
  return { ...browser, joined, ...set }
}

test('without the list beside it no room is open until one is opened', () => {
  const { room, goTo } = start([general, lake])
  expect(room.value).toBeUndefined()
  goTo(lake.id)
  expect(room.value).toBe(lake)
})

test('with the list beside it there is always a room', () => {
  expect(start([general, lake], { hasSideList: true }).room.value).toBe(general)
})

test('ux 40: the way to a room closes what lies over the one before, so that Back leads to the list', () => {
  const { screens, goTo, room, arrive, isWaiting, depth } = start([general, lake])
  goTo(general.id)
  screens.openPeople()
  screens.openPlace({ name: 'person', person: bob.id })
  goTo(lake.id)
  expect(room.value).toBe(general)
  while (isWaiting()) arrive()
  expect(room.value).toBe(lake)
  expect(screens.over.value).toEqual([])
  expect(screens.hasPeopleOpen.value).toBe(false)
  expect(depth()).toBe(1)
})

test('a room that has gone leads back to the list', async () => {
  const { goTo, joined, screens, arrive, isWaiting } = start([general, surprise])
  goTo(surprise.id)
  await nextTick()
  joined.value = [general]
  await nextTick()
  expect(isWaiting()).toBe(true)
  arrive()
  expect(screens.room.value).toBeUndefined()
})

test('a window over a room that has gone stays open until it is closed', async () => {
  const { goTo, joined, screens, arrive, isWaiting } = start([general, surprise])
  goTo(surprise.id)
  await nextTick()
  screens.openPlace({ name: 'person', person: bob.id })
  joined.value = [general]
  await nextTick()
  expect(isWaiting()).toBe(false)
  screens.closePlace()
  arrive()
  await nextTick()
  arrive()
  expect(screens.room.value).toBeUndefined()
})

test('a room that has not come yet is waited for', async () => {
  const { goTo, joined, screens, room, isWaiting } = start([general])
  goTo(surprise.id)
  await nextTick()
  expect(isWaiting()).toBe(false)
  expect(screens.room.value).toBe(surprise.id)
  joined.value = [general, surprise]
  expect(room.value).toBe(surprise)
})
