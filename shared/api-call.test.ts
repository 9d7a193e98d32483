import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { callApi, doneSchema, type Send } from './api-call.ts'
import { apiProblemWords } from './api-problem.ts'

const request = { method: 'GET', path: '/api/x' } as const
const schema = v.strictObject({ name: v.string() })
const answering =
  (status: number, body: unknown): Send =>
  () =>
    Promise.resolve({ status, body })
const call = (status: number, body: unknown) => callApi(answering(status, body), request, schema)

test('an answer is parsed once, here', async () => {
  expect(await call(200, { name: 'Anna' })).toEqual({ ok: true, value: { name: 'Anna' } })
  expect(await callApi(answering(204, {}), request, doneSchema)).toEqual({ ok: true, value: {} })
})

test('what is sent is what was asked', async () => {
  const asked: unknown[] = []
  const send: Send = (sent) => {
    asked.push(sent)
    return Promise.resolve(undefined)
  }
  const post = { method: 'POST', path: '/api/y', body: { a: 1 } } as const
  expect(await callApi(send, post, schema)).toEqual({ ok: false, problem: { type: 'unreachable' } })
  expect(asked).toEqual([post])
})

test('an answer that is not ours, such as a hotel’s sign-in page, is nobody’s', async () => {
  const unreachable = { ok: false, problem: { type: 'unreachable' } }
  expect(await call(200, undefined)).toEqual(unreachable)
  expect(await call(200, { name: 'Anna', more: 1 })).toEqual(unreachable)
  expect(await call(302, { problem: 'hotel' })).toEqual(unreachable)
  expect(await call(404, '<html>')).toEqual(unreachable)
  expect(await call(502, '<html>')).toEqual({ ok: false, problem: { type: 'serverError' } })
})

test.each(apiProblemWords.filter((word) => word !== 'tooManyTries'))(
  'the word %s comes through',
  async (problem) => {
    expect(await call(403, { problem })).toEqual({ ok: false, problem: { type: problem } })
  },
)

test('A6: who is told to wait is told how long', async () => {
  const wait = (seconds: unknown) => call(429, { problem: 'tooManyTries', retryAfterSeconds: seconds })
  const told = (retryAfterSeconds: number) => ({
    ok: false,
    problem: { type: 'tooManyTries', retryAfterSeconds },
  })
  expect(await wait(7)).toEqual(told(7))
  expect(await wait(undefined)).toEqual(told(60))
  for (const wrong of [-1, 0.5, '7', Infinity]) expect((await wait(wrong)).ok).toBe(false)
})

test('whatever the server answers, a call ends with a value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 100, max: 599 }), fc.anything(), async (status, body) => {
      const answer = await call(status, body)
      expect(answer.ok || typeof answer.problem.type === 'string').toBe(true)
    }),
  )
})
