import { shallowReadonly, shallowRef } from 'vue'
import type { AccountProblem } from '../../core/account/account-problem.ts'
import type { Result } from '../../../shared/result.ts'

/** One thing asked of the server at a time, and what was wrong with it. On success the app goes on by itself. */
export const useAsking = () => {
  const isBusy = shallowRef(false)
  const problem = shallowRef<AccountProblem>()

  const ask = async (run: () => Promise<Result<void, AccountProblem>>): Promise<void> => {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = undefined
    try {
      const result = await run()
      if (!result.ok) problem.value = result.problem
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy: shallowReadonly(isBusy), problem, ask }
}
