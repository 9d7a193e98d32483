import * as v from 'valibot'
import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import {
  accountIdSchema,
  deviceIdSchema,
  type AccountId,
  type DeviceId,
} from '../../../shared/identifiers.ts'
import type { Person } from '../hearth.ts'
import type { LogId } from '../ports.ts'

/** An invented family, for looking at the screen without a network. */

const lettersOf = (name: string, length: number) =>
  name
    .replace(/[^A-Za-z0-9]/gu, '')
    .padEnd(length, '_')
    .slice(0, length)

export const fakeAccountId = (name: string): AccountId => v.parse(accountIdSchema, lettersOf(name, 43))
export const fakeDeviceId = (name: string): DeviceId => v.parse(deviceIdSchema, lettersOf(name, 43))
export const fakeLogId = (name: string): LogId => lettersOf(name, 22) as LogId

export const fakePerson = (name: string, is: Partial<Omit<Person, 'id' | 'name'>> = {}): Person => ({
  id: fakeAccountId(name),
  name,
  isMe: false,
  isHere: false,
  role: 'member',
  status: '',
  picture: undefined,
  isRemoved: false,
  isVerified: false,
  isBlocked: false,
  hasNewIdentity: false,
  ...is,
})

/** Two small PNGs: a morning and an evening in the hills. */
const morning = fromBase64Url(
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAIAAABvFaqvAAAAuUlEQVR42mOImnaJKoghfsYFqiCGlFnnqYIYsuacIxX9f7MKU5Ahf95Z4hHQCGSELMVQuuA08QjNIGQphqpFp4hEaKZAEFyWoX7JSeIRminIUgyty04Qj9AMQpZi6FpxjFQENAJTkGHCqqNUQQxT1xyhCmKYvf4wVRDDgo0HiURuFQFAhEuWYenmA_gRRD8awlTGABRdvXU_LoTVFDhCVskAEdqwfR8awm8EHMHVMxCpgSAaNWgoGgQAoFi6yiyyQ1oAAAAASUVORK5CYII',
)
const evening = fromBase64Url(
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAIAAABvFaqvAAAAtklEQVR42mP41RNFFcTwpSOaKojhfWsMVRDDy6ZYUtH_N6swBRme1MUTj4BGICNkKYZ71QnEIzSDkKUYblYkEonQTIEguCzDlZIk4hGaKchSDOcKU4hHaAYhSzGczEslFQGNwBRkOJyVRhXEsC89nSqIYWdKJlUQw-aELCKRkUYAEOGSZVgXm40fQfSjIUxlDEDRFVE5uBBWU-AIWSUDRGhxWB4awm8EHMHVMxCpgSAaNWgoGgQAz3oKWYdwT5QAAAAASUVORK5CYII',
)

export const anna = fakePerson('Anna', { isMe: true, isHere: true, role: 'owner', picture: morning })
export const bob = fakePerson('Bob', {
  isHere: true,
  role: 'admin',
  isVerified: true,
  status: 'At sea until May',
})
export const mia = fakePerson('Mia Lindqvist', { isHere: true, picture: evening })
export const grandpa = fakePerson('Grandpa Joe', { status: 'Please call, I type slowly' })
export const layla = { ...fakePerson('Layla', { isHere: true }), name: 'ليلى' }
export const everybody: readonly Person[] = [anna, bob, mia, grandpa, layla]

const sayings = [
  'Has anybody seen the blue umbrella?',
  'It is in the car, I think. Or was. I lent it to the neighbours when it poured on Thursday.',
  'Soup is on the stove. Whoever comes home first may stir it.',
  '🍲',
  'On my way, ten minutes',
  'The train is late again. I will be there for dinner, but do not wait with the starter.',
  'Could you bring bread?\nAnd butter.\nAnd whatever looks good.',
  'Yes!',
  'Look what the garden did over night: https://garden.example/tomatoes/2026?view=all.',
  'Grandma would have loved that.',
  'Who is driving to the lake on Saturday?',
  'I can take four, if somebody else takes the dog.',
  'هل ستأتون يوم الجمعة؟ اشتقنا إليكم كثيرا',
  'So good. Thank you for yesterday, all of you.',
  'The boiler man comes at 9. Please somebody be there, I am in the dentist’s chair until half past ten.',
  '👏👏',
] as const

/** The same choice for the same number, without a random source. */
export const fakeSaying = (index: number): string =>
  sayings[(index * 7 + (index >> 3)) % sayings.length] ?? ''
