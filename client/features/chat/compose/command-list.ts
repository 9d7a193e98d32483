/** A command as the list under `/` shows it. */
export interface CommandHelp {
  name: string
  /** What is written behind it. */
  takes: string
  help: string
}

const commands: readonly CommandHelp[] = [
  { name: 'dm', takes: 'name, message', help: 'Write to one person alone' },
  { name: 'help', takes: '', help: 'Show all of these' },
  { name: 'invite', takes: '', help: 'Invite somebody into the family' },
  { name: 'join', takes: 'room', help: 'Go into an open room' },
  { name: 'leave', takes: '', help: 'Leave this room' },
  { name: 'me', takes: 'waves', help: 'Tell what you are doing' },
  { name: 'poll', takes: 'question | answer | answer', help: 'Ask everybody, who answer in one tap' },
  { name: 'shrug', takes: 'message', help: 'Who knows? ¯\\_(ツ)_/¯' },
]

/** Those that begin so; none where the whole of one is there already, so that Enter carries it out. */
export const findCommands = (query: string): readonly CommandHelp[] => {
  const wanted = query.toLowerCase()
  if (commands.some(({ name }) => name === wanted)) return []
  return commands.filter(({ name }) => name.startsWith(wanted))
}
