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
  const facts = computed(() => ({
    state: state.value,
    isWithoutRelay: isHidden.value && hasRelay.value === false,
    isOffline: !isOnline.value,
  }))
  const now = computed(() => describeConnection(facts.value.state, facts.value))
  // Not their words, which may be another language's in a moment.
  const settled = shallowRef(facts.value)
  const words = computed(() => describeConnection(settled.value.state, settled.value))
  const isShown = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  const settle = () => {
    settled.value = facts.value
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

  return { words, isShown: shallowReadonly(isShown) }
}
