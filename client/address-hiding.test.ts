import { expect, test } from 'vitest'
import { createAddressHiding } from './address-hiding.ts'
import { createValue } from './core/value.ts'

const createStorage = (isFull = false): Storage => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (isFull) throw new DOMException('no room', 'QuotaExceededError')
      kept.set(key, value)
    },
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage
}

test('S8: whether the address is hidden is kept in this browser, and shown by default', () => {
  const storage = createStorage()
  const first = createAddressHiding(storage)
  expect(first.isHidden.get()).toBe(false)
  first.setHidden(true)
  expect(createAddressHiding(storage).isHidden.get()).toBe(true)
  first.setHidden(false)
  expect(createAddressHiding(storage).isHidden.get()).toBe(false)
})

test.each([undefined, createStorage(true)])(
  'S8: without room for it, it holds until the page is closed',
  (storage) => {
    const hiding = createAddressHiding(storage)
    const heard: boolean[] = []
    hiding.isHidden.subscribe((isHidden) => heard.push(isHidden))
    hiding.setHidden(true)
    expect([hiding.isHidden.get(), heard]).toEqual([true, [true]])
  },
)

test('S8: a question asked before the network is there is asked once it is', () => {
  const hiding = createAddressHiding(undefined)
  const hasRelay = createValue<boolean | undefined>(undefined)
  let asked = 0
  hiding.lookForRelay()
  hiding.attach({
    hasRelay,
    lookForRelay() {
      asked++
    },
  })
  expect([asked, hiding.hasRelay.get()]).toEqual([1, undefined])
  hasRelay.set(true)
  expect(hiding.hasRelay.get()).toBe(true)
})
