import type { Result } from '../../shared/result.ts'

/** What a bench is sure of while it measures, so that none is fast by leaving something out. */
export const mustBe = (isSo: boolean, claim: string): void => {
  if (!isSo) throw new Error(`not so: ${claim}`)
}

export const must = <Value>(value: Value | undefined, what: string): Value => {
  if (value === undefined) throw new Error(`there is no ${what}`)
  return value
}

export const mustHave = <Value>(result: Result<Value, { type: string }>): Value => {
  if (!result.ok) throw new Error(result.problem.type)
  return result.value
}
