import type { AccountId, DeviceId } from '../../../../shared/identifiers.ts'
import type { LogId } from '../../ports.ts'
import { createCallNetwork } from './call-network.ts'

/** Anna and Bob with two devices each, and Carla with one; a conversation of two, a room of all, and a private one without Bob. */
export const [anna, bob, carla] = ['anna', 'bob', 'carla'] as unknown as readonly [
  AccountId,
  AccountId,
  AccountId,
]
export const [annaPhone, annaLaptop, bobPhone, bobLaptop, carlaPhone] = [
  'anna-phone',
  'anna-laptop',
  'bob-phone',
  'bob-laptop',
  'carla-phone',
] as unknown as readonly [DeviceId, DeviceId, DeviceId, DeviceId, DeviceId]
export const [two, everybody, secret] = ['two', 'everybody', 'secret'] as unknown as readonly [
  LogId,
  LogId,
  LogId,
]

export const createCallFamily = (skews: readonly number[] = []) => {
  const family = createCallNetwork(
    [
      { account: anna, devices: [annaPhone, annaLaptop], skewMs: skews[0] ?? 0 },
      { account: bob, devices: [bobPhone, bobLaptop], skewMs: skews[1] ?? 0 },
      { account: carla, devices: [carlaPhone], skewMs: skews[2] ?? 0 },
    ],
    [
      { room: two, members: [anna, bob], isDirect: true },
      { room: everybody, members: [anna, bob, carla], isDirect: false },
      { room: secret, members: [anna, carla], isDirect: false },
    ],
  )
  return family
}

export const membersOf = new Map([
  [two, [anna, bob]],
  [everybody, [anna, bob, carla]],
  [secret, [anna, carla]],
])
