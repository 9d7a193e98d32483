import { computed, onScopeDispose, shallowReadonly, shallowRef, watch } from 'vue'
import type { AddressHiding } from '../../core/account/my-account.ts'
import type { Hearth } from '../../core/hearth.ts'
import { useOnline } from '../../ui/useOnline.ts'
import { useValue } from '../../ui/useValue.ts'
import { describeConnection } from './connection-words.ts'

/** Less than this is the ordinary course of things, and a line that flashes up, or is read aloud, would only worry people. */
const patienceMs = 1_500

/** What the line says, which is what has held for a while; only good news come at once. */
export const useConnection = (connection: Hearth['connection'], hiding: AddressHiding) => {
  const state = useValue(connection)
  const isHidden = useValue(hiding.isHidden)
  const hasRelay = useValue(hiding.hasRelay)
  const isOnline = useOnline()
  const now = computed(() =>
    describeConnection(state.value, {
      isWithoutRelay: isHidden.value && hasRelay.value === false,
      isOffline: !isOnline.value,
    }),
  )
  const words = shallowRef(now.value)
  const isShown = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  const settle = () => {
    words.value = now.value
    isShown.value = now.value.tone !== 'well'
  }
  watch(
    () => now.value.text,
    () => {
      clearTimeout(timer)
      if (now.value.tone === 'well') settle()
      else timer = setTimeout(settle, patienceMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  return { words: shallowReadonly(words), isShown: shallowReadonly(isShown) }
}
