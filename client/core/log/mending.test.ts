import { expect, test } from 'vitest'
import { logLimits } from '../../../shared/limits.ts'
import { createLogDevice, testLog, type LogDevice } from '../testing/log-devices.ts'

const rules = { mayErase: () => 'yes' as const }
const names = (count: number, of: string) => Array.from({ length: count }, (_, index) => `${of} ${index}`)

/** Two devices that have the same page: five messages of each. */
const twoAlike = async () => {
  const [anna, bob] = [await createLogDevice(1, rules), await createLogDevice(2, rules)]
  for (const device of [anna, bob])
    for (const text of names(5, device === anna ? 'anna' : 'bob')) {
      device.nowMs += 1
      await device.say(text)
    }
  await anna.fetch(bob)
  await bob.fetch(anna)
  return { anna, bob }
}
const restart = (device: LogDevice, seed: number) => createLogDevice(seed, rules, device.store.crash())
const lengthsOf = (device: LogDevice) => device.logs.lengths().get(testLog)?.get(0)
const everything = [...names(5, 'anna'), ...names(5, 'bob')].sort()
const sorted = async (device: LogDevice) => (await device.lines()).sort()

test('P5, Y2: what a disk has lost is not said to be there, comes back from another device, and the page is whole again', async () => {
  const { anna, bob } = await twoAlike()
  anna.store.disk.loseRow(testLog, 0, 2)
  const again = await restart(anna, 1)
  expect(await sorted(again)).toEqual(['anna 0', 'anna 1', ...names(5, 'bob')])
  expect(lengthsOf(again)?.get(again.device.feed)).toBe(2)
  expect(again.logs.lackingPages.get()).toEqual(new Set([`${testLog} 0`]))

  await again.fetch(bob)
  expect(await sorted(again)).toEqual(everything)
  expect(again.logs.lackingPages.get().size).toBe(0)
  const after = await restart(again, 1)
  expect(await sorted(after)).toEqual(everything)
  expect(await after.store.loadPage(testLog, 0)).toMatchObject({ damagedRows: 0, messageCount: 10 })
})

test('P5: what only this device has is there again once what was lost before it has come back', async () => {
  const { anna, bob } = await twoAlike()
  await anna.say('only here')
  anna.store.disk.loseRow(testLog, 0, 0)
  const again = await restart(anna, 1)
  expect(await sorted(again)).toEqual(names(5, 'bob'))
  await again.fetch(bob)
  expect(await sorted(again)).toEqual([...everything, 'only here'].sort())
  expect(await sorted(await restart(again, 1))).toEqual([...everything, 'only here'].sort())
})

test('P6: a place that this device has signed and lost is not signed again, before or after others have healed the rest', async () => {
  const { anna, bob } = await twoAlike()
  await anna.say('lost for ever')
  anna.store.disk.loseRow(testLog, 0, 6)
  const again = await restart(anna, 1)
  const position = await again.find('bob 0')
  await again.fetch(bob)
  await again.say('after the loss')
  expect(again.logs.lengths().get(testLog)?.get(1)?.get(again.device.feed)).toBe(1)
  expect(lengthsOf(again)?.get(again.device.feed)).toBe(5)
  expect(position && (await again.logs.erase(testLog, [position])).ok).toBe(false)

  const after = await restart(again, 1)
  await after.fetch(bob)
  await after.say('and once more')
  expect(after.logs.lengths().get(testLog)?.get(1)?.get(after.device.feed)).toBe(2)
})

test('P5: a page of which only the summary is lost is read from its rows, without anybody', async () => {
  const { anna } = await twoAlike()
  anna.store.disk.loseHeads(testLog, 0)
  const again = await restart(anna, 1)
  expect(await sorted(again)).toEqual(everything)
  expect(again.logs.lackingPages.get().size).toBe(0)
  await again.say('goes on')
  expect(lengthsOf(again)?.get(again.device.feed)).toBe(6)
  expect(await sorted(await restart(again, 1))).toEqual([...everything, 'goes on'].sort())
})

test('P6: where nobody knows how far this device had written, it writes in that page no more', async () => {
  const { anna, bob } = await twoAlike()
  anna.store.disk.loseHeads(testLog, 0)
  anna.store.disk.loseRow(testLog, 0, 1)
  const again = await restart(anna, 1)
  await again.lines()
  await again.fetch(bob)
  expect(await sorted(again)).toEqual(everything)
  await again.say('in the next page')
  const after = await restart(again, 1)
  expect(await sorted(after)).toEqual([...everything, 'in the next page'].sort())
  await after.say('there too')
  expect(lengthsOf(after)?.get(after.device.feed)).toBe(5)
  expect(after.logs.lengths().get(testLog)?.get(1)?.get(after.device.feed)).toBe(2)
})

test('P1: of several damaged pages none is written in', async () => {
  const anna = await createLogDevice(1, rules)
  for (const page of [0, 1]) {
    anna.store.disk.write({
      log: testLog,
      page,
      update: new Uint8Array([0, 0]),
      heads: [],
      messageCount: page === 0 ? logLimits.messagesPerPage : 0,
      timeline: [],
      isDamaged: true,
      durability: 'strict',
    })
    anna.store.disk.loseHeads(testLog, page)
    anna.store.disk.loseRow(testLog, page, 0)
  }
  const again = await restart(anna, 1)
  await again.say('where nothing was')
  expect(await sorted(again)).toEqual(['where nothing was'])
  expect(again.logs.lengths().get(testLog)?.get(2)?.get(again.device.feed)).toBe(1)
})
