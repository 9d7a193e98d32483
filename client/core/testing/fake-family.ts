import * as v from 'valibot'
import { deviceIdSchema } from '../../../shared/identifiers.ts'
import type { Person } from '../hearth.ts'
import type { LogId } from '../ports.ts'

/** An invented family, for looking at the screen without a network. */

export const fakePerson = (name: string, is: { isMe?: boolean; isHere?: boolean } = {}): Person => ({
  device: v.parse(
    deviceIdSchema,
    name
      .replace(/[^A-Za-z0-9]/gu, '')
      .padEnd(43, '_')
      .slice(0, 43),
  ),
  name,
  isMe: is.isMe ?? false,
  isHere: is.isHere ?? false,
})

export const fakeLogId = (name: string): LogId =>
  name
    .replace(/[^A-Za-z0-9]/gu, '')
    .padEnd(22, '_')
    .slice(0, 22) as LogId

export const anna = fakePerson('Anna', { isMe: true, isHere: true })
export const bob = fakePerson('Bob', { isHere: true })
export const mia = fakePerson('Mia Lindqvist', { isHere: true })
export const grandpa = fakePerson('Grandpa Joe')
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
