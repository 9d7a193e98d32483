import type { Catalogue } from '../catalogue.ts'
import account from './account.json'
import appearance from './appearance.json'
import arrival from './arrival.json'
import call from './call.json'
import chat from './chat.json'
import connection from './connection.json'
import diagnostics from './diagnostics.json'
import doctor from './doctor.json'
import family from './family.json'
import home from './home.json'
import moments from './moments.json'
import notify from './notify.json'
import people from './people.json'
import problems from './problems.json'
import rooms from './rooms.json'
import server from './server.json'
import share from './share.json'
import switcher from './switcher.json'
import trust from './trust.json'
import ui from './ui.json'

export const catalogue: Catalogue = {
  account,
  appearance,
  arrival,
  call,
  chat,
  connection,
  diagnostics,
  doctor,
  family,
  home,
  moments,
  notify,
  people,
  problems,
  rooms,
  server,
  share,
  switcher,
  trust,
  ui,
}
