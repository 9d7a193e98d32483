import { inject, shallowRef, type ShallowRef } from 'vue'
import type { MentionRange, TextProblem } from '../../../core/hearth.ts'
import type { Result } from '../../../../shared/result.ts'
import { sentencesFor } from '../../../ui/words.ts'
import { obeyKey } from '../commands.ts'
import type { ComposerMode, MessageExtras } from './composer-mode.ts'
import { readLine } from './read-line.ts'

/** Says it, or says it anew, by the mode. Text and mentions come without blanks around them. */
export type SendMessage = (
  text: string,
  mentions: readonly MentionRange[],
  extras: MessageExtras,
) => Result<void, TextProblem>

interface Options {
  text: () => string
  mentions: () => readonly MentionRange[]
  mode: () => ComposerMode
  send: SendMessage
  /** Makes the text another one. */
  replaceAll: (text: string) => void
  onSent: () => void
}

interface Sending {
  /** Words for why what was typed is still there. */
  problem: ShallowRef<string | undefined>
  submit(): void
}

/** What becomes of a text that somebody wants to send: a message, a command that leads elsewhere, or words for why not. */
export const useSending = ({ text, mentions, mode, send, replaceAll, onSent }: Options): Sending => {
  const obey = inject(obeyKey, () => undefined)
  const problem = shallowRef<string>()
  let isObeying = false

  /** Whoever carries it out takes the text away; what could not be done stays, with words for why. */
  const finishCommand = async (outcome: Promise<string | undefined>) => {
    isObeying = true
    try {
      problem.value = await outcome
    } finally {
      isObeying = false
    }
  }

  const say = (...message: Parameters<SendMessage>) => {
    const isDraft = mode().type !== 'edit'
    const result = send(...message)
    problem.value = result.ok ? undefined : sentencesFor(result.problem)
    if (!result.ok) return
    // After an edit the mode may have changed back, and the draft has waited for that.
    if (isDraft) replaceAll('')
    onSent()
  }

  return {
    problem,
    submit() {
      if (text().trim() === '' || isObeying) return
      const outcome = mode().type === 'edit' ? undefined : obey(text().trim())
      if (outcome) {
        void finishCommand(outcome)
        return
      }
      const read = readLine(text(), mentions())
      if (read.type === 'problem') problem.value = read.words
      // The list of all commands opens over a slash.
      else if (read.type === 'help') replaceAll('/')
      else say(read.text, read.mentions, read.extras)
    },
  }
}
