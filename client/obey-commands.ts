import { foldName } from '../shared/names.ts'
import type { AccountId } from '../shared/identifiers.ts'
import type { Hearth } from './core/hearth.ts'
import type { LogId } from './core/ports.ts'
import { explainAddressee, findAddressee, parseCommand, type Obey } from './features/chat/commands.ts'
import type { Drafts } from './features/chat/drafts.ts'
import { t } from './ui/language/language.ts'
import { sentencesFor } from './ui/words.ts'

/** Keyboards make other dashes of it. */
const dash = /^\p{Pd}$/u

interface ObeyOptions {
  hearth: Pick<Hearth, 'people' | 'openDirect' | 'rooms' | 'joinRoom' | 'setTopic'>
  drafts: Drafts
  /** The room whose composer is on the screen. */
  room: () => LogId | undefined
  goTo: (room: LogId) => void
  /** Opens the page where people are invited; false where one may not. */
  invite?: () => boolean
  /** Asks whether to leave the room that is on the screen. */
  leave?: () => void
}

/** Carries out the commands that lead out of the composer (ux 19): those that say something in the room are the composer's. */
export const createObey = ({ hearth, drafts, room, goTo, invite, leave }: ObeyOptions): Obey => {
  /** What was changed since then is not the command any more. */
  const clear = (from: LogId | undefined, typed: string) => {
    if (from !== undefined && drafts.read(from).trim() === typed) drafts.write(from, '')
  }

  /** The text goes along as a draft, and never over one that is there (ux 17). */
  const write = async (account: AccountId, text: string, typed: string): Promise<string | undefined> => {
    const from = room()
    const opened = await hearth.openDirect(account)
    if (!opened.ok) return sentencesFor(opened.problem)
    clear(from, typed)
    const draft = drafts.read(opened.value)
    if (text !== '') drafts.write(opened.value, draft === '' ? text : `${draft}\n${text}`)
    goTo(opened.value)
    return undefined
  }
  const direct = async (rest: string, typed: string): Promise<string | undefined> => {
    const found = findAddressee(rest, hearth.people.get())
    return found.type === 'person' ? write(found.person.id, found.text, typed) : explainAddressee(found)
  }

  const join = async (name: string, typed: string): Promise<string | undefined> => {
    if (name === '') return t('home.commands.joinNeedsName')
    const from = room()
    const wanted = foldName(name.trim())
    const found = hearth.rooms.get().find((one) => one.kind !== 'direct' && foldName(one.name) === wanted)
    if (!found) return t('home.commands.noSuchRoom', { name })
    const joined = found.isJoined ? undefined : await hearth.joinRoom(found.id)
    if (joined && !joined.ok) return sentencesFor(joined.problem)
    clear(from, typed)
    goTo(found.id)
    return undefined
  }

  /** Alone it only tells, so that nobody takes a topic away who came to read it. */
  const setTopic = async (words: string, typed: string): Promise<string | undefined> => {
    const here = hearth.rooms.get().find(({ id }) => id === room())
    if (!here || here.kind === 'direct') return t('home.commands.twoHaveNoTopic')
    if (words === '')
      return here.topic === undefined
        ? t('home.commands.noTopic')
        : t('home.commands.topicIs', { topic: here.topic })
    const set = await hearth.setTopic(here.id, dash.test(words) ? '' : words)
    if (!set.ok)
      return set.problem.type === 'roleTooLow' ? t('home.commands.mayNotSetTopic') : sentencesFor(set.problem)
    clear(here.id, typed)
    return undefined
  }

  const askToLeave = (typed: string): string | undefined => {
    const here = hearth.rooms.get().find(({ id }) => id === room())
    if (!leave || !here || here.isGeneral || here.kind === 'direct') return t('home.commands.nobodyLeaves')
    clear(here.id, typed)
    leave()
    return undefined
  }
  const openInvitation = (typed: string): string | undefined => {
    const from = room()
    if (!invite?.()) return t('home.commands.mayNotInvite')
    clear(from, typed)
    return undefined
  }

  return (typed) => {
    const command = parseCommand(typed)
    switch (command?.type) {
      case 'direct':
        return direct(command.rest, typed)
      case 'join':
        return join(command.name, typed)
      case 'topic':
        return setTopic(command.words, typed)
      case 'invite':
        return Promise.resolve(openInvitation(typed))
      case 'leave':
        return Promise.resolve(askToLeave(typed))
      case 'action':
      case 'shrug':
      case 'poll':
      case 'help':
      case undefined:
        return undefined
    }
  }
}
