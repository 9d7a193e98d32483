import { expect, test, vi } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { searchLimits } from '../../../shared/limits.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { createFakeClock } from '../../core/testing/fake-clock.ts'
import type { LogId } from '../../core/ports.ts'
import { createSearchIndex } from '../../core/search/search-index.ts'
import { answerSearch } from './answer-search.ts'
import { createSearchClient, type SearchThread } from './search-client.ts'

const log = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const place = { log, page: 0 }
const author = toBase64Url(new Uint8Array(32)) as AccountId
const saying = { feed: 1, seq: 0, ms: 5, counter: 0, author, text: 'hello over there', isFixed: false }
const hello = { words: 'hello', limit: 10 }

/** A worker as the browser makes it, in this thread: what passes is cloned. */
const setUp = (answer?: (message: unknown) => unknown) => {
  const index = createSearchIndex()
  const terminate = vi.fn<() => void>()
  const thread: SearchThread = {
    onmessage: null,
    onerror: null,
    postMessage(question) {
      const data = (answer ?? ((message) => answerSearch(index, message)))(structuredClone(question))
      if (data !== undefined)
        queueMicrotask(() => thread.onmessage?.({ data: structuredClone(data) } as MessageEvent<unknown>))
    },
    terminate,
  }
  const clock = createFakeClock()
  const worker = createSearchClient({ openWorker: () => thread, clock })
  return { worker, thread, terminate, clock }
}

test('ux 24: what is handed over to the worker is found there, packed, put back and dropped', async () => {
  const { worker } = setUp()
  worker.gather(place, { sayings: [saying], edits: [] }, true)
  const packed = await worker.pack(place, new Map([[1, 1]]))
  expect(await worker.find(hello, new Set([log]))).toMatchObject({ count: 1, hits: [{ log, author }] })
  worker.add(place, { sayings: [{ ...saying, seq: 1 }], edits: [] })
  expect(await worker.find(hello, new Set([log]))).toMatchObject({ count: 2 })
  worker.hide(place, { feed: 1, seq: 0 })
  expect(await worker.find(hello, new Set([log]))).toMatchObject({ count: 1, hits: [{ text: saying.text }] })
  worker.drop(place)
  expect(await worker.find(hello, new Set([log]))).toEqual({ count: 0, hits: [] })
  expect(await worker.put(place, packed!.index)).toEqual(new Map([[1, 1]]))
  expect(await worker.find(hello, new Set([log]))).toMatchObject({ count: 1 })
})

test('ux 24: a worker that fails, says something else or thinks too long is over, and whoever asks gets nothing', async () => {
  const rooms = new Set([log])
  const strange = setUp(() => 'no answer')
  expect(await strange.worker.find(hello, rooms)).toBeUndefined()
  expect(strange.terminate).toHaveBeenCalled()
  const wrong = setUp((message) => ({ id: (message as { id: number }).id, outcome: { hits: 7 } }))
  expect(await wrong.worker.find(hello, rooms)).toBeUndefined()
  const silent = setUp(() => undefined)
  const asked = silent.worker.find(hello, rooms)
  await silent.clock.advance(searchLimits.answerMs)
  expect(await asked).toBeUndefined()
  expect(await silent.worker.find(hello, rooms)).toBeUndefined()
  const broken = createSearchClient({
    openWorker: () => {
      throw new Error('no workers here')
    },
    clock: createFakeClock(),
  })
  expect(await broken.find(hello, rooms)).toBeUndefined()
})

test('ux 24: the worker answers nothing that is no question', () => {
  const index = createSearchIndex()
  for (const message of [undefined, 'find', { call: 'find' }, { call: 'put', id: 1, place, index: 'bytes' }])
    expect(answerSearch(index, message)).toBeUndefined()
})
