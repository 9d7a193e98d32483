/** What Hearth says, by the part of the screen that says it. English is the one the others are held against. */
import account from './account.json'
import appearance from './appearance.json'
import arrival from './arrival.json'
import call from './call.json'
import diagnostics from './diagnostics.json'
import doctor from './doctor.json'
import family from './family.json'
import { first } from './first.ts'
import history from './history.json'
import laterProblems from './laterProblems.json'
import messageActions from './messageActions.json'
import notify from './notify.json'
import roomDialogs from './roomDialogs.json'
import search from './search.json'
import server from './server.json'
import share from './share.json'
import storage from './storage.json'
import switcher from './switcher.json'
import trust from './trust.json'
import ui from './ui.json'
import windows from './windows.json'

export const catalogue = {
  ...first,
  account,
  appearance,
  arrival,
  call,
  diagnostics,
  doctor,
  family,
  history,
  laterProblems,
  messageActions,
  notify,
  roomDialogs,
  search,
  server,
  share,
  storage,
  switcher,
  trust,
  ui,
  windows,
}
