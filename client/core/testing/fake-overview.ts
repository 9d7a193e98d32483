import type { ServerOverview } from '../../../shared/server-overview.ts'
import { anna, bob, fakeDeviceId, mia } from './fake-family.ts'

const minute = 60_000

export const fakeQuietOverview = (nowMs: number): ServerOverview => ({
  version: '0.1.0',
  startedAt: nowMs - 5 * minute,
  accounts: 1,
  devices: 1,
  sockets: [],
  topics: [],
  rates: { signalsPerMinute: 0, signInsPerHour: 0, failedSignInsPerHour: 0 },
  events: [],
})

export const fakeOverview = (nowMs: number): ServerOverview => ({
  ...fakeQuietOverview(nowMs),
  startedAt: nowMs - 9 * 24 * 60 * minute,
  accounts: 6,
  devices: 9,
  sockets: [anna, bob, mia].map((person, index) => ({
    account: person.id,
    accountName: person.name,
    device: fakeDeviceId(`${person.name} ${index}`),
    deviceName: ['Firefox on Linux', 'Chrome on Android', ''][index] ?? '',
    openedAt: nowMs - index * 34 * minute,
    messagesPerMinute: index * 1.5,
  })),
  topics: [{ topic: '7f3a91c2', sockets: 3 }],
  rates: { signalsPerMinute: 4.25, signInsPerHour: 1, failedSignInsPerHour: 2 },
  events: [
    { at: nowMs - minute, kind: 'socketOpened', who: 'Anna', address: '192.168.1.20' },
    { at: nowMs - 14 * minute, kind: 'signInFailed', address: '203.0.113.77', why: 'wrongLogin' },
    { at: nowMs - 15 * minute, kind: 'limited', address: '203.0.113.77' },
    { at: nowMs - 90 * minute, kind: 'invitationMade', who: 'Anna' },
    { at: nowMs - 26 * 60 * minute, kind: 'deviceRevoked', who: 'Mia Lindqvist' },
    { at: nowMs - 27 * 60 * minute, kind: 'socketClosed', who: 'Mia Lindqvist', why: '4001' },
  ],
})
