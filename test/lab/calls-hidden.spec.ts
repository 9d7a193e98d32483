import type { Page } from '@playwright/test'
import { expect, type Person } from '../fixtures/family.ts'
import { passTime } from '../fixtures/pass-time.ts'
import { callBetween, endAsOne, hearEachOther, note, soundOfBoth } from './call-between.ts'
import { test } from './lab.ts'

declare global {
  interface Window {
    /** What the other device has said of the ways to it, as SDP, since `followTold`. */
    testTold?: string[]
  }
}

/** Anna's router on the street and her device at home. Bob's device has the same number in his own home; nobody tells him that. */
const annasAddress = /\b(?:10\.77\.0\.11|192\.168\.1\.2)\b/

/** From now on the page keeps every description and candidate that it is given of another device. */
const followTold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const told: string[] = []
    window.testTold = told
    const { prototype } = RTCPeerConnection
    type Given = { sdp?: string; candidate?: string } | undefined
    for (const name of ['setRemoteDescription', 'addIceCandidate'] as const) {
      const take = Reflect.get(prototype, name) as (this: RTCPeerConnection, given: Given) => Promise<void>
      Object.assign(prototype, {
        [name](this: RTCPeerConnection, given: Given) {
          told.push(given?.sdp ?? given?.candidate ?? '')
          return take.call(this, given)
        },
      })
    }
  })

/** Where the other device is, as each open connection knows it: told of, or heard from there. */
const readRemoteAddresses = async (): Promise<string[]> => {
  const addresses: string[] = []
  for (const connection of window.testConnections ?? []) {
    if (connection.connectionState === 'closed') continue
    for (const row of (await connection.getStats()).values() as Iterable<Record<string, unknown>>)
      if (row.type === 'remote-candidate') addresses.push(String(row.address))
  }
  return addresses
}

/** From which kinds of ways at this end anything has left or come, over open connections. */
const readUsedWays = async (): Promise<string[]> => {
  const types = new Set<string>()
  for (const connection of window.testConnections ?? []) {
    if (connection.connectionState === 'closed') continue
    const stats = await connection.getStats()
    for (const row of stats.values() as Iterable<Record<string, unknown>>) {
      if (row.type !== 'candidate-pair' || (row.bytesSent === 0 && row.bytesReceived === 0)) continue
      const local = stats.get(String(row.localCandidateId)) as { candidateType: string } | undefined
      types.add(local?.candidateType ?? 'unknown')
    }
  }
  return [...types]
}

const usedBy = ({ screen }: Person) => screen.page.evaluate(readUsedWays)
const knownTo = ({ screen }: Person) => screen.page.evaluate(readRemoteAddresses)

test('S8, C5: who hides their address in the middle of a call goes on in it by the relay', async ({
  lab,
}) => {
  await lab.serve('server', 'own relay')
  const call = await callBetween(lab, ['homea', 'homeb'], 'sound')
  const { anna, bob, annaCall, bobCall } = call
  await expect.poll(async () => (await anna.network.routes()).join()).toMatch(/^(srflx|prflx)$/)
  expect((await knownTo(bob)).join()).toMatch(annasAddress)
  await followTold(bob.screen.page)

  await annaCall.button('Make the call small').click()
  await anna.screen.openSettings()
  const switchedAt = Date.now()
  await anna.screen.page.getByRole('checkbox', { name: /^Hide my address/ }).check()
  await anna.screen.page.keyboard.press('Escape')
  await annaCall.button('Make the call large').click()
  await expect.poll(() => usedBy(anna)).toEqual(['relay'])
  await hearEachOther(call)
  // It was not placed anew: nobody is rung, and both are where they were.
  for (const { region, ring } of [annaCall, bobCall]) {
    await expect(region).toBeVisible()
    await expect(ring).toBeHidden()
  }
  const { longestSilenceMs } = await soundOfBoth([anna, bob], switchedAt)
  note('silence while it changes its way', `${Math.round(longestSilenceMs)} ms`)

  // And stays there, as more ways may be tried in a while.
  await passTime(8_000)
  await hearEachOther(call)
  await expect.poll(() => anna.network.routes()).toEqual(['relay'])
  expect(await usedBy(anna)).toEqual(['relay'])
  const told = await bob.screen.page.evaluate(() => window.testTold ?? [])
  expect(told.join()).toMatch(/ typ relay /)
  expect(told.join('\n')).not.toMatch(annasAddress)
  expect((await knownTo(bob)).join()).not.toMatch(annasAddress)
  await endAsOne(call)
})
