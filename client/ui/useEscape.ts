import { onScopeDispose } from 'vue'

/** Esc, wherever the focus is, unless something above has taken it already. */
export const useEscape = (run: () => void) => {
  const listen = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) run()
  }
  document.addEventListener('keydown', listen)
  onScopeDispose(() => document.removeEventListener('keydown', listen))
}
