import { shallowRef } from 'vue'
import type { AccountId } from '../../../shared/identifiers.ts'

export type CallDialog = 'devices' | 'people' | 'ring'

/** What lies over the call now, and how loud everybody is heard here. */
export const useCallDialogs = () => {
  const dialog = shallowRef<CallDialog>()
  const menu = shallowRef<{ name: 'reactions' | 'more'; anchor: HTMLElement }>()
  /** 0 to 1, by person. */
  const volumes = shallowRef<ReadonlyMap<AccountId, number>>(new Map())
  return {
    dialog,
    menu,
    volumes,
    openMenu: (name: 'reactions' | 'more', anchor: HTMLElement) => (menu.value = { name, anchor }),
  }
}
