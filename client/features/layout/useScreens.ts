import { computed, onScopeDispose, shallowRef } from 'vue'
import type { LogId } from '../../core/ports.ts'
import { isSamePlace, maxPlaces, readScreen, type Place, type Screen } from './screen.ts'

/** The browser's history, as far as it is needed here. */
export type HistoryPort = Pick<History, 'state' | 'pushState' | 'replaceState' | 'go'>

const noPlaces: readonly Place[] = []

/**
 * Where one is: the list, a room, the people over a room, windows over everything. Each is a step in the browser's history,
 * so that Back closes one after the other (ux 40), and a reload finds the same screen again. A room is only ever pushed on
 * the list.
 */
export const useScreens = (history: HistoryPort, window: EventTarget) => {
  const screen = shallowRef<Screen>(readScreen(history.state))
  /** The browser goes back in its own time: who presses twice meanwhile wants one step, not to leave Hearth. */
  let isGoingBack = false

  const go = (next: Screen, how: 'pushState' | 'replaceState') => {
    isGoingBack = false
    history[how]({ hearth: next }, '')
    screen.value = next
  }

  const goBack = (steps: number) => {
    if (steps === 0 || isGoingBack) return
    isGoingBack = true
    history.go(-steps)
  }

  const follow = () => {
    isGoingBack = false
    screen.value = readScreen(history.state)
  }
  window.addEventListener('popstate', follow)
  onScopeDispose(() => window.removeEventListener('popstate', follow))

  const over = computed(() => screen.value.over ?? noPlaces)

  return {
    room: computed(() => screen.value.room),
    hasPeopleOpen: computed(() => screen.value.people === true),
    over,
    openRoom(room: LogId) {
      if (screen.value.room !== room)
        go({ room }, screen.value.room === undefined ? 'pushState' : 'replaceState')
    },
    /** Over whatever is open, so that Back leads there again: from a message that was found to all that were. */
    openRoomAbove(room: LogId) {
      go({ room }, 'pushState')
    },
    openPeople() {
      go({ ...screen.value, people: true }, 'pushState')
    },
    closePeople() {
      if (screen.value.people && over.value.length === 0) goBack(1)
    },
    /** Back to the list, from wherever. */
    closeRoom() {
      if (screen.value.room !== undefined) goBack(1 + (screen.value.people ? 1 : 0) + over.value.length)
    },
    openPlace(place: Place) {
      const top = over.value.at(-1)
      if (top && isSamePlace(top, place)) return
      const isDeep = over.value.length >= maxPlaces
      const below = isDeep ? over.value.slice(0, -1) : over.value
      go({ ...screen.value, over: [...below, place] }, isDeep ? 'replaceState' : 'pushState')
    },
    closePlace() {
      goBack(Math.min(over.value.length, 1))
    },
    /** A reload finds the list, and nothing of what is open now. */
    forget() {
      history.replaceState(null, '')
    },
    closeAllPlaces() {
      goBack(over.value.length)
    },
  }
}
