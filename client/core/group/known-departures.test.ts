import { expect, test } from 'vitest'
import { createKnownDepartures } from './known-departures.ts'
import { hashDeparted } from './rekey.ts'

test('G5: what is known, was known, or is all of it but one or two, is known; anything beyond it is not', async () => {
  const departures = createKnownDepartures()
  const isKnown = async (names: readonly string[]) => departures.isKnown(await hashDeparted(names))
  departures.learn([])
  expect(await isKnown([])).toBe(true)
  expect(await isKnown(['anna'])).toBe(false)
  departures.learn(['anna', 'bert', 'carla', 'dora'])
  expect(await isKnown(['dora', 'carla', 'bert', 'anna'])).toBe(true)
  expect(await isKnown(['anna', 'carla', 'dora'])).toBe(true)
  expect(await isKnown(['bert', 'dora'])).toBe(true)
  expect(await isKnown([])).toBe(true) // it was so before
  expect(await isKnown(['anna'])).toBe(false) // three too few, and never known: somebody else hands that one on
  expect(await isKnown(['anna', 'bert', 'carla', 'dora', 'emil'])).toBe(false)
  expect(await isKnown(['anna', 'bert', 'emil'])).toBe(false)
})
