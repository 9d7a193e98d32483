import { shallowReadonly, shallowRef } from 'vue'
import type { Result } from '../../../shared/result.ts'
import { sentencesFor, type Problem } from '../../ui/words.ts'

/** One thing asked of the core at a time, and the words for why it did not work. */
export const useAttempt = () => {
  const isBusy = shallowRef(false)
  const problem = shallowRef<string>()

  const attempt = async <Value>(
    ask: () => Promise<Result<Value, Problem>>,
    done: (value: Value) => void,
  ): Promise<void> => {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = undefined
    try {
      const result = await ask()
      if (result.ok) done(result.value)
      else problem.value = sentencesFor(result.problem)
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy: shallowReadonly(isBusy), problem: shallowReadonly(problem), attempt }
}
