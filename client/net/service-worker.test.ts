import { expect, test } from 'vitest'
import { useNowMessage } from '../../shared/service-worker.ts'
import { createValue } from '../core/value.ts'
import { followWorker, type UpdateOffer } from './service-worker.ts'

/** A browser's registration, turned by hand. */
const setUp = ({ isControlled = true } = {}) => {
  const said: unknown[] = []
  const installing = Object.assign(new EventTarget(), { postMessage: (data: unknown) => said.push(data) })
  const registration = Object.assign(new EventTarget(), {
    installing: undefined as typeof installing | undefined,
    waiting: undefined as typeof installing | undefined,
    active: isControlled ? {} : undefined,
    update: () => Promise.resolve(),
  })
  const container = Object.assign(new EventTarget(), {
    controller: isControlled ? {} : null,
    register: () => Promise.resolve(registration),
  })
  const offer = createValue<UpdateOffer | undefined>(undefined)
  let reloads = 0
  const follow = () =>
    followWorker({
      container: container as unknown as ServiceWorkerContainer,
      offer,
      onTimeToLook: () => undefined,
      reload: () => {
        reloads++
      },
    })
  const bringNewer = () => {
    registration.installing = installing
    registration.dispatchEvent(new Event('updatefound'))
    registration.installing = undefined
    registration.waiting = installing
    installing.dispatchEvent(new Event('statechange'))
  }
  const change = () => container.dispatchEvent(new Event('controllerchange'))
  return { said, registration, container, offer, follow, bringNewer, change, reloads: () => reloads }
}

test('ux 39: the first worker of a browser is no update', async () => {
  const { registration, follow, bringNewer, change, offer } = setUp({ isControlled: false })
  await follow()
  bringNewer()
  registration.active = {}
  change()
  expect(offer.get()).toBeUndefined()
})

test('ux 43: a newer one is offered; only who takes it lets it go on, and then the page begins anew', async () => {
  const { said, follow, bringNewer, change, offer, reloads } = setUp()
  await follow()
  bringNewer()
  expect(said).toEqual([])
  offer.get()?.take()
  expect([said, reloads()]).toEqual([[useNowMessage], 0])
  change()
  expect(reloads()).toBe(1)
})

test('ux 43: what another tab took is offered here, and changes nothing by itself', async () => {
  const { follow, change, offer, reloads } = setUp()
  await follow()
  change()
  expect(reloads()).toBe(0)
  offer.get()?.take()
  expect(reloads()).toBe(1)
})

test('a browser that forbids workers goes on without', async () => {
  const { container, follow, offer } = setUp()
  container.register = () => Promise.reject(new Error('SecurityError'))
  await follow()
  expect(offer.get()).toBeUndefined()
})
