import { measureCall, mostNewListeners, mostNewNodes, type CallLoad } from '../fixtures/call-load.ts'
import { expect, type Person } from '../fixtures/family.ts'
import { soundSince } from '../fixtures/follow-sound.ts'
import { countTimers, keepTracks } from '../fixtures/media.ts'
import { passTime } from '../fixtures/pass-time.ts'
import { callOfTwo, endAsOne, hearEachOther, seeEachOther } from '../lab/call-between.ts'
import { test, type Lab } from '../lab/lab.ts'
import { scaled } from './scaled.ts'

const mebibyte = 1024 * 1024
/** What lies within a heap that is let go of at its own times, and the engine's own tables. */
const mostGrownBytes = 3 * mebibyte

const moveIn = async (lab: Lab, name: string, home: 'homea' | 'homeb'): Promise<Person> => {
  const person = await lab.person(name, home)
  await keepTracks(person.screen.page)
  await countTimers(person.screen.page)
  await person.screen.page.reload()
  return person
}

const heldIn = ({ connections, liveTracks, sentTracks, players, timers }: CallLoad) => ({
  connections,
  liveTracks,
  sentTracks,
  players,
  timers,
})

/** What was noted of the sound is not of the call. */
const measure = async ({ screen: { page } }: Person): Promise<CallLoad> => {
  await page.evaluate(() => window.testSound?.splice(0))
  return measureCall(page)
}

test('C5, L6: a call that is cut again and again comes back each time, and holds no more than before', async ({
  lab,
}) => {
  await lab.serve('server', 'stun')
  const anna = await moveIn(lab, 'Anna', 'homea')
  const bob = await moveIn(lab, 'Bob', 'homeb')
  const people = [anna, bob]
  const call = await callOfTwo(anna, bob, 'video')
  await seeEachOther(call)
  const first = await Promise.all(people.map(measure))

  const beCut = async (seconds: number): Promise<void> => {
    for (const { screen } of people) await screen.page.evaluate(() => window.testSound?.splice(0))
    await lab.net('cut', 'a')
    await passTime(seconds * 1_000)
    const backAt = Date.now()
    await lab.net('join', 'a')
    await hearEachOther(call)
    await seeEachOther(call)
    for (const [at, person] of people.entries()) {
      const { firstAt } = await soundSince(person.screen.page, backAt)
      const before = first[at]
      if (firstAt === undefined || before === undefined) throw new Error(`${person.name} hears nothing`)
      // A connection in place of another is there before that one is gone.
      await expect.poll(async () => heldIn(await measure(person))).toEqual(heldIn(before))
      const now = await measure(person)
      const grown = now.heapBytes - before.heapBytes
      const nodes = now.nodes - before.nodes
      const listeners = now.listeners - before.listeners
      console.log(
        `${person.name}, after ${seconds} s: sound ${Math.round(firstAt - backAt)} ms after the line, ` +
          `${now.made} connections made and ${now.connections} open, ${now.liveTracks} tracks live and ${now.sentTracks} sent, ` +
          `${now.timers} timers, ${(grown / mebibyte).toFixed(2)} MiB, ${nodes} nodes and ${listeners} listeners more`,
      )
      expect(grown).toBeLessThan(mostGrownBytes)
      expect(nodes).toBeLessThan(mostNewNodes)
      // The test keeps each connection there ever was, and with it who listens to it.
      expect(listeners).toBeLessThan(mostNewListeners * (1 + now.made - before.made))
    }
  }

  for (let round = 0; round < scaled(10); round++) for (const seconds of [3, 10, 25]) await beCut(seconds)
  await endAsOne(call)
})
