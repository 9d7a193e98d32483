import { expect, test } from 'vitest'
import { fakeDevices } from '../../core/testing/fake-account.ts'
import { createMoments } from '../moments.ts'
import { describeDevice, sortDevices } from './device-words.ts'

const now = Date.parse('2026-03-28T11:00:00Z')
const moments = createMoments({ timeZone: 'UTC' })

test('A7: every device says when it was last seen, this one first', () => {
  const devices = sortDevices(fakeDevices(now).toReversed())
  expect(devices.map((device) => `${device.name}: ${describeDevice(device, moments, now)}`)).toEqual([
    'Firefox on Linux: This device',
    'Chrome on Android: Connected now',
    'Safari on the old iPad: Last seen yesterday at 9:00',
    'Chrome on Windows: Signed out, last seen 27 January',
  ])
})
