import { expect, test } from 'vitest'
import { createFakeClock } from '../../core/testing/fake-clock.ts'
import { createOwnLevel } from './level.ts'

test('somebody speaks from the first loud moment until a while after the last', async () => {
  const clock = createFakeClock()
  let loudness = 0
  let isClosed = false
  const own = createOwnLevel({} as MediaStreamTrack, clock, () => ({
    samples: () => Float32Array.from({ length: 64 }, (_, at) => (at % 2 === 0 ? loudness : -loudness)),
    close: () => (isClosed = true),
  }))
  expect(own.level.get()).toBe(0)
  loudness = 0.01
  await clock.advance(100)
  expect(own.isSpeaking.get()).toBe(false)
  loudness = 0.1
  await clock.advance(50)
  expect(own.level.get()).toBeCloseTo(0.1)
  expect(own.isSpeaking.get()).toBe(true)
  loudness = 0
  await clock.advance(500)
  expect(own.isSpeaking.get()).toBe(true)
  await clock.advance(200)
  expect(own.isSpeaking.get()).toBe(false)
  loudness = 0.5
  await clock.advance(50)
  own.close()
  expect(isClosed).toBe(true)
  expect(own.isSpeaking.get()).toBe(false)
  expect(clock.pendingTimers).toBe(0)
})
