import { computed, nextTick, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { MentionRange } from '../../../core/hearth.ts'
import type { ComposerMode } from './composer-mode.ts'
import { moveMentions } from './move-mentions.ts'

interface Options {
  draft: Ref<string>
  draftMentions: Ref<readonly MentionRange[]>
  mode: () => ComposerMode
  field: Readonly<ShallowRef<HTMLTextAreaElement | null>>
}

/** The text of the field with its mentions: of the draft, or of the message that is being edited, for which the draft waits. */
export const useComposerText = ({ draft, draftMentions, mode, field }: Options) => {
  const edited = shallowRef('')
  const editedMentions = shallowRef<readonly MentionRange[]>([])
  const isEditing = () => mode().type === 'edit'
  /** Undefined while the field has no focus, or something is selected in it. */
  const caret = shallowRef<number>()

  const text = computed(() => (isEditing() ? edited.value : draft.value))
  /** Those that still stand where they say: the text may have been changed from elsewhere. */
  const mentions = computed(() =>
    (isEditing() ? editedMentions.value : draftMentions.value).filter(
      ({ start, length }) => text.value.startsWith('@', start) && start + length <= text.value.length,
    ),
  )

  const write = (next: string, nextMentions: readonly MentionRange[]) => {
    const [textRef, mentionsRef] = isEditing() ? [edited, editedMentions] : [draft, draftMentions]
    textRef.value = next
    mentionsRef.value = nextMentions
  }
  const readCaret = () => {
    const { selectionStart, selectionEnd } = field.value ?? {}
    const hasFocus = document.activeElement === field.value
    caret.value = hasFocus && selectionStart === selectionEnd ? selectionStart : undefined
  }

  watch(
    () => {
      const now = mode()
      return now.type === 'edit' ? now.key : undefined
    },
    async () => {
      const now = mode()
      if (now.type !== 'edit') return
      edited.value = now.text
      editedMentions.value = now.mentions ?? []
      await nextTick()
      field.value?.focus()
      field.value?.setSelectionRange(now.text.length, now.text.length)
    },
    { immediate: true },
  )

  return {
    text,
    mentions,
    caret,
    readCaret,
    write,
    /** What was typed; mentions move along with it. */
    type(next: string) {
      const at = field.value?.selectionStart
      write(next, moveMentions(mentions.value, text.value, next, at))
      readCaret()
    },
    /** Puts something in the place of a part of the text, and the caret behind it. */
    async replace(start: number, end: number, inserted: string, mention?: MentionRange) {
      const before = text.value
      const next = before.slice(0, start) + inserted + before.slice(end)
      const at = start + inserted.length
      const moved = moveMentions(mentions.value, before, next, at)
      const all = mention ? [...moved, mention].sort((one, other) => one.start - other.start) : moved
      write(next, all)
      await nextTick()
      field.value?.focus()
      field.value?.setSelectionRange(at, at)
      readCaret()
    },
  }
}
