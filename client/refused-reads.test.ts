import { expect, test, vi } from 'vitest'
import { createValue } from './core/value.ts'
import type { AppState } from './features/app-state.ts'
import { tellRefusedReads } from './refused-reads.ts'
import { StoreReadError, toStoreProblem } from './store/store-problem.ts'

const ready = { status: 'ready' } as AppState

const reject = (state: AppState, reason: unknown) => {
  const app = createValue(state)
  const preventDefault = vi.fn()
  tellRefusedReads(app)({ reason, preventDefault })
  return { state: app.get(), isDealtWith: preventDefault.mock.calls.length > 0 }
}
const refused = (why: Error) => new StoreReadError(toStoreProblem(why), why)

test('ux 42: a disk that refuses what is read is told of', () => {
  const { state, isDealtWith } = reject(ready, refused(new DOMException('broken', 'UnknownError')))
  expect(state).toEqual({
    status: 'broken',
    problem: { type: 'storeFailed', detail: 'UnknownError: broken' },
  })
  expect(isDealtWith).toBe(true)
})

test('P7: what was asked of a disk that another tab has now takes nobody’s screen', () => {
  const closed = refused(new DOMException('closing', 'InvalidStateError'))
  expect(reject(ready, closed)).toEqual({ state: ready, isDealtWith: true })
  const cut = refused(new DOMException('cut short', 'AbortError'))
  expect(reject({ status: 'taken' }, cut)).toEqual({ state: { status: 'taken' }, isDealtWith: true })
})

test('what is no matter of the disk stays a bug', () => {
  for (const bug of [
    new TypeError('x is undefined'),
    new DOMException('play() was interrupted', 'AbortError'),
  ])
    expect(reject(ready, bug)).toEqual({ state: ready, isDealtWith: false })
})
