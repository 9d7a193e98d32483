import { expect, test } from 'vitest'
import { fakeLogId } from '../../core/testing/fake-family.ts'
import { noteSending, sendingBack } from './call-return.ts'

const room = fakeLogId('general')
const other = fakeLogId('Garden')
const soundOnly = { audio: 'on', camera: false, screen: false, hand: false } as const

const memory = (text?: string) => {
  let kept = text
  return {
    getItem: () => kept ?? null,
    setItem: (_key: string, value: string) => void (kept = value),
  }
}

test('C5: whoever was muted with the camera on comes back so, and shares no screen', () => {
  const storage = memory()
  noteSending(room, { audio: 'muted', camera: true, screen: true, hand: true }, storage)
  expect(sendingBack(room, storage)).toEqual({ audio: 'muted', camera: true, screen: false, hand: false })
})

test('C5: what was sent to another room is not sent here', () => {
  const storage = memory()
  noteSending(other, { audio: 'muted', camera: true, screen: false, hand: false }, storage)
  expect(sendingBack(room, storage)).toEqual(soundOnly)
})

test.each([undefined, '', '{', '7', 'null', '[]', JSON.stringify({ room, audio: 'loud', camera: 'yes' })])(
  'C5: with nothing usable kept (%s) one comes back with sound',
  (text) => {
    expect(sendingBack(room, memory(text))).toEqual(soundOnly)
  },
)

test('C5: without a store one comes back with sound', () => {
  noteSending(room, { ...soundOnly, camera: true }, undefined)
  expect(sendingBack(room, undefined)).toEqual(soundOnly)
})
