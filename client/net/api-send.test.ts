import { expect, test, vi } from 'vitest'
import { httpLimits } from '../../shared/limits.ts'
import { createApiSend, type Fetch } from './api-send.ts'

const setUp = (fetch: Fetch) => {
  const abort = new AbortController()
  const spy = vi.fn(fetch)
  const abortAfter = vi.fn(() => abort.signal)
  return { send: createApiSend({ fetch: spy, abortAfter }), spy, abort, abortAfter }
}

const answerWith = (status: number, text: string): Fetch => {
  return () => Promise.resolve(new Response(text, { status }))
}

test('A3: a request goes to this origin only, past every cache, as JSON', async () => {
  const { send, spy, abortAfter } = setUp(answerWith(200, '{"ok":true}'))
  expect(await send({ method: 'POST', path: '/api/x', body: { a: 1 } })).toEqual({
    status: 200,
    body: { ok: true },
  })
  expect(spy.mock.lastCall).toMatchObject([
    '/api/x',
    {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    },
  ])
  expect(abortAfter).toHaveBeenCalledWith(httpLimits.answerTimeoutMs)
  await send({ method: 'GET', path: '/api/y' })
  expect(spy.mock.lastCall?.[1]).not.toHaveProperty('body')
  expect(spy.mock.lastCall?.[1]).not.toHaveProperty('headers')
})

test('a refusal comes with its status, and a body that is not JSON is undefined', async () => {
  expect(await setUp(answerWith(403, '{"problem":"wrongLogin"}')).send({ method: 'GET', path: '/' })).toEqual(
    {
      status: 403,
      body: { problem: 'wrongLogin' },
    },
  )
  const hotel = setUp(answerWith(200, '<html>Welcome to the hotel'))
  expect(await hotel.send({ method: 'GET', path: '/' })).toEqual({ status: 200, body: undefined })
})

test('nobody there, and an answer that takes too long or breaks off, are undefined', async () => {
  const nobody = setUp(() => Promise.reject(new TypeError('Failed to fetch')))
  expect(await nobody.send({ method: 'GET', path: '/' })).toBeUndefined()

  const slow = setUp(
    (_path, { signal }) =>
      new Promise((_resolve, reject) => {
        signal!.addEventListener('abort', () => reject(signal!.reason as Error))
      }),
  )
  const answer = slow.send({ method: 'GET', path: '/' })
  slow.abort.abort()
  expect(await answer).toBeUndefined()

  const cut = setUp(() =>
    Promise.resolve({
      status: 200,
      json() {
        cut.abort.abort()
        return Promise.reject(new DOMException('timeout', 'TimeoutError'))
      },
    }),
  )
  expect(await cut.send({ method: 'GET', path: '/' })).toBeUndefined()
})
