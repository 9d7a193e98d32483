import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'

/**
 * The modal dialog that lies over all others now, of those that `counts` accepts; undefined while there is none. A modal makes all that is
 * outside it inert, whatever lies over it, so what must work at all times has to be put inside.
 */
export const useTopDialog = (counts: (dialog: HTMLDialogElement) => boolean) => {
  const top = shallowRef<HTMLDialogElement>()
  /** As they were opened, which their places in the document do not tell. */
  let opened: readonly HTMLDialogElement[] = []

  const look = () => {
    const open = [...document.querySelectorAll<HTMLDialogElement>('dialog:modal')].filter(counts)
    opened = [...opened.filter((one) => open.includes(one)), ...open.filter((one) => !opened.includes(one))]
    top.value = opened.at(-1)
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['open'] })
  look()
  onScopeDispose(() => observer.disconnect())

  return shallowReadonly(top)
}
