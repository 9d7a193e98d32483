import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { AddressHiding } from '../../core/account/my-account.ts'
import type { Hearth } from '../../core/hearth.ts'
import { useValue } from '../../ui/useValue.ts'
import { describeConnection } from './connection-words.ts'

/** Less than this is the ordinary course of things, and a line that flashes up would only worry people. */
const patienceMs = 1_500

export const useConnection = (connection: Hearth['connection'], hiding: AddressHiding) => {
  const state = useValue(connection)
  const isHidden = useValue(hiding.isHidden)
  const hasRelay = useValue(hiding.hasRelay)
  const words = computed(() =>
    describeConnection(state.value, { isWithoutRelay: isHidden.value && hasRelay.value === false }),
  )
  const isShown = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => words.value.tone !== 'well',
    (isNotWell) => {
      clearTimeout(timer)
      if (isNotWell) timer = setTimeout(() => (isShown.value = true), patienceMs)
      else isShown.value = false
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  return { words, isShown }
}
