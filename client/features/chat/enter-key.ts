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

/** A key that belongs to an accent or a kanji that is being composed. */
export const isComposingKey = ({
  isComposing,
  keyCode,
}: Pick<EnterPress, 'isComposing' | 'keyCode'>): boolean => isComposing || keyCode === composingKeyCode

/** Enter sends with a keyboard and is a new line on touch; composing an accent or kanji never sends (ux 16). */
export const sendsByEnter = (event: EnterPress, isTouch: boolean): boolean => {
  if (isComposingKey(event)) return false
  if (event.shiftKey || event.altKey) return false
  return !isTouch || event.ctrlKey || event.metaKey
}
