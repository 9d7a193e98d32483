import { onScopeDispose, shallowRef } from 'vue'

/** Whether the switcher is open: by Ctrl or ⌘ and K from wherever no other dialog stands in the way. */
export const useSwitcherKey = () => {
  const isOpen = shallowRef(false)
  const onKeydown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event
    if (key.toLowerCase() !== 'k' || ctrlKey === metaKey || altKey || shiftKey || isComposing) return
    // The browser's own search field, which it would open, finds nothing here.
    event.preventDefault()
    if (isOpen.value) isOpen.value = false
    else if (!document.querySelector('dialog[open]')) isOpen.value = true
  }
  document.addEventListener('keydown', onKeydown)
  onScopeDispose(() => document.removeEventListener('keydown', onKeydown))
  return isOpen
}
