import type { Room } from '../../core/hearth.ts'
import type { WordKey } from '../../ui/language/language.ts'

type Keep = Room['keep']

/** How long a room is kept, in each sentence that says it. */
interface KeepWords {
  /** A room's own line. */
  kept: WordKey
  setByYou: WordKey
  setByOther: WordKey
}

export const keepWords = {
  forever: {
    kept: 'chat.header.kept.forever',
    setByYou: 'chat.event.keptByYou.forever',
    setByOther: 'chat.event.keptByOther.forever',
  },
  year: {
    kept: 'chat.header.kept.year',
    setByYou: 'chat.event.keptByYou.year',
    setByOther: 'chat.event.keptByOther.year',
  },
  month: {
    kept: 'chat.header.kept.month',
    setByYou: 'chat.event.keptByYou.month',
    setByOther: 'chat.event.keptByOther.month',
  },
  week: {
    kept: 'chat.header.kept.week',
    setByYou: 'chat.event.keptByYou.week',
    setByOther: 'chat.event.keptByOther.week',
  },
} as const satisfies Readonly<Record<Keep, KeepWords>>
