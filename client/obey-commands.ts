import type { AccountId } from '../shared/identifiers.ts'
import type { Hearth } from './core/hearth.ts'
import type { LogId } from './core/ports.ts'
import { explainAddressee, findAddressee, parseCommand, type Obey } from './features/chat/commands.ts'
import type { Drafts } from './features/chat/drafts.ts'
import { sentencesFor } from './ui/words.ts'

interface DirectOptions {
  hearth: Pick<Hearth, 'people' | 'openDirect'>
  drafts: Drafts
  /** The room whose composer is on the screen. */
  room: () => LogId | undefined
  goTo: (room: LogId) => void
}

/** Carries out `/dm`: the text goes along as a draft, and never over one that is there (ux 17, 19). */
export const createObey = ({ hearth, drafts, room, goTo }: DirectOptions): Obey => {
  const write = async (account: AccountId, text: string, typed: string): Promise<string | undefined> => {
    const from = room()
    const opened = await hearth.openDirect(account)
    if (!opened.ok) return sentencesFor(opened.problem)
    // What was changed since then is not the command any more.
    if (from !== undefined && drafts.read(from).trim() === typed) drafts.write(from, '')
    const draft = drafts.read(opened.value)
    if (text !== '') drafts.write(opened.value, draft === '' ? text : `${draft}\n${text}`)
    goTo(opened.value)
    return undefined
  }

  return (typed) => {
    const command = parseCommand(typed)
    if (!command) return undefined
    const found = findAddressee(command.rest, hearth.people.get())
    return found.type === 'person'
      ? write(found.person.id, found.text, typed)
      : Promise.resolve(explainAddressee(found))
  }
}
