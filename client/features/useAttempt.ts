import { computed, shallowReadonly, shallowRef } from 'vue'
import type { Result } from '../../shared/result.ts'
import { sentencesFor, type Problem } from '../ui/words.ts'

/** One thing asked of the core at a time, and the words for why it did not work. */
export const useAttempt = (words: (problem: Problem) => string = sentencesFor) => {
  const isBusy = shallowRef(false)
  const failure = shallowRef<Problem>()

  const attempt = async <Value>(
    ask: () => Promise<Result<Value, Problem>>,
    done: (value: Value) => void,
  ): Promise<void> => {
    if (isBusy.value) return
    isBusy.value = true
    failure.value = undefined
    try {
      const result = await ask()
      if (result.ok) done(result.value)
      else failure.value = result.problem
    } finally {
      isBusy.value = false
    }
  }

  return {
    isBusy: shallowReadonly(isBusy),
    /** What went wrong, for programs and for people. */
    failure: shallowReadonly(failure),
    problem: computed(() => failure.value && words(failure.value)),
    attempt,
    clear: () => (failure.value = undefined),
  }
}
