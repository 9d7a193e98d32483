import type { AccountId } from '../shared/identifiers.ts'
import type { Hearth } from './core/hearth.ts'
import type { LogId } from './core/ports.ts'
import type { RoomDialog } from './features/rooms/room-dialog.ts'
import { asked, nothingAsked } from './features/search/asked.ts'
import type { CommandName, Target } from './features/switcher/goals.ts'

type Window = 'search' | 'family' | 'invite' | 'settings' | 'notifications' | 'devices'

const dialogs: Readonly<Partial<Record<CommandName, RoomDialog>>> = {
  newMessage: { name: 'newMessage' },
  newRoom: { name: 'new' },
  browse: { name: 'browse' },
}

/** Carries out what was chosen in the switcher. */
export const createGoToTarget =
  (options: {
    hearth: Pick<Hearth, 'openDirect'>
    goTo: (room: LogId) => void
    openWindow: (name: Window) => void
    openPerson: (account: AccountId) => void
    ask: (dialog: RoomDialog) => void
  }) =>
  async (target: Target): Promise<void> => {
    const { hearth, goTo, openWindow, openPerson, ask } = options
    if (target.type === 'room') return goTo(target.room)
    if (target.type === 'person') {
      const opened = await hearth.openDirect(target.account)
      // Their page tells what is wrong when it is tried from there.
      return opened.ok ? goTo(opened.value) : openPerson(target.account)
    }
    if (target.type === 'search') {
      asked.value = { ...nothingAsked, words: target.words }
      return openWindow('search')
    }
    const dialog = dialogs[target.name]
    if (dialog) ask(dialog)
    else openWindow(target.name as Window)
  }
