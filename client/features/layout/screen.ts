import * as v from 'valibot'
import { accountIdSchema, type AccountId } from '../../../shared/identifiers.ts'
import type { LogId } from '../../core/ports.ts'

export const plainPlaces = [
  'settings',
  'profile',
  'password',
  'phrase',
  'devices',
  'linkDevice',
  'lock',
  'notifications',
  'privacy',
  'appearance',
  'connection',
  'storage',
  'search',
  'refusals',
  'family',
  'invite',
  'server',
] as const
const personPlaces = ['person', 'verify'] as const

/** A window over the chat. What it shows of a person or asks for is not in here: history is kept on disk. */
const placeSchema = v.variant('name', [
  v.object({ name: v.picklist(plainPlaces) }),
  v.object({ name: v.picklist(personPlaces), person: accountIdSchema }),
])
export type Place = v.InferOutput<typeof placeSchema>
export type PlaceName = Place['name']

/** More windows than this over one another are none that a person opened. */
export const maxPlaces = 12
const placesSchema = v.pipe(v.array(placeSchema), v.maxLength(maxPlaces))

export interface Screen {
  /** None: the list of rooms. */
  room?: LogId
  /** The people lie over the room. */
  people?: true
  /** The windows over everything, the topmost last. */
  over?: readonly Place[]
}

export const isSamePlace = (one: Place, other: Place): boolean =>
  one.name === other.name && personOf(one) === personOf(other)

export const personOf = (place: Place): AccountId | undefined =>
  'person' in place ? place.person : undefined

/** Where one looks at somebody: at oneself, in the settings. */
export const placeOf = (person: AccountId, me: AccountId): Place =>
  person === me ? { name: 'settings' } : { name: 'person', person }

/** Tells the windows apart that lie over one another at the same time. */
export const keyOf = (place: Place, depth: number): string => [depth, place.name, personOf(place)].join(' ')

/** Reads what was put into the browser's history, perhaps by an older version of ourselves. */
export const readScreen = (state: unknown): Screen => {
  if (typeof state !== 'object' || state === null || !('hearth' in state)) return {}
  const { hearth } = state
  if (typeof hearth !== 'object' || hearth === null) return {}
  const room = 'room' in hearth && typeof hearth.room === 'string' ? (hearth.room as LogId) : undefined
  const over = v.safeParse(placesSchema, 'over' in hearth ? hearth.over : undefined)
  return {
    ...(room !== undefined && { room }),
    ...('people' in hearth && hearth.people === true && { people: true as const }),
    ...(over.success && over.output.length > 0 && { over: over.output }),
  }
}
