import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Calls } from '../../core/call/create-calls.ts'
import type { ShownReaction } from './call-scene.ts'

const shownMs = 3_500
/** Somebody who sends very many fills nobody's screen. */
const mostShown = 24

export const quickReactions = ['👍', '❤️', '😂', '👏', '🎉', '😮'] as const

/** Reactions that float over who sent them for a moment. */
export const useReactions = (calls: Pick<Calls, 'react' | 'onReaction'>) => {
  const reactions = shallowRef<readonly ShownReaction[]>([])
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let made = 0

  const show = (from: DeviceId | 'own', emoji: string) => {
    const shown = { id: made++, from, emoji }
    reactions.value = [...reactions.value, shown].slice(-mostShown)
    const timer = setTimeout(() => {
      timers.delete(timer)
      reactions.value = reactions.value.filter(({ id }) => id !== shown.id)
    }, shownMs)
    timers.add(timer)
  }
  onScopeDispose(calls.onReaction(({ device, emoji }) => show(device, emoji)))
  onScopeDispose(() => {
    for (const timer of timers) clearTimeout(timer)
  })
  return {
    reactions: shallowReadonly(reactions),
    react(emoji: string) {
      calls.react(emoji)
      show('own', emoji)
    },
  }
}
