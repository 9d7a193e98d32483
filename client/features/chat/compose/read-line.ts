import type { MentionRange } from '../../../core/hearth.ts'
import { t } from '../../../ui/language/language.ts'
import { explainPoll, parseCommand } from '../commands.ts'
import type { MessageExtras } from './composer-mode.ts'
import { trimText } from './move-mentions.ts'

/** What is to be done with what was typed, once it leads nowhere else. */
export type ReadLine =
  | { type: 'message'; text: string; mentions: readonly MentionRange[]; extras: MessageExtras }
  | { type: 'help' }
  | { type: 'problem'; words: string }

const message = (
  { text, mentions }: { text: string; mentions: readonly MentionRange[] },
  extras: MessageExtras = {},
): ReadLine => ({ type: 'message', text, mentions, extras })

/** A message as the room gets it, of what was typed: `/me`, `/shrug` and `/poll` become what they say. */
export const readLine = (typed: string, mentions: readonly MentionRange[]): ReadLine => {
  const command = parseCommand(typed)
  switch (command?.type) {
    case 'help':
      return { type: 'help' }
    case 'action': {
      const action = trimText(typed, mentions, command.start)
      return action.text === ''
        ? { type: 'problem', words: t('chat.commands.me.missing') }
        : message(action, { isAction: true })
    }
    case 'shrug':
      return message({
        text: command.text,
        mentions: trimText(typed, mentions, typed.indexOf('/') + '/shrug'.length).mentions,
      })
    case 'poll': {
      const { question, options } = command
      const words = explainPoll(command)
      if (words !== undefined) return { type: 'problem', words }
      return message({ text: question, mentions: [] }, { poll: { options, allowsSeveral: false } })
    }
    case 'direct':
    case 'join':
    case 'topic':
    case 'invite':
    case 'leave':
    case undefined:
      return message(trimText(typed, mentions))
  }
}

/** Whether others should see that somebody writes: not while it is a command that says nothing here. */
export const isWrittenHere = (typed: string): boolean => {
  const command = parseCommand(typed)
  return typed.trim() !== '' && (!command || ['action', 'shrug', 'poll'].includes(command.type))
}
