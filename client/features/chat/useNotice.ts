import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import { sayAgain } from './say-again.ts'

const shownForMs = 4_000

/** A line that says what was just done, and goes by itself. */
export const useNotice = () => {
  const notice = shallowRef('')
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = (words: string) => {
    clearTimeout(timer)
    notice.value = sayAgain(notice.value, words)
    timer = setTimeout(() => (notice.value = ''), shownForMs)
  }
  onScopeDispose(() => clearTimeout(timer))
  return { notice: shallowReadonly(notice), tell }
}
