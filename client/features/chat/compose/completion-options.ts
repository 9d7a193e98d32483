import type { MentionRange, Person } from '../../../core/hearth.ts'
import type { Emoji } from '../../../ui/emoji/emoji-data.ts'
import { findEmoji } from '../../../ui/emoji/find-emoji.ts'
import { t, tCount, type WordKey } from '../../../ui/language/language.ts'
import { findCommands } from './command-list.ts'
import { findMentioned } from './find-mentioned.ts'
import type { Trigger } from './trigger.ts'

/** One line of the list above the composer. */
export interface CompletionOption {
  key: string
  /** An emoji, where it is one. */
  sign?: string
  /** Whom it names. */
  person?: Person
  label: string
  /** What is written behind a command. */
  takes?: string
  note: string
  /** What stands in the text once it is picked. */
  insert: string
}

interface Sources {
  people: readonly Person[]
  /** Undefined until they are here. */
  emoji: readonly Emoji[] | undefined
  mentions: readonly MentionRange[]
}

const maxEmoji = 8

/** What may be meant, the best first; nothing where nothing fits. */
export const completionOptions = (
  trigger: Trigger | undefined,
  { people, emoji = [], mentions }: Sources,
): readonly CompletionOption[] => {
  switch (trigger?.type) {
    case 'person':
      // Whom the list named already is no question any more.
      if (mentions.some(({ start }) => start === trigger.start)) return []
      return findMentioned(trigger.query, people).map((person) => ({
        key: person.id,
        person,
        label: person.name,
        note: person.status,
        insert: `@${person.name}`,
      }))
    case 'emoji':
      return findEmoji(emoji, trigger.query, maxEmoji).map((found) => ({
        key: found.emoji,
        sign: found.emoji,
        label: `:${found.codes[0] ?? found.name}:`,
        note: found.name,
        insert: found.emoji,
      }))
    case 'command':
      return findCommands(trigger.query).map(({ name, takes, help }) => ({
        key: name,
        label: `/${name}`,
        ...(takes && { takes: t(takes) }),
        note: t(help),
        insert: `/${name}`,
      }))
    case undefined:
      return []
  }
}

const listNames = {
  person: 'chat.suggested.people',
  emoji: 'chat.suggested.emoji',
  command: 'chat.suggested.commands',
} as const satisfies Record<Trigger['type'], WordKey>

/** How the list is called. */
export const nameList = ({ type }: Trigger): string => t(listNames[type])

/** Told to those who do not see the list open. */
export const announceList = (trigger: Trigger | undefined, count: number): string =>
  trigger && count > 0 ? tCount('chat.suggested.announced', count, { list: nameList(trigger) }) : ''
