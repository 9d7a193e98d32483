import type { Room } from '../../core/hearth.ts'
import type { WordKey } from '../../ui/language/language.ts'

type Keep = Room['keep']

/** How long a room is kept, in each sentence that says it. */
interface KeepWords {
  choice: WordKey
  /** A room's own line. */
  kept: WordKey
  /** For who may not change it; with the room's name. */
  told: WordKey
  setByYou: WordKey
  setByOther: WordKey
}

export const keepWords = {
  forever: {
    choice: 'chat.keep.choice.forever',
    kept: 'chat.header.kept.forever',
    told: 'chat.keep.told.forever',
    setByYou: 'chat.event.keptByYou.forever',
    setByOther: 'chat.event.keptByOther.forever',
  },
  year: {
    choice: 'chat.keep.choice.year',
    kept: 'chat.header.kept.year',
    told: 'chat.keep.told.year',
    setByYou: 'chat.event.keptByYou.year',
    setByOther: 'chat.event.keptByOther.year',
  },
  month: {
    choice: 'chat.keep.choice.month',
    kept: 'chat.header.kept.month',
    told: 'chat.keep.told.month',
    setByYou: 'chat.event.keptByYou.month',
    setByOther: 'chat.event.keptByOther.month',
  },
  week: {
    choice: 'chat.keep.choice.week',
    kept: 'chat.header.kept.week',
    told: 'chat.keep.told.week',
    setByYou: 'chat.event.keptByYou.week',
    setByOther: 'chat.event.keptByOther.week',
  },
} as const satisfies Readonly<Record<Keep, KeepWords>>

/** In the order in which they are offered. */
export const keepChoices: readonly Keep[] = ['forever', 'year', 'month', 'week']
