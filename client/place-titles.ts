import type { Person } from './core/hearth.ts'
import type { Place } from './features/layout/screen.ts'
import { t, type WordKey } from './ui/language/language.ts'

const titles = {
  settings: 'windows.titles.settings',
  profile: 'windows.titles.profile',
  password: 'windows.titles.password',
  phrase: 'windows.titles.phrase',
  devices: 'windows.titles.devices',
  linkDevice: 'windows.titles.linkDevice',
  lock: 'windows.titles.lock',
  notifications: 'windows.titles.notifications',
  privacy: 'windows.titles.privacy',
  appearance: 'windows.titles.appearance',
  connection: 'windows.titles.connection',
  storage: 'windows.titles.storage',
  search: 'windows.titles.search',
  refusals: 'windows.titles.refusals',
  family: 'windows.titles.family',
  invite: 'windows.titles.invite',
  server: 'windows.titles.server',
  verify: 'windows.titles.verify',
} as const satisfies Record<Exclude<Place['name'], 'person'>, WordKey>

export const titleOf = (place: Place, person: Person | undefined): string => {
  if (place.name === 'person') return person?.name ?? t('windows.titles.somebody')
  if (place.name === 'verify' && person) return t('windows.titles.verifyWith', { name: person.name })
  return t(titles[place.name])
}
