import { expect, test } from 'vitest'
import { fakeDeviceId } from '../../core/testing/fake-family.ts'
import { createFakeClock } from '../../core/testing/fake-clock.ts'
import type { Tiles } from '../../core/call/words.ts'
import { createShownSizes } from './shown-sizes.ts'

const [bob, mia] = [fakeDeviceId('bob'), fakeDeviceId('mia')]

const begin = () => {
  const clock = createFakeClock()
  const told: [string, Tiles][] = []
  const sizes = createShownSizes(
    (device, tiles) => void told.push([device, tiles]),
    (run, afterMs) => {
      const timer = clock.setTimer(run, afterMs)
      return () => clock.clearTimer(timer)
    },
  )
  return { clock, told, sizes }
}

test('C4: what comes into sight is told at once, camera and screen in one word', async () => {
  const { clock, told, sizes } = begin()
  sizes.tell({}, { device: bob, kind: 'camera', lines: 360 })
  sizes.tell({}, { device: bob, kind: 'screen', lines: 720 })
  await clock.advance(0)
  expect(told).toEqual([[bob, { camera: 360, screen: 720 }]])
})

test('C4: a size that changes a hundred times is told when it has come to rest', async () => {
  const { clock, told, sizes } = begin()
  const place = {}
  sizes.tell(place, { device: bob, kind: 'camera', lines: 100 })
  await clock.advance(0)
  for (let lines = 101; lines < 200; lines++) sizes.tell(place, { device: bob, kind: 'camera', lines })
  await clock.advance(300)
  expect(told.map(([, { camera }]) => camera)).toEqual([100, 199])
})

test('C4: of two places the larger counts, and what is shown nowhere is 0', async () => {
  const { clock, told, sizes } = begin()
  const [large, small] = [{}, {}]
  sizes.tell(large, { device: bob, kind: 'camera', lines: 500 })
  sizes.tell(small, { device: bob, kind: 'camera', lines: 90 })
  sizes.tell({}, { device: mia, kind: 'camera', lines: 90 })
  await clock.advance(0)
  sizes.forget(large)
  await clock.advance(300)
  sizes.forget(small)
  await clock.advance(300)
  expect(told.filter(([device]) => device === bob).map(([, { camera }]) => camera)).toEqual([500, 90, 0])
  expect(told.filter(([device]) => device === mia)).toHaveLength(1)
})

test('C4: what is told already is not told again, and nothing after the end', async () => {
  const { clock, told, sizes } = begin()
  const place = {}
  sizes.tell(place, { device: bob, kind: 'camera', lines: 90 })
  await clock.advance(0)
  sizes.tell(place, { device: bob, kind: 'camera', lines: 90 })
  sizes.tell(place, { device: bob, kind: 'camera', lines: 91 })
  sizes.close()
  await clock.advance(1_000)
  expect(told).toHaveLength(1)
})
