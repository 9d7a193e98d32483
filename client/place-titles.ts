import type { Person } from './core/hearth.ts'
import type { Place } from './features/layout/screen.ts'

const titles: Readonly<Record<Exclude<Place['name'], 'person'>, string>> = {
  settings: 'Settings',
  profile: 'Name and picture',
  password: 'Password',
  phrase: 'Recovery phrase',
  devices: 'Devices',
  linkDevice: 'Link a device',
  lock: 'App lock',
  notifications: 'Notifications',
  privacy: 'Privacy',
  appearance: 'Appearance',
  connection: 'Connection',
  refusals: 'What was refused',
  family: 'Family',
  invite: 'Invite somebody',
  server: 'Server',
  verify: 'Safety number',
}

export const titleOf = (place: Place, person: Person | undefined): string => {
  if (place.name === 'person') return person?.name ?? 'Somebody'
  if (place.name === 'verify' && person) return `Safety number with ${person.name}`
  return titles[place.name]
}
