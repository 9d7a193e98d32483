/** The outcome of what can be expected to fail: a value, never an exception (docs/style). */
export type Result<Value, Problem> = { ok: true; value: Value } | { ok: false; problem: Problem }

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })

export const fail = <Problem>(problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem })
