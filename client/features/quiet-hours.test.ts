import { expect, test } from 'vitest'
import { anna, bob } from '../core/testing/fake-family.ts'
import { noQuietHours, notifyKeyOf, readQuietHours } from './quiet-hours.ts'

const keeping = (text: string) => ({
  getItem: (key: string) => (key === notifyKeyOf(anna.id) ? text : null),
})

test('ux 33: the hours of one account, as they are kept now', () => {
  const quiet = { isOn: true, fromMinute: 60, toMinute: 300, callsRing: false }
  const storage = keeping(JSON.stringify({ isOn: false, quiet }))
  expect(readQuietHours(storage, anna.id)).toEqual(quiet)
  expect(readQuietHours(storage, bob.id)).toEqual(noQuietHours)
  const { callsRing: _unasked, ...before } = quiet
  expect(readQuietHours(keeping(JSON.stringify({ quiet: before })), anna.id)).toEqual({
    ...quiet,
    callsRing: true,
  })
})

test('ux 26: what cannot be read silences nobody', () => {
  const wrong = [
    '',
    'null',
    '{',
    '[]',
    '{"quiet":{"isOn":true,"fromMinute":-1,"toMinute":9}}',
    '{"quiet":{"isOn":true,"fromMinute":1,"toMinute":9,"callsRing":0}}',
  ]
  for (const text of wrong) expect(readQuietHours(keeping(text), anna.id), text).toEqual(noQuietHours)
  expect(readQuietHours(undefined, anna.id)).toEqual(noQuietHours)
  const refusing = {
    getItem: () => {
      throw new Error('forbidden')
    },
  }
  expect(readQuietHours(refusing, anna.id)).toEqual(noQuietHours)
})
