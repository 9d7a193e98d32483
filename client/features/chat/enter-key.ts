export interface EnterPress {
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  keyCode: number
}

/** Safari ends a composition before the key that ended it; only this old code still tells that it did. */
const composingKeyCode = 229

/** Enter sends with a keyboard and is a new line on touch; composing an accent or kanji never sends (ux 16). */
export const sendsByEnter = (event: EnterPress, isTouch: boolean): boolean => {
  if (event.isComposing || event.keyCode === composingKeyCode) return false
  if (event.shiftKey || event.altKey) return false
  return !isTouch || event.ctrlKey || event.metaKey
}
