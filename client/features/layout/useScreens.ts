import { computed, onScopeDispose, shallowRef } from 'vue'
import type { LogId } from '../../core/ports.ts'
import { readScreen, type Screen } from './screen.ts'

/** The browser's history, as far as it is needed here. */
export type HistoryPort = Pick<History, 'state' | 'pushState' | 'replaceState' | 'go'>

/**
 * Where one is: the list, a room, the people over a room. Each is a step in the browser's history, so that Back closes
 * one after the other (ux 40), and a reload finds the same screen again. A room is only ever pushed on the list.
 */
export const useScreens = (history: HistoryPort, window: EventTarget) => {
  const screen = shallowRef<Screen>(readScreen(history.state))

  const go = (next: Screen, how: 'pushState' | 'replaceState') => {
    history[how]({ hearth: next }, '')
    screen.value = next
  }

  const follow = () => (screen.value = readScreen(history.state))
  window.addEventListener('popstate', follow)
  onScopeDispose(() => window.removeEventListener('popstate', follow))

  return {
    room: computed(() => screen.value.room),
    hasPeopleOpen: computed(() => screen.value.people === true),
    openRoom(room: LogId) {
      if (screen.value.room !== room)
        go({ room }, screen.value.room === undefined ? 'pushState' : 'replaceState')
    },
    openPeople() {
      go({ ...screen.value, people: true }, 'pushState')
    },
    closePeople() {
      if (screen.value.people) history.go(-1)
    },
    /** Back to the list, from wherever. */
    closeRoom() {
      if (screen.value.room !== undefined) history.go(screen.value.people ? -2 : -1)
    },
  }
}
