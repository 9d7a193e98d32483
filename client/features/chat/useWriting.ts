import { computed, shallowRef, type Ref } from 'vue'
import { ok, type Result } from '../../../shared/result.ts'
import type { MentionRange, MessageItem, TextProblem, Timeline } from '../../core/hearth.ts'
import { sentencesFor } from '../../ui/words.ts'
import type { ComposerMode, MessageExtras } from './compose/composer-mode.ts'

interface WritingOptions {
  timeline: Pick<Timeline, 'send' | 'edit'>
  /** The key of the message that is being answered; it is kept with the draft. */
  replyTo: Ref<string | undefined>
  itemOf: (key: string) => MessageItem | undefined
  /** Words for why a message could not be changed. */
  onFailed: (words: string) => void
}

/** Sends what is written as what it is meant: something new, an answer, or other words for what was said. */
export const useWriting = ({ timeline, replyTo, itemOf, onFailed }: WritingOptions) => {
  const editing = shallowRef<Pick<MessageItem, 'key' | 'text' | 'mentions'>>()

  const mode = computed<ComposerMode>(() => {
    if (editing.value) {
      const { key, text, mentions } = editing.value
      return { type: 'edit', key, text, ...(mentions && { mentions }) }
    }
    if (replyTo.value === undefined) return { type: 'write' }
    const answered = itemOf(replyTo.value)
    return { type: 'reply', author: answered?.author, text: answered?.text }
  })

  const edit = async (key: string, text: string, mentions: readonly MentionRange[]) => {
    const wish = { text, mentions: accountsOf(mentions) }
    const edited = await timeline.edit(key, wish)
    if (edited.ok) return
    // The new words are not lost: they are in the field again.
    editing.value = { key, text, mentions }
    onFailed(sentencesFor(edited.problem))
  }

  return {
    mode,
    reply(item: MessageItem) {
      editing.value = undefined
      replyTo.value = item.key
    },
    edit: (item: MessageItem) => void (editing.value = item),
    cancel() {
      if (editing.value) editing.value = undefined
      else replyTo.value = undefined
    },
    send(text: string, mentions: readonly MentionRange[], extras: MessageExtras): Result<void, TextProblem> {
      const changed = editing.value
      if (changed) {
        editing.value = undefined
        if (text !== changed.text) void edit(changed.key, text, mentions)
        return ok(undefined)
      }
      const answered = replyTo.value
      const sent = timeline.send({
        text,
        mentions: accountsOf(mentions),
        ...extras,
        ...(answered !== undefined && { replyTo: answered }),
      })
      if (sent.ok) replyTo.value = undefined
      return sent
    },
  }
}

const accountsOf = (mentions: readonly MentionRange[]) =>
  mentions.map(({ start, length, person }) => ({ start, length, account: person.id }))
