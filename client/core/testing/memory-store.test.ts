import { expect, test } from 'vitest'
import { describeLogStore } from '../../store/testing/log-store-contract.ts'
import type { LogId } from '../ports.ts'
import { createMemoryStore, type MemoryStore } from './memory-store.ts'

describeLogStore('the store in memory', () => {
  let store: MemoryStore = createMemoryStore()
  return {
    async open() {
      store = store.crash()
      return Promise.resolve(store)
    },
    async crash() {
      store.crash()
      return Promise.resolve()
    },
  }
})

const write = {
  log: 'AAAAAAAAAAAAAAAAAAAAAA' as LogId,
  page: 0,
  update: new Uint8Array([0, 0]),
  heads: [],
  messageCount: 1,
  timeline: [],
  durability: 'strict' as const,
}

test('P5: an injected failure fails that write and what waits behind it, and leaves no trace', async () => {
  const store = createMemoryStore()
  store.failNextWrite({ type: 'quotaExceeded' })
  const outcomes = await Promise.all([store.write(write), store.write(write)])
  expect(outcomes).toEqual(Array(2).fill({ ok: false, problem: { type: 'quotaExceeded' } }))
  expect(await store.loadPage(write.log, 0)).toBeUndefined()
  expect(await store.write(write)).toEqual({ ok: true, value: undefined })
})

test('P5: a held write is neither resolved nor kept until it is let go, and a crash loses it', async () => {
  const store = createMemoryStore()
  const letGo = store.holdWrites()
  const first = store.write(write)
  expect(await store.loadPage(write.log, 0)).toBeUndefined()
  letGo()
  expect(await first).toEqual({ ok: true, value: undefined })

  const second = store.write({ ...write, messageCount: 2 })
  const reopened = store.crash()
  expect(await second).toEqual({ ok: false, problem: { type: 'storeClosed' } })
  expect(await reopened.loadPage(write.log, 0)).toMatchObject({ messageCount: 1 })
})
