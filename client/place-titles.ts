import type { Person } from './core/hearth.ts'
import type { Place } from './features/layout/screen.ts'
import { t, type WordKey } from './ui/language/language.ts'

const titles = {
  settings: 'home.titles.settings',
  profile: 'home.titles.profile',
  password: 'home.titles.password',
  phrase: 'home.titles.phrase',
  devices: 'home.titles.devices',
  linkDevice: 'home.titles.linkDevice',
  lock: 'home.titles.lock',
  notifications: 'home.titles.notifications',
  privacy: 'home.titles.privacy',
  appearance: 'home.titles.appearance',
  connection: 'home.titles.connection',
  refusals: 'home.titles.refusals',
  family: 'home.titles.family',
  invite: 'home.titles.invite',
  server: 'home.titles.server',
  verify: 'home.titles.verify',
} as const satisfies Record<Exclude<Place['name'], 'person'>, WordKey>

export const titleOf = (place: Place, person: Person | undefined): string => {
  if (place.name === 'person') return person?.name ?? t('home.titles.somebody')
  if (place.name === 'verify' && person) return t('home.titles.verifyWith', { name: person.name })
  return t(titles[place.name])
}
