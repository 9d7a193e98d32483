import type { MentionRange, Person } from '../../../core/hearth.ts'

/** What is being written: something new, an answer, or one of one's own messages anew. */
export type ComposerMode =
  | { type: 'write' }
  /** `author` and `text` are missing where the message is not here. */
  | { type: 'reply'; author: Person | undefined; text: string | undefined }
  | { type: 'edit'; key: string; text: string; mentions?: readonly MentionRange[] }

/** What makes a message more than its text. */
export interface MessageExtras {
  /** Told as what one does (`/me`). */
  isAction?: boolean
  /** The text is the question. */
  poll?: { options: readonly string[]; allowsSeveral: boolean }
}
