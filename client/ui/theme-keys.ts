import { computed, inject, shallowRef, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Appearance } from './theme-apply.ts'
import { useValue } from './useValue.ts'

/** How the page looks, for whoever changes it. */
export const appearanceInjection: InjectionKey<Appearance> = Symbol('appearance')

/** Whether only the essentials are to be shown (ux 38): write, call, photo, people. */
export const isSimpleInjection: InjectionKey<Readonly<Ref<boolean>>> = Symbol('isSimple')

/** For menus and lists that leave out what is not essential; false where nobody decides. */
export const useIsSimple = (): Readonly<Ref<boolean>> => inject(isSimpleInjection, shallowRef(false))

export const followIsSimple = (appearance: Appearance): ComputedRef<boolean> => {
  const choice = useValue(appearance)
  return computed(() => choice.value.isSimple)
}
