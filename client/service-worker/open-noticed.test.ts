import { expect, test, vi } from 'vitest'
import { openNoticed } from './open-noticed.ts'

const windowThat = (focus: () => Promise<unknown>) => ({ focus: vi.fn(focus), postMessage: vi.fn() })

test('ux 34: a pressed notification brings the open window to the front, with its room', async () => {
  const window = windowThat(() => Promise.resolve())
  const openWindow = vi.fn(() => Promise.resolve())
  await openNoticed({ room: 'abc' }, { windows: () => Promise.resolve([window]), openWindow })
  expect(window.postMessage).toHaveBeenCalledWith({ type: 'hearth/open-room', room: 'abc' })
  expect(window.focus).toHaveBeenCalledOnce()
  expect(openWindow).not.toHaveBeenCalled()
})

test('without a window one is opened, and a refused focus or foreign data breaks nothing', async () => {
  const openWindow = vi.fn(() => Promise.resolve())
  await openNoticed(undefined, { windows: () => Promise.resolve([]), openWindow })
  expect(openWindow).toHaveBeenCalledWith('/')
  const window = windowThat(() => Promise.reject(new Error('not allowed')))
  await openNoticed({ room: 7 }, { windows: () => Promise.resolve([window]), openWindow })
  expect(window.postMessage).not.toHaveBeenCalled()
})
