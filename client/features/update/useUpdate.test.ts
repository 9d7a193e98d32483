import { createApp, effectScope, shallowRef } from 'vue'
import { expect, test } from 'vitest'
import { createValue } from '../../core/value.ts'
import { updateOfferKey, type UpdateOffer } from '../update-offer.ts'
import { useUpdate } from './useUpdate.ts'

const newer = (): UpdateOffer => ({ take: () => undefined })

const setUp = () => {
  const offer = createValue<UpdateOffer | undefined>(undefined)
  const isInCall = shallowRef(false)
  const app = createApp({})
  app.provide(updateOfferKey, offer)
  const scope = effectScope()
  const { update, putUpdateOff } = app.runWithContext(() =>
    scope.run(() => useUpdate({ isInCall: () => isInCall.value })),
  )!
  return { offer, isInCall, update, putUpdateOff }
}

test('ux 43: an update is not offered during a call, and is afterwards', () => {
  const { offer, isInCall, update } = setUp()
  isInCall.value = true
  offer.set(newer())
  expect(update.value).toBeUndefined()
  isInCall.value = false
  expect(update.value).toBe(offer.get())
  isInCall.value = true
  expect(update.value).toBeUndefined()
})

test('ux 43: one that was put off is not offered again, the next one is', () => {
  const { offer, update, putUpdateOff } = setUp()
  offer.set(newer())
  putUpdateOff()
  expect(update.value).toBeUndefined()
  offer.set(newer())
  expect(update.value).toBe(offer.get())
})
