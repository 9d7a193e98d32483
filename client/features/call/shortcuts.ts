/** What a key does in a call (ux 28). */
export type CallKey = 'mute' | 'camera' | 'holdToTalk'

interface Pressed {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  repeat: boolean
  isComposing: boolean
}

/**
 * @param focus what has the focus: in a field, Space writes; on a button, it presses
 */
export const callKeyOf = (pressed: Pressed, focus: 'field' | 'button' | 'elsewhere'): CallKey | undefined => {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = pressed
  if (pressed.isComposing || altKey || shiftKey) return undefined
  if (ctrlKey !== metaKey) {
    if (key.toLowerCase() === 'd') return 'mute'
    if (key.toLowerCase() === 'e') return 'camera'
    return undefined
  }
  return code === 'Space' && !ctrlKey && focus === 'elsewhere' ? 'holdToTalk' : undefined
}
