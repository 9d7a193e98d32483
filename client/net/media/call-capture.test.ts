import { expect, test } from 'vitest'
import type { Sending } from '../../core/call/words.ts'
import { createValue } from '../../core/value.ts'
import { followCall, missingFrom, wishFor } from './call-capture.ts'
import type { CaptureShown } from './capture.ts'
import type { CaptureKind, CaptureProblem, WishChange } from './capture-step.ts'

const off = { status: 'off' } as const
const live = { status: 'live', track: {} as MediaStreamTrack } as const
const failed = (type: CaptureProblem['type']): CaptureShown => ({ status: 'failed', problem: { type } })
type Shown = Readonly<Record<CaptureKind, CaptureShown>>
const allOff: Shown = { audio: off, camera: off, screen: off }
const speaking: Sending = { audio: 'on', camera: false, screen: false, hand: false }

test('C3: what is on already, as in a preview, is not asked for again', () => {
  const shown = { ...allOff, audio: live, camera: live }
  expect(wishFor(undefined, { ...speaking, camera: true }, shown)).toEqual({})
  expect(wishFor(undefined, { ...speaking, camera: true }, allOff)).toEqual({ audio: {}, camera: {} })
  expect(wishFor(undefined, speaking, shown)).toEqual({ camera: 'off' })
})

test('C3: whoever is muted keeps the microphone, whoever leaves keeps nothing', () => {
  const shown = { ...allOff, audio: live }
  expect(wishFor(speaking, { ...speaking, audio: 'muted' }, shown)).toEqual({})
  expect(wishFor(speaking, { ...speaking, audio: 'none' }, shown)).toEqual({ audio: 'off' })
  expect(wishFor(speaking, undefined, shown)).toEqual({ audio: 'off', camera: 'off', screen: 'off' })
})

test('ux 32: what failed is tried again when it is asked for again, and its reason stays until then', () => {
  const shown = { ...allOff, audio: failed('denied'), camera: failed('inUse') }
  const listening: Sending = { ...speaking, audio: 'none' }
  expect(wishFor(speaking, listening, shown)).toEqual({})
  expect(wishFor(listening, speaking, shown)).toEqual({ audio: {} })
  expect(wishFor(listening, { ...listening, camera: true }, shown)).toEqual({ camera: {} })
})

test('C2: nothing is said to be sent that is not there', () => {
  const all: Sending = { audio: 'on', camera: true, screen: true, hand: true }
  const asking = { status: 'asking' } as const
  expect(missingFrom(all, { audio: asking, camera: asking, screen: asking })).toEqual({})
  expect(missingFrom(all, { audio: failed('denied'), camera: failed('missing'), screen: off })).toEqual({
    audio: 'none',
    camera: false,
    screen: false,
  })
})

/** A call whose corrections come back as what it sends, as they do in the core. */
const followed = () => {
  const shown = createValue<Shown>(allOff)
  const sending = createValue<Sending | undefined>(undefined)
  const wishes: WishChange[] = []
  followCall({
    capture: { shown, wish: (change) => wishes.push(change), dispose: () => undefined },
    sending,
    audioWish: () => ({ isUnfiltered: true }),
    correct(change) {
      const now = sending.get()
      if (now) sending.set({ ...now, ...change })
    },
  })
  return { shown, sending, wishes }
}

test('ux 27: a headset that is pulled out and plugged in again is heard again', () => {
  const { shown, sending, wishes } = followed()
  sending.set(speaking)
  expect(wishes).toEqual([{ audio: { isUnfiltered: true } }])
  shown.set({ ...allOff, audio: live })
  shown.set({ ...allOff, audio: failed('missing') })
  expect(sending.get()?.audio).toBe('none')
  shown.set({ ...allOff, audio: { ...live } })
  expect(sending.get()?.audio).toBe('on')
})

test('C3: who stops sharing in the browser’s own bar shares no more, and nothing turns it on again', () => {
  const { shown, sending, wishes } = followed()
  sending.set({ ...speaking, screen: true })
  shown.set({ ...allOff, audio: live, screen: live })
  shown.set({ ...allOff, audio: live })
  expect(sending.get()?.screen).toBe(false)
  shown.set({ ...allOff, audio: live, camera: live })
  expect(sending.get()).toEqual(speaking)
  expect(wishes).toEqual([{ audio: { isUnfiltered: true }, screen: 'on' }])
})
