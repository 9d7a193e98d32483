import { expect, test } from 'vitest'
import { effectScope } from 'vue'
import { useSteps } from './useSteps.ts'

/** A browser's history of one tab. */
const createFakeHistory = () => {
  const window = new EventTarget()
  const entries: unknown[] = [null]
  let at = 0
  return {
    window,
    history: {
      get state() {
        return entries[at]
      },
      pushState(state: unknown) {
        entries.splice(++at, entries.length, state)
      },
      back() {
        if (at > 0) at -= 1
        window.dispatchEvent(new Event('popstate'))
      },
    },
  }
}

test('ux 40: Back leads to the step before, and not out of the first', () => {
  const { history, window } = createFakeHistory()
  const scope = effectScope()
  const steps = scope.run(() => useSteps(history, window))!
  steps.back()
  expect(steps.step.value).toBe('first')
  steps.go('signIn')
  steps.go('recover')
  steps.go('recover')
  history.back()
  expect(steps.step.value).toBe('signIn')
  steps.back()
  expect(steps.step.value).toBe('first')
  scope.stop()
  history.pushState({ arrival: 'link' })
  window.dispatchEvent(new Event('popstate'))
  expect(steps.step.value).toBe('first')
})
