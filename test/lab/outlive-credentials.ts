import { expect } from '../fixtures/family.ts'
import { passTime } from '../fixtures/pass-time.ts'
import { callBetween, endAsOne, hearEachOther, soundOfBoth } from './call-between.ts'
import type { Lab } from './lab.ts'

/**
 * A relayed call longer than the credentials of its relay (S8), and then a blackout that ends the Link: a new one needs credentials
 * that hold now. For a lab of symmetric routers.
 */
export const outliveCredentials = async (
  lab: Lab,
  { lifetimeMs, talkMs }: { lifetimeMs: number; talkMs: number },
): Promise<void> => {
  await lab.serve('server', 'own relay', { turnLifetimeMs: lifetimeMs })
  const call = await callBetween(lab, ['homea', 'homeb'], 'sound')
  const beganAt = Date.now()
  await passTime(talkMs)
  await hearEachOther(call)
  expect((await soundOfBoth([call.anna, call.bob], beganAt)).concealed).toBeLessThan(0.3)

  await lab.net('cut', 'a')
  await expect(call.bobCall.region.getByText('Reconnecting…').first()).toBeVisible({ timeout: 40_000 })
  await lab.net('join', 'a')
  await hearEachOther(call)
  const routes = async () => [...(await call.anna.network.routes()), ...(await call.bob.network.routes())]
  await expect.poll(routes).toContain('relay')
  await endAsOne(call)
}
