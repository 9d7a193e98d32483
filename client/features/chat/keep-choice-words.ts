import type { Room } from '../../core/hearth.ts'
import type { WordKey } from '../../ui/language/language.ts'

type Keep = Room['keep']

/** How long a room is to be kept, as it is offered; and as it is told to whoever may not change it, with the room's name. */
export const keepChoiceWords = {
  forever: { choice: 'roomDialogs.keep.choice.forever', told: 'roomDialogs.keep.told.forever' },
  year: { choice: 'roomDialogs.keep.choice.year', told: 'roomDialogs.keep.told.year' },
  month: { choice: 'roomDialogs.keep.choice.month', told: 'roomDialogs.keep.told.month' },
  week: { choice: 'roomDialogs.keep.choice.week', told: 'roomDialogs.keep.told.week' },
} as const satisfies Readonly<Record<Keep, { choice: WordKey; told: WordKey }>>

/** In the order in which they are offered. */
export const keepChoices: readonly Keep[] = ['forever', 'year', 'month', 'week']
