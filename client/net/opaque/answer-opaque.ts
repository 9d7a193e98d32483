import * as v from 'valibot'
import type { Opaque } from '../../core/account/opaque.ts'
import { opaqueQuestionSchema, type OpaqueAnswer, type OpaqueQuestion } from './opaque-messages.ts'

const ask = (engine: Opaque, question: OpaqueQuestion): Promise<unknown> => {
  switch (question.call) {
    case 'startRegistration':
      return engine.startRegistration(question.password)
    case 'finishRegistration':
      return engine.finishRegistration(question.password, question.state, question.response)
    case 'startLogin':
      return engine.startLogin(question.password)
    case 'finishLogin':
      return engine.finishLogin(question.password, question.state, question.response)
  }
}

/** The worker's whole work. A message that is no question of ours gets no answer. */
export const answerOpaque = async (engine: Opaque, message: unknown): Promise<OpaqueAnswer | undefined> => {
  const question = v.safeParse(opaqueQuestionSchema, message)
  if (!question.success) return undefined
  return { id: question.output.id, outcome: await ask(engine, question.output) }
}
