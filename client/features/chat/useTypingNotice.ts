import { onScopeDispose } from 'vue'
import { typingLimits } from '../../../shared/limits.ts'

/** Says that I write while keys are pressed, and that I stopped when they rest, at sending and when leaving (ux 22). */
export const useTypingNotice = (setTyping: (isTyping: boolean) => void) => {
  let rest: ReturnType<typeof setTimeout> | undefined

  const stop = () => {
    if (rest === undefined) return
    clearTimeout(rest)
    rest = undefined
    setTyping(false)
  }

  const keep = () => {
    clearTimeout(rest)
    rest = setTimeout(stop, typingLimits.shownForMs)
    setTyping(true)
  }

  onScopeDispose(stop)
  return { keep, stop }
}
