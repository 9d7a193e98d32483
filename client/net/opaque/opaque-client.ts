import * as v from 'valibot'
import type { Opaque } from '../../core/account/opaque.ts'
import type { Clock, Timer } from '../../core/ports.ts'
import { accountLimits } from '../../../shared/limits.ts'
import {
  loggedInSchema,
  opaqueAnswerSchema,
  opaqueQuestionSchema,
  registeredSchema,
  startedSchema,
  type OpaqueQuestion,
} from './opaque-messages.ts'

/** The part of a Worker that is used. */
export interface OpaqueWorker {
  postMessage(question: OpaqueQuestion): void
  terminate(): void
  onmessage: ((event: MessageEvent<unknown>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export interface OpaqueClientOptions {
  openWorker: () => OpaqueWorker
  clock: Clock
}

type Unnumbered<Question> = Question extends unknown ? Omit<Question, 'id'> : never

/**
 * OPAQUE in a worker of its own, opened when first needed. It ends with the second half of what was begun, when it fails or
 * takes too long, and when the second half does not come: so the password and 64 MiB do not stay.
 */
export const createOpaque = ({ openWorker, clock }: OpaqueClientOptions): Opaque => {
  let worker: OpaqueWorker | undefined
  let timer: Timer | undefined
  let lastId = 0
  const waiting = new Map<number, (outcome: unknown) => void>()

  const end = (): void => {
    if (timer !== undefined) clock.clearTimer(timer)
    timer = undefined
    worker?.terminate()
    worker = undefined
    for (const answer of waiting.values()) answer(undefined)
    waiting.clear()
  }
  const endAfter = (patienceMs: number): void => {
    if (timer !== undefined) clock.clearTimer(timer)
    timer = clock.setTimer(end, patienceMs)
  }
  const hear = (data: unknown): void => {
    const answer = v.safeParse(opaqueAnswerSchema, data)
    if (!answer.success) return end()
    waiting.get(answer.output.id)?.(answer.output.outcome)
    waiting.delete(answer.output.id)
  }

  /** Undefined where the browser would not open one: a file that did not come tells of itself by `onerror`. */
  const open = (): OpaqueWorker | undefined => {
    if (worker) return worker
    try {
      worker = openWorker()
    } catch {
      return undefined
    }
    worker.onmessage = ({ data }) => hear(data)
    worker.onerror = end
    return worker
  }

  const ask = async <Schema extends v.GenericSchema>(
    question: Unnumbered<OpaqueQuestion>,
    schema: Schema,
  ): Promise<v.InferOutput<Schema> | undefined> => {
    const outcome = await new Promise<unknown>((resolve) => {
      // What a server answered comes through here: what is no message of OPAQUE's needs no worker.
      const numbered = v.safeParse(opaqueQuestionSchema, { ...question, id: ++lastId })
      const opened = numbered.success ? open() : undefined
      if (!numbered.success || !opened) return resolve(undefined)
      waiting.set(numbered.output.id, resolve)
      endAfter(accountLimits.opaqueAnswerMs)
      opened.postMessage(numbered.output)
    })
    const parsed = v.safeParse(schema, outcome)
    return parsed.success ? parsed.output : undefined
  }

  const start = async (call: 'startRegistration' | 'startLogin', password: string) => {
    const started = await ask({ call, password }, startedSchema)
    if (worker && waiting.size === 0) endAfter(accountLimits.opaqueIdleMs)
    return started
  }
  const finish: typeof ask = async (question, schema) => {
    const finished = await ask(question, schema)
    if (waiting.size === 0) end()
    return finished
  }

  return {
    prepare() {
      if (open() && waiting.size === 0) endAfter(accountLimits.opaqueIdleMs)
    },
    startRegistration: (password) => start('startRegistration', password),
    finishRegistration: (password, state, response) =>
      finish({ call: 'finishRegistration', password, state, response }, registeredSchema),
    startLogin: (password) => start('startLogin', password),
    finishLogin: (password, state, response) =>
      finish({ call: 'finishLogin', password, state, response }, loggedInSchema),
  }
}
