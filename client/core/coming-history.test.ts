import { expect, test } from 'vitest'
import { watchComingHistory } from './coming-history.ts'
import type { ConnectionState } from './hearth.ts'
import { createValue } from './value.ts'

const onItsWay: ConnectionState[] = [
  { server: 'notYet', linkedDevices: 0 },
  { server: 'connecting', linkedDevices: 0 },
  { server: 'connected', linkedDevices: 1 },
  { server: 'unreachable', linkedDevices: 2 },
]
const nobodyThere: ConnectionState[] = [
  { server: 'connected', linkedDevices: 0 },
  { server: 'unreachable', linkedDevices: 0 },
  { server: 'refused', linkedDevices: 0 },
]

test('ux 8: history may come to a new device as long as somebody may be there to give it', () => {
  const connection = createValue<ConnectionState>(onItsWay[0]!)
  const { isComing, onCaughtUp, close } = watchComingHistory(connection, true)
  for (const state of [...onItsWay, ...nobodyThere, ...onItsWay]) {
    connection.set(state)
    expect([state, isComing.get()]).toEqual([state, onItsWay.includes(state)])
  }
  onCaughtUp()
  expect(isComing.get()).toBe(false)
  for (const state of onItsWay) connection.set(state)
  expect(isComing.get()).toBe(false)
  close()
})

test('ux 8: a device that has shown something before waits for nothing', () => {
  for (const state of [...onItsWay, ...nobodyThere])
    expect(watchComingHistory(createValue(state), false).isComing.get()).toBe(false)
})
