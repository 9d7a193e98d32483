import { expect, test } from 'vitest'
import { describeConnection } from './connection-words.ts'

test.each([
  ['connected', 2, 'well', 'Connected with 2 devices.'],
  ['connected', 1, 'well', 'Connected with 1 device.'],
  ['connected', 0, 'note', 'Nobody else is here'],
  ['notYet', 0, 'note', 'Connecting…'],
  ['connecting', 1, 'note', 'Connected with 1 device.'],
  ['unreachable', 3, 'note', 'but you are connected with 3 devices'],
  ['unreachable', 0, 'caution', 'You can go on writing'],
  ['refused', 1, 'caution', 'Your messages are safe'],
] as const)('ux 41: %s with %i devices', (server, linkedDevices, tone, words) => {
  const described = describeConnection({ server, linkedDevices })
  expect(described.tone).toBe(tone)
  expect(described.text).toContain(words)
})

test('S8: hidden without a relay nobody is reached, which is said; whoever is linked is not told', () => {
  const hindrance = { isWithoutRelay: true }
  const alone = describeConnection({ server: 'connected', linkedDevices: 0 }, hindrance)
  expect(alone.tone).toBe('caution')
  expect(alone.text).toContain('no relay')
  expect(describeConnection({ server: 'connected', linkedDevices: 1 }, hindrance).tone).toBe('well')
  expect(describeConnection({ server: 'unreachable', linkedDevices: 0 }, hindrance).text).toContain(
    'No connection',
  )
})
