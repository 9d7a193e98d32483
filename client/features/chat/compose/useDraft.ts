import { computed, type WritableComputedRef } from 'vue'
import type { MentionRange, Person } from '../../../core/hearth.ts'
import type { LogId } from '../../../core/ports.ts'
import type { Drafts } from '../drafts.ts'

interface Options {
  drafts: Drafts
  room: LogId
  /** Everybody who may be named. */
  people: () => readonly Person[]
}

/** The draft of one room, for the composer and whoever shows what is being answered. */
export const useDraft = ({
  drafts,
  room,
  people,
}: Options): {
  text: WritableComputedRef<string>
  mentions: WritableComputedRef<readonly MentionRange[]>
  /** The key of a message. */
  replyTo: WritableComputedRef<string | undefined>
} => {
  const text = computed({ get: () => drafts.read(room), set: (value) => drafts.write(room, value) })
  const mentions = computed<readonly MentionRange[]>({
    get: () =>
      drafts.readMentions(room).flatMap(({ account, start, length }) => {
        const person = people().find(({ id }) => id === account)
        return person ? [{ start, length, person }] : []
      }),
    set: (value) =>
      drafts.writeMentions(
        room,
        value.map(({ start, length, person }) => ({ start, length, account: person.id })),
      ),
  })
  const replyTo = computed({
    get: () => drafts.readReplyTo(room),
    set: (key: string | undefined) => drafts.writeReplyTo(room, key),
  })
  return { text, mentions, replyTo }
}
