import { computed, watch, type ShallowRef } from 'vue'
import type { AccountProblem } from '../../core/account/account-problem.ts'
import { sentencesFor } from '../../ui/words.ts'
import { fieldOf, type Field } from './problem-place.ts'

interface FormProblemOptions {
  problem: Readonly<ShallowRef<AccountProblem | undefined>>
  /** Puts the focus where a problem is to be mended. */
  focus: Partial<Record<Field, () => void>>
}

/** Leads each problem to the field it is about, the focus as well; what belongs to none is for the notice above the form. */
export const useFormProblem = ({ problem, focus }: FormProblemOptions) => {
  const field = computed(() => {
    const place = problem.value && fieldOf(problem.value)
    return place !== undefined && place in focus ? place : undefined
  })
  watch(
    problem,
    () => {
      if (field.value) focus[field.value]?.()
    },
    { flush: 'post' },
  )
  return {
    notice: computed(() => (field.value ? undefined : problem.value)),
    wordsAt: (place: Field) =>
      problem.value && field.value === place ? sentencesFor(problem.value) : undefined,
  }
}
