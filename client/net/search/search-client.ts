import * as v from 'valibot'
import { searchLimits } from '../../../shared/limits.ts'
import type { Clock } from '../../core/ports.ts'
import type { SearchWorker } from '../../core/search/ports.ts'
import {
  coversSchema,
  hitsSchema,
  packedSchema,
  searchAnswerSchema,
  type SearchQuestion,
} from './search-messages.ts'

/** The part of a Worker that is used. */
export interface SearchThread {
  postMessage(question: SearchQuestion): void
  terminate(): void
  onmessage: ((event: MessageEvent<unknown>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export interface SearchClientOptions {
  openWorker: () => SearchThread
  clock: Clock
}

type Unnumbered<Question> = Question extends unknown ? Omit<Question, 'id'> : never

/** The index in a worker of its own. Once that fails or thinks too long it is over: whoever asks gets nothing. */
export const createSearchClient = ({ openWorker, clock }: SearchClientOptions): SearchWorker => {
  const waiting = new Map<number, (outcome: unknown) => void>()
  let thread: SearchThread | undefined
  let lastId = 0

  const end = (): void => {
    thread?.terminate()
    thread = undefined
    for (const answer of waiting.values()) answer(undefined)
    waiting.clear()
  }
  /** Undefined where the browser would not open one: a file that did not come tells of itself by `onerror`. */
  const open = (): SearchThread | undefined => {
    try {
      return openWorker()
    } catch {
      return undefined
    }
  }
  thread = open()
  if (thread) {
    thread.onerror = end
    thread.onmessage = ({ data }) => {
      const answer = v.safeParse(searchAnswerSchema, data)
      if (!answer.success) return end()
      waiting.get(answer.output.id)?.(answer.output.outcome)
      waiting.delete(answer.output.id)
    }
  }

  const tell = (question: Unnumbered<SearchQuestion>): number => {
    const id = ++lastId
    thread?.postMessage({ ...question, id })
    return id
  }
  const ask = async <Schema extends v.GenericSchema>(
    question: Unnumbered<SearchQuestion>,
    schema: Schema,
  ): Promise<v.InferOutput<Schema> | undefined> => {
    if (!thread) return undefined
    const outcome = await new Promise<unknown>((resolve) => {
      const timer = clock.setTimer(end, searchLimits.answerMs)
      waiting.set(tell(question), (answer) => {
        clock.clearTimer(timer)
        resolve(answer)
      })
    })
    const parsed = v.safeParse(schema, outcome)
    return parsed.success ? parsed.output : undefined
  }

  return {
    put: (place, index) => ask({ call: 'put', place, index }, coversSchema),
    add: (place, { sayings, edits }) => {
      tell({ call: 'add', place, part: { sayings: [...sayings], edits: [...edits] } })
    },
    gather: (place, { sayings, edits }, isFirst) => {
      tell({ call: 'gather', place, part: { sayings: [...sayings], edits: [...edits] }, isFirst })
    },
    pack: (place, covers) => ask({ call: 'pack', place, covers: new Map(covers) }, packedSchema),
    hide: (place, { feed, seq }) => {
      tell({ call: 'hide', place, position: { feed, seq } })
    },
    drop: (place) => {
      tell({ call: 'drop', place })
    },
    find: (query, rooms) => ask({ call: 'find', query, rooms: new Set(rooms) }, hitsSchema),
    close: end,
  }
}
