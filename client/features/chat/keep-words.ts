import type { Room } from '../../core/hearth.ts'

type Keep = Room['keep']

/** How long a room is kept: as a choice, and within a sentence. */
export const keepWords: Readonly<Record<Keep, { choice: string; then: string }>> = {
  forever: { choice: 'For ever', then: 'for ever' },
  year: { choice: '1 year', then: 'for a year' },
  month: { choice: '1 month', then: 'for a month' },
  week: { choice: '1 week', then: 'for a week' },
}

/** In the order in which they are offered. */
export const keepChoices: readonly Keep[] = ['forever', 'year', 'month', 'week']
