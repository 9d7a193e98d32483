import type { WordKey } from '../../../ui/language/language.ts'

/** A command as the list under `/` shows it. */
export interface CommandHelp {
  name: string
  /** What is written behind it. */
  takes?: WordKey
  help: WordKey
}

const commands: readonly CommandHelp[] = [
  { name: 'dm', takes: 'chat.commands.dm.takes', help: 'chat.commands.dm.help' },
  { name: 'help', help: 'chat.commands.help.help' },
  { name: 'invite', help: 'chat.commands.invite.help' },
  { name: 'join', takes: 'chat.commands.join.takes', help: 'chat.commands.join.help' },
  { name: 'leave', help: 'chat.commands.leave.help' },
  { name: 'me', takes: 'chat.commands.me.takes', help: 'chat.commands.me.help' },
  { name: 'poll', takes: 'chat.commands.poll.takes', help: 'chat.commands.poll.help' },
  { name: 'shrug', takes: 'chat.commands.shrug.takes', help: 'chat.commands.shrug.help' },
  { name: 'topic', takes: 'chat.commands.topic.takes', help: 'chat.commands.topic.help' },
]

/** Those that begin so; none where the whole of one is there already, so that Enter carries it out. */
export const findCommands = (query: string): readonly CommandHelp[] => {
  const wanted = query.toLowerCase()
  if (commands.some(({ name }) => name === wanted)) return []
  return commands.filter(({ name }) => name.startsWith(wanted))
}
