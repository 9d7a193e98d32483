import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { MentionRange, Person } from '../../../core/hearth.ts'
import type { Emoji } from '../../../ui/emoji/emoji-data.ts'
import { isComposingKey } from '../enter-key.ts'
import { completionOptions, type CompletionOption } from './completion-options.ts'
import { findTrigger, type Trigger } from './trigger.ts'

interface Options {
  text: () => string
  /** Undefined where nothing is being typed: the focus is elsewhere, or something is selected. */
  caret: () => number | undefined
  mentions: () => readonly MentionRange[]
  people: () => readonly Person[]
  loadEmoji: () => Promise<readonly Emoji[]>
  pick: (option: CompletionOption, trigger: Trigger) => void
}

interface Completion {
  trigger: ComputedRef<Trigger | undefined>
  options: ComputedRef<readonly CompletionOption[]>
  /** Which of them Enter picks. */
  active: ShallowRef<number>
  pickAt(place: number): void
  /** Whether the key was for the list. */
  takesKey(event: KeyboardEvent): boolean
}

/** The list over the composer while an `@`, `:` or `/` is being typed (ux 19). */
export const useCompletion = ({ text, caret, mentions, people, loadEmoji, pick }: Options): Completion => {
  const emoji = shallowRef<readonly Emoji[]>()
  const closed = shallowRef<string>()
  const active = shallowRef(0)

  const found = computed(() => {
    const at = caret()
    return at === undefined ? undefined : findTrigger(text(), at)
  })
  const place = computed(() => found.value && `${found.value.type} ${found.value.start}`)
  // Closed by Esc, it stays so until something else is begun.
  const trigger = computed(() => (place.value === closed.value ? undefined : found.value))
  const options = computed(() =>
    completionOptions(trigger.value, { people: people(), emoji: emoji.value, mentions: mentions() }),
  )

  watch(place, () => (closed.value = undefined))
  watch(options, () => (active.value = 0))
  watch(
    () => trigger.value?.type === 'emoji',
    async (isWanted) => {
      if (isWanted) emoji.value = await loadEmoji()
    },
  )

  const pickAt = (index: number) => {
    const option = options.value[index]
    if (option && trigger.value) pick(option, trigger.value)
  }
  const move = (by: number) => {
    const count = options.value.length
    active.value = (active.value + by + count) % count
  }

  return {
    trigger,
    options,
    active,
    pickAt,
    takesKey(event) {
      if (options.value.length === 0 || isComposingKey(event)) return false
      // Backwards out of the field; the list must not be what is reached next.
      if (event.key === 'Tab' && event.shiftKey) closed.value = place.value
      if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false
      switch (event.key) {
        case 'ArrowDown':
          move(1)
          return true
        case 'ArrowUp':
          move(-1)
          return true
        case 'Enter':
        case 'Tab':
          pickAt(active.value)
          return true
        case 'Escape':
          closed.value = place.value
          return true
        default:
          return false
      }
    },
  }
}
