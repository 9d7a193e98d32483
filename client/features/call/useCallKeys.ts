import { onScopeDispose } from 'vue'
import type { Sending } from '../../core/call/words.ts'
import { callKeyOf } from './shortcuts.ts'

const fields = 'input, textarea, select, [contenteditable], [role=textbox]'
const pressables = 'button, a, summary, [role=button], [role=menuitem], [role=log]'

const focusOf = ({ target }: Event): 'field' | 'button' | 'elsewhere' => {
  if (!(target instanceof Element)) return 'elsewhere'
  if (target.closest(fields)) return 'field'
  return target.closest(pressables) ? 'button' : 'elsewhere'
}

/** Keys of a call, wherever one is in Hearth (ux 28). */
export const useCallKeys = (sending: () => Sending, send: (change: Partial<Sending>) => void) => {
  let isTalkingByKey = false

  const release = () => {
    if (!isTalkingByKey) return
    isTalkingByKey = false
    send({ audio: 'muted' })
  }
  const onKeydown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    const key = callKeyOf(event, focusOf(event))
    if (key === undefined) return
    event.preventDefault()
    if (event.repeat) return
    const { audio, camera } = sending()
    if (key === 'mute') {
      isTalkingByKey = false
      send({ audio: audio === 'on' ? 'muted' : 'on' })
    } else if (key === 'camera') send({ camera: !camera })
    else if (audio === 'muted') {
      isTalkingByKey = true
      send({ audio: 'on' })
    }
  }
  const onKeyup = ({ code }: KeyboardEvent) => {
    if (code === 'Space') release()
  }
  document.addEventListener('keydown', onKeydown)
  document.addEventListener('keyup', onKeyup)
  // Whoever lets go in another window would be heard until they noticed.
  window.addEventListener('blur', release)
  onScopeDispose(() => {
    document.removeEventListener('keydown', onKeydown)
    document.removeEventListener('keyup', onKeyup)
    window.removeEventListener('blur', release)
  })
}
