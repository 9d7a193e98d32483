import { expect, test } from 'vitest'
import { createScreenWakeLock } from './wake-lock.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

const createBench = (willRefuse = false) => {
  let listener: (() => void) | undefined
  let isVisible = true
  const sentinels: { released: boolean; release(): Promise<void> }[] = []
  const lock = createScreenWakeLock({
    wakeLock: {
      request: () => {
        if (willRefuse || !isVisible) return Promise.reject(new DOMException('no', 'NotAllowedError'))
        const sentinel = {
          released: false,
          release() {
            sentinel.released = true
            return Promise.resolve()
          },
        }
        sentinels.push(sentinel)
        return Promise.resolve(sentinel as never)
      },
    },
    isVisible: () => isVisible,
    onVisible(given) {
      listener = given
      return () => (listener = undefined)
    },
  })
  return {
    lock,
    sentinels,
    held: () => sentinels.filter(({ released }) => !released).length,
    hide() {
      isVisible = false
      for (const sentinel of sentinels) sentinel.released = true // as browsers do
    },
    async show() {
      isVisible = true
      listener?.()
      await settle()
    },
    isListening: () => listener !== undefined,
  }
}

test('the screen stays on as long as it is wished, and again after the page was hidden', async () => {
  const bench = createBench()
  bench.lock.hold(true)
  bench.lock.hold(true)
  await settle()
  expect(bench.sentinels).toHaveLength(1)
  bench.hide()
  expect(bench.held()).toBe(0)
  await bench.show()
  expect(bench.held()).toBe(1)
  bench.lock.hold(false)
  expect(bench.held()).toBe(0)
  await bench.show()
  expect(bench.held()).toBe(0)
})

test('a lock that comes after it was wished is let go of', async () => {
  const bench = createBench()
  bench.lock.hold(true)
  bench.lock.dispose()
  await settle()
  expect(bench.sentinels).toHaveLength(1)
  expect(bench.held()).toBe(0)
  expect(bench.isListening()).toBe(false)
})

test('a browser that refuses, or has none, does no harm', async () => {
  const refusing = createBench(true)
  refusing.lock.hold(true)
  await settle()
  await refusing.show()
  refusing.lock.hold(false)
  const without = createScreenWakeLock({
    wakeLock: undefined,
    isVisible: () => true,
    onVisible: () => () => undefined,
  })
  without.hold(true)
  without.dispose()
  expect(refusing.sentinels).toHaveLength(0)
})
