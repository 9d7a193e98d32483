import { afterEach, expect, test, vi } from 'vitest'
import { storeLimits } from '../../shared/limits.ts'
import { createFakeClock } from '../core/testing/fake-clock.ts'
import { createFakeLocks } from './testing/fake-locks.ts'
import { createWriterLock, type WriterLock } from './writer-lock.ts'

const channels: BroadcastChannel[] = []
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close()
})

const createBrowser = () => {
  const locks = createFakeLocks()
  const clock = createFakeClock()
  const openTab = (release = vi.fn(() => Promise.resolve())) => {
    const channel = new BroadcastChannel('hearth')
    channels.push(channel)
    return { release, lock: createWriterLock({ locks, channel, clock, release }) }
  }
  return { clock, openTab }
}

const until = (lock: WriterLock, status: string): Promise<void> =>
  vi.waitFor(() => expect(lock.state.get()).toEqual({ status }))

test('P7: the first tab writes, the second is told that another does', async () => {
  const { openTab } = createBrowser()
  const [first, second] = [openTab(), openTab()]
  expect(first.lock.state.get()).toEqual({ status: 'acquiring' })
  await first.lock.takeIfFree()
  await second.lock.takeIfFree()
  expect(first.lock.state.get()).toEqual({ status: 'writing' })
  expect(second.lock.state.get()).toEqual({ status: 'elsewhere' })
})

test('P7: a tab that asks gets the lock only after the writing one has finished its writes', async () => {
  const { openTab, clock } = createBrowser()
  let finish = (): void => undefined
  const first = openTab(vi.fn(() => new Promise<void>((resolve) => (finish = resolve))))
  const second = openTab()
  await first.lock.takeIfFree()
  await second.lock.takeIfFree()
  const takingOver = second.lock.takeOver()
  await until(first.lock, 'taken')
  await vi.waitFor(() => expect(first.release).toHaveBeenCalledOnce())
  expect(second.lock.state.get()).toEqual({ status: 'acquiring' })
  finish()
  await takingOver
  expect(second.lock.state.get()).toEqual({ status: 'writing' })
  expect(clock.pendingTimers).toBe(0)
})

test('P7: from a tab that does not finish in time the lock is taken by force', async () => {
  const { openTab, clock } = createBrowser()
  const first = openTab(vi.fn(() => new Promise<void>(() => undefined)))
  const second = openTab()
  await first.lock.takeIfFree()
  const takingOver = second.lock.takeOver()
  await until(first.lock, 'taken')
  expect(second.lock.state.get()).toEqual({ status: 'acquiring' })
  await clock.advance(storeLimits.takeOverWaitMs)
  await takingOver
  expect(second.lock.state.get()).toEqual({ status: 'writing' })
  expect(first.release).toHaveBeenCalledOnce()
})

test('P7: a tab that does not hear loses the lock, and lets go of all once it learns of it', async () => {
  const { openTab, clock } = createBrowser()
  const first = openTab()
  const second = openTab()
  await first.lock.takeIfFree()
  channels[0]?.close()
  const takingOver = second.lock.takeOver()
  await clock.advance(storeLimits.takeOverWaitMs)
  await takingOver
  await until(first.lock, 'taken')
  expect(first.release).toHaveBeenCalledOnce()
  expect(second.lock.state.get()).toEqual({ status: 'writing' })
})

test('P7: when the writing tab has gone, another takes its place on coming back, and never before', async () => {
  const { openTab } = createBrowser()
  const [first, second] = [openTab(), openTab()]
  await first.lock.takeIfFree()
  await second.lock.takeIfFree()
  first.lock.close()
  expect(second.lock.state.get()).toEqual({ status: 'elsewhere' })
  await vi.waitFor(async () => {
    await second.lock.takeIfFree()
    expect(second.lock.state.get()).toEqual({ status: 'writing' })
  })
})

test('P7: asking twice at once, or while writing, changes nothing', async () => {
  const { openTab } = createBrowser()
  const [first, second] = [openTab(), openTab()]
  await Promise.all([first.lock.takeIfFree(), first.lock.takeIfFree()])
  expect(first.lock.state.get()).toEqual({ status: 'writing' })
  await first.lock.takeOver()
  await Promise.all([second.lock.takeOver(), second.lock.takeOver(), second.lock.takeIfFree()])
  expect(second.lock.state.get()).toEqual({ status: 'writing' })
  expect(first.lock.state.get()).toEqual({ status: 'taken' })
  expect(first.release).toHaveBeenCalledOnce()
})

test('P7: a tab that let go can take the lock back the same way', async () => {
  const { openTab } = createBrowser()
  const [first, second] = [openTab(), openTab()]
  await first.lock.takeIfFree()
  await second.lock.takeOver()
  await first.lock.takeOver()
  expect(first.lock.state.get()).toEqual({ status: 'writing' })
  expect(second.lock.state.get()).toEqual({ status: 'taken' })
})
