import { callOf } from '../fixtures/calls.ts'
import { areTogether, expect } from '../fixtures/family.ts'
import { followSound, soundSince } from '../fixtures/follow-sound.ts'
import { denyDevices } from '../fixtures/media.ts'
import { passTime } from '../fixtures/pass-time.ts'
import { callBetween, endAsOne, hearEachOther, note, soundOfBoth } from './call-between.ts'
import { test } from './lab.ts'

/** Calls over lines that are cut, lose or are narrow. */

for (const seconds of [3, 10, 25])
  test(`C5, L6: a call comes back by itself after ${seconds} s without a line`, async ({ lab }) => {
    await lab.serve('server', 'stun')
    const call = await callBetween(lab, ['homea', 'homeb'], 'sound')
    const people = [call.anna, call.bob]
    await lab.net('cut', 'a')
    await passTime(1_000)
    const silentAt = Date.now()
    await passTime((seconds - 1) * 1_000)
    for (const { screen } of people)
      expect((await soundSince(screen.page, silentAt)).firstAt, 'sound without a line').toBeUndefined()
    // A Link that hears nothing lives for 15 s.
    if (seconds > 20)
      for (const { region } of [call.annaCall, call.bobCall])
        await expect(region.getByText('Reconnecting…').first()).toBeVisible()
    const backAt = Date.now()
    await lab.net('join', 'a')
    await hearEachOther(call)
    const { firstAt } = await soundOfBoth(people, backAt)
    const [atAnna, atBob] = firstAt.map((at) => (at === undefined ? 'none' : `${Math.round(at - backAt)} ms`))
    note('sound after the line', `at Anna ${atAnna}, at Bob ${atBob}; the aim is 2000 ms`)
    await endAsOne(call)
  })

test('C4: a line that loses one packet in twenty carries sound and picture', async ({ lab }) => {
  await lab.serve('server', 'stun')
  const call = await callBetween(lab, ['homea', 'homeb'], 'video')
  await lab.net('loss', 'a', '0.05')
  const lossyAt = Date.now()
  await passTime(15_000)
  await hearEachOther(call)
  await call.annaCall.seesMoving('Bob')
  await call.bobCall.seesMoving('Anna')
  const { lost, concealed } = await soundOfBoth([call.anna, call.bob], lossyAt)
  expect(lost).toBeGreaterThan(0)
  expect(concealed).toBeLessThan(0.3)
  await endAsOne(call)
})

test('C4: with 600 kbit/s for three others sound is whole, and the picture smaller', async ({ lab }) => {
  test.slow()
  await lab.serve('server', 'stun')
  const anna = await lab.person('Anna', 'homea')
  const bob = await lab.person('Bob', 'homeb')
  const carl = await lab.person('Carl', 'homed')
  // Not in Anna's home: the line there is hers alone.
  const dora = await lab.person('Dora', 'server')
  const others = [bob, carl, dora]
  for (const one of others) await areTogether(anna, one)
  const annaCall = callOf(anna)
  // Only Anna speaks and shows a picture, and the others listen: twelve voices, all on one small machine, are more than it carries.
  for (const one of others) await denyDevices(one.screen.page)
  await annaCall.place('video')
  for (const one of others) await callOf(one).button('Accept').click()
  for (const one of others) {
    await callOf(one).hears(1)
    await followSound(one.screen.page)
  }
  for (const one of others) await callOf(one).seesMoving('Anna')
  const sizes = () =>
    callOf(bob)
      .tile('Anna')
      .first()
      .evaluate((tile) => ({
        came: tile.querySelector('video')?.videoHeight ?? 0,
        shown: tile.clientHeight,
      }))
  const before = await sizes()

  await lab.net('rate', 'a', '600')
  const narrowAt = Date.now()
  await passTime(20_000)
  // Once a line is ample, a picture comes as high as it is shown. A call that has just begun is still on its way there.
  await expect
    .poll(async () => (await sizes()).came / (await sizes()).shown, { timeout: 30_000 })
    .toBeLessThan(0.9)
  const after = await sizes()
  note('height of the picture', `${before.came} before, ${after.came} after, in a tile of ${after.shown}`)
  for (const one of others) await callOf(one).seesMoving('Anna')
  for (const one of others) await callOf(one).hears(1)
  expect((await soundOfBoth(others, narrowAt)).concealed).toBeLessThan(0.3)
})
