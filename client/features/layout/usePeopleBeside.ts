import { computed, shallowRef, type Ref } from 'vue'
import type { useScreens } from './useScreens.ts'

/** The people stand beside the room where there is space, and lie over it, a step in the history, where there is none. */
export const usePeopleBeside = (
  screens: Pick<ReturnType<typeof useScreens>, 'hasPeopleOpen' | 'openPeople' | 'closePeople'>,
  hasSpace: Readonly<Ref<boolean>>,
) => {
  const isHidden = shallowRef(false)
  return {
    showsPeople: computed(() => (hasSpace.value ? !isHidden.value : screens.hasPeopleOpen.value)),
    togglePeople() {
      if (hasSpace.value) isHidden.value = !isHidden.value
      else if (screens.hasPeopleOpen.value) screens.closePeople()
      else screens.openPeople()
    },
  }
}
