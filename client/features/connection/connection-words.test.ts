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

test('ux 41: no network, server away, nobody here are told apart, and each says that one can write', () => {
  const texts = [
    describeConnection({ server: 'unreachable', linkedDevices: 0 }, { isOffline: true }),
    describeConnection({ server: 'unreachable', linkedDevices: 0 }),
    describeConnection({ server: 'unreachable', linkedDevices: 2 }),
    describeConnection({ server: 'connected', linkedDevices: 0 }),
  ].map(({ text }) => text)
  expect(new Set(texts).size).toBe(4)
  for (const text of texts) expect(text).toContain('You can go on writing')
})

test('ux 41: whoever is linked is not told that there is no network', () => {
  const linked = describeConnection({ server: 'unreachable', linkedDevices: 1 }, { isOffline: true })
  expect(linked.text).toContain('connected with 1 device')
})

test('S8: hidden without a relay nobody is reached, which is said; whoever is linked is not told', () => {
  const hindrance = { isWithoutRelay: true }
  const alone = describeConnection({ server: 'connected', linkedDevices: 0 }, hindrance)
  expect(alone.tone).toBe('caution')
  expect(alone.text).toContain('no relay')
  expect(describeConnection({ server: 'connected', linkedDevices: 1 }, hindrance).tone).toBe('well')
  expect(describeConnection({ server: 'unreachable', linkedDevices: 0 }, hindrance).text).toContain(
    'cannot be reached',
  )
})
