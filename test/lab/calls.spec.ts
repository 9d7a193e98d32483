import { expect } from '../fixtures/family.ts'
import { passTime } from '../fixtures/pass-time.ts'
import { callBetween, endAsOne, hearEachOther, seeEachOther, soundOfBoth } from './call-between.ts'
import { outliveCredentials } from './outlive-credentials.ts'
import { test } from './lab.ts'

/** Which ways calls go, and what they need of the server: nothing once they are there. */

test('S8: a call in one home without the internet goes straight from one to the other', async ({ lab }) => {
  await lab.net('cut', 'a')
  await lab.serve('boxa', 'none')
  const call = await callBetween(lab, ['homea', 'homec'], 'video')
  await seeEachOther(call)
  await expect.poll(() => call.anna.network.routes()).toEqual(['host'])
  await endAsOne(call)
})

test('S8: a call between two homes behind ordinary routers goes straight', async ({ lab }) => {
  await lab.serve('server', 'stun')
  const call = await callBetween(lab, ['homea', 'homeb'], 'video')
  await seeEachOther(call)
  await expect.poll(async () => (await call.anna.network.routes()).join()).toMatch(/^(srflx|prflx)$/)
  await endAsOne(call)
})

test(
  'S8: a call between two homes behind routers that hide their ports is relayed',
  { tag: '@symmetric' },
  async ({ lab }) => {
    await lab.serve('server', 'own relay')
    const call = await callBetween(lab, ['homea', 'homeb'], 'video')
    await seeEachOther(call)
    const routes = async () => [...(await call.anna.network.routes()), ...(await call.bob.network.routes())]
    await expect.poll(routes).toContain('relay')
    await endAsOne(call)
  },
)

test('S8: a call from a home that lets no UDP through goes to the relay by TCP', async ({ lab }) => {
  await lab.serve('server', 'own relay')
  await lab.net('blockudp', 'a', 'on')
  const call = await callBetween(lab, ['homea', 'homeb'], 'video')
  await seeEachOther(call)
  // Without UDP there is no other way to a relay.
  await expect.poll(() => call.anna.network.routes()).toEqual(['relay'])
  await endAsOne(call)
})

test('C3, C5: the server is killed in the middle of a call, and the call goes on', async ({ lab }) => {
  await lab.serve('server', 'stun')
  const call = await callBetween(lab, ['homea', 'homeb'], 'sound')
  const killedAt = Date.now()
  await lab.killServer()
  // Longer than a Link that hears nothing lives (L6).
  await passTime(20_000)
  await hearEachOther(call)
  expect((await soundOfBoth([call.anna, call.bob], killedAt)).concealed).toBeLessThan(0.3)
  await call.bobCall.button('Turn camera on').click()
  await call.annaCall.seesMoving('Bob')
  await call.annaCall.button('Mute').click()
  await call.bobCall.hearsNobody()
  await endAsOne(call)
})

test(
  'S8: a relayed call outlives its credentials, and finds its way again with new ones',
  { tag: '@symmetric' },
  async ({ lab }) => {
    // The long form: npm run soak -- call-credentials
    await outliveCredentials(lab, { lifetimeMs: 10_000, talkMs: 25_000 })
  },
)
