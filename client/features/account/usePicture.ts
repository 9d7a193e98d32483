import { shallowReadonly, shallowRef } from 'vue'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { t } from '../../ui/language/language.ts'
import { sentencesFor } from '../../ui/words.ts'
import { shrinkPicture } from './shrink-picture.ts'

/** The picture that is being chosen: undefined as long as it stays what it is, null to take it away. */
export const usePicture = () => {
  const chosen = shallowRef<Bytes | null>()
  const problem = shallowRef<string>()
  const isBusy = shallowRef(false)

  const choose = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    if (!file || isBusy.value) return
    isBusy.value = true
    problem.value = undefined
    try {
      const result = await shrinkPicture(file)
      if (result.ok) chosen.value = result.value
      else
        problem.value =
          result.problem.type === 'notAPicture'
            ? t('account.picture.notAPicture')
            : sentencesFor({ type: 'pictureTooLarge' })
    } finally {
      isBusy.value = false
      // The same file, chosen again, is a choice too.
      input.value = ''
    }
  }

  const takeAway = () => {
    chosen.value = null
    problem.value = undefined
  }

  return {
    chosen,
    problem: shallowReadonly(problem),
    isBusy: shallowReadonly(isBusy),
    choose,
    takeAway,
  }
}
