import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import { readStep, type Step } from './steps.ts'

/** The browser's history, as far as it is needed here. */
export type HistoryPort = Pick<History, 'state' | 'pushState' | 'back'>

/** Each step is one of the browser's history, so that Back leads to the one before and not out of Hearth (ux 40). */
export const useSteps = (history: HistoryPort, window: EventTarget) => {
  const step = shallowRef<Step>(readStep(history.state))
  const follow = () => (step.value = readStep(history.state))
  window.addEventListener('popstate', follow)
  onScopeDispose(() => window.removeEventListener('popstate', follow))

  return {
    step: shallowReadonly(step),
    go(next: Step) {
      if (next === step.value) return
      history.pushState({ arrival: next }, '')
      step.value = next
    },
    back() {
      if (step.value !== 'first') history.back()
    },
  }
}
