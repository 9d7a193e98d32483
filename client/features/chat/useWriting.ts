import { shallowReadonly, shallowRef } from 'vue'
import { ok, type Result } from '../../../shared/result.ts'
import type { MessageItem, MessageWish, TextProblem, Timeline } from '../../core/hearth.ts'
import { sentencesFor } from '../../ui/words.ts'

/** What the field for writing is for at the moment. */
export type WritingMode =
  { type: 'write' } | { type: 'reply'; item: MessageItem } | { type: 'edit'; item: MessageItem }

/** Sends what is written as what it is meant: something new, an answer, or other words for what was said. */
export const useWriting = (options: {
  timeline: Pick<Timeline, 'send' | 'edit'>
  onSent: () => void
  /** A changed message could not be kept: what was written, and why. */
  onEditFailed: (text: string, words: string) => void
}) => {
  const mode = shallowRef<WritingMode>({ type: 'write' })
  const write = () => (mode.value = { type: 'write' })

  const edit = async (item: MessageItem, wish: MessageWish) => {
    const edited = await options.timeline.edit(item.key, wish)
    if (edited.ok) return
    mode.value = { type: 'edit', item }
    options.onEditFailed(wish.text, sentencesFor(edited.problem))
  }

  return {
    mode: shallowReadonly(mode),
    write,
    reply: (item: MessageItem) => (mode.value = { type: 'reply', item }),
    edit: (item: MessageItem) => (mode.value = { type: 'edit', item }),
    send(wish: MessageWish): Result<void, TextProblem> {
      const now = mode.value
      if (now.type === 'edit') {
        write()
        if (wish.text.trim() !== now.item.text) void edit(now.item, wish)
        return ok(undefined)
      }
      const sent = options.timeline.send(now.type === 'reply' ? { ...wish, replyTo: now.item.key } : wish)
      if (!sent.ok) return sent
      write()
      options.onSent()
      return sent
    },
  }
}
