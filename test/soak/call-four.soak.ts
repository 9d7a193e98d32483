import { callOf } from '../fixtures/calls.ts'
import { measureCall } from '../fixtures/call-load.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'
import { keepTracks } from '../fixtures/media.ts'
import { scaled } from './scaled.ts'

const mebibyte = 1024 * 1024
/** What the engine's own tables and a few lines of diagnostics may take. */
const mostGrownBytes = 8 * mebibyte
const names = ['Anna', 'Bert', 'Carla', 'Dora']

test('C4: four people talk for ten minutes, and nothing grows', async ({ family }) => {
  const people = []
  for (const name of names) people.push(await family.person(name))
  const [anna, ...others] = people
  if (!anna) throw new Error('nobody is there')
  for (const { screen } of people) {
    await keepTracks(screen.page)
    await screen.page.reload()
  }
  for (const other of others) await areTogether(anna, other)
  const calls = people.map(callOf)
  const [annaCall, ...otherCalls] = calls
  await annaCall?.place('video')
  for (const call of otherCalls) await call.button('Accept with video').click()
  for (const call of calls) await call.hears(3)

  // What a call needs is there after its first minute; from then on nothing more may come.
  await anna.screen.page.waitForTimeout(scaled(60_000))
  const first = await measureCall(anna.screen.page)
  const minutes = 9
  for (let minute = 1; minute <= minutes; minute++) {
    await anna.screen.page.waitForTimeout(scaled(60_000))
    const { heapBytes, connections, liveTracks } = await measureCall(anna.screen.page)
    console.log(
      `minute ${minute + 1}: ${((heapBytes - first.heapBytes) / mebibyte).toFixed(2)} MiB more, ` +
        `${connections} connections, ${liveTracks} tracks`,
    )
    expect(connections).toBe(first.connections)
    expect(liveTracks).toBe(first.liveTracks)
    expect(heapBytes - first.heapBytes).toBeLessThan(mostGrownBytes)
  }
  for (const call of calls) await call.hears(3)
  for (const call of calls) await call.leave()
  await expect.poll(async () => (await measureCall(anna.screen.page)).liveTracks).toBe(0)
})
