import { beforeAll, describe, expect, test } from 'vitest'
import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { retentionLimits } from '../../../shared/limits.ts'
import { clearBodies } from '../testing/clear-bodies.ts'
import { createLogDevice, testGroup, testLog, type LogDevice } from '../testing/log-devices.ts'
import type { MemoryStore } from '../testing/memory-store.ts'
import { openDevice, type Device } from '../identity/device.ts'
import type { FeedHead } from '../ports.ts'
import { encodeAppend } from './append-update.ts'
import { digestPage } from './digest.ts'
import { entryKinds } from './entry.ts'
import { appendEntry } from './feed.ts'

const { week } = retentionLimits
const day = 24 * 60 * 60 * 1000
/** A day in the life of the family. */
const today = 1_000 * day

const open = async (seed: number, store?: MemoryStore): Promise<LogDevice> => {
  const device = await createLogDevice(
    seed,
    { mayErase: (eraser, author) => (eraser === author ? 'yes' : 'no'), keepMs: () => week },
    store,
  )
  device.nowMs = today
  return device
}

let writer: Device
beforeAll(async () => {
  writer = await openDevice(new Uint8Array(32).fill(9))
})

/** A feed of one page, its entries so many days old. */
const writeFeed = async (page: number, ages: readonly number[], from?: FeedHead) => {
  const elements: Bytes[] = []
  let head = from
  for (const [index, age] of ages.entries()) {
    const made = await appendEntry(clearBodies, {
      place: { group: testGroup, log: testLog, page },
      device: writer,
      head,
      kind: entryKinds.message,
      time: { ms: today - age * day, counter: index },
      plaintext: encodeUtf8(`page ${page}, ${age} days old`),
    })
    if (!made.ok) throw new Error(made.problem.type)
    elements.push(made.value.element)
    head = made.value.head
  }
  if (!head) throw new Error('nothing was written')
  return { update: encodeAppend(writer.feed, from?.length ?? 0, elements), head }
}
const give = async (to: LogDevice, page: number, update: Bytes) =>
  (await to.logs.receive(testLog, page, update, writer.id)).type
const pagesOf = (device: LogDevice) => [...(device.logs.lengths().get(testLog)?.keys() ?? [])]

describe('P8: in a room that is kept for a week', () => {
  test('what is older goes from the disk and the screen, and its place in the feed stays', async () => {
    const anna = await open(1)
    const { update } = await writeFeed(0, [9, 8, 6, 1])
    anna.nowMs = today - 7 * day
    expect(await give(anna, 0, update)).toBe('admitted')
    anna.nowMs = today
    expect(anna.holds('9 days old')).toBe(true)
    await anna.logs.sweep(testLog)
    expect(await anna.lines()).toEqual(['page 0, 6 days old', 'page 0, 1 days old'])
    for (const age of [9, 8]) expect(anna.holds(`page 0, ${age} days old`)).toBe(false)
    expect(anna.logs.lengths().get(testLog)?.get(0)).toEqual(new Map([[writer.feed, 4]]))
    expect(await anna.logs.missed(testLog, 0)).toEqual([])
    expect(await anna.store.readTimeline(testLog, { limit: 9 })).toHaveLength(2)
    const again = await open(1, anna.store.crash())
    expect(await again.lines()).toEqual(['page 0, 6 days old', 'page 0, 1 days old'])
  })

  test('what comes when it is older already is not kept, and what follows it is', async () => {
    const [anna, bob] = [await open(1), await open(2)]
    const { update } = await writeFeed(0, [30, 9, 1])
    anna.nowMs = today - 30 * day
    await give(anna, 0, update)
    expect(await bob.fetch(anna)).toEqual(['admitted'])
    expect(await bob.lines()).toEqual(['page 0, 1 days old'])
    expect(bob.holds('9 days old')).toBe(false)
    const carla = await open(3)
    expect(await carla.fetch(bob), 'from one who has husks only').toEqual(['admitted'])
    expect(await carla.lines()).toEqual(['page 0, 1 days old'])
    expect(await carla.logs.missed(testLog, 0)).toEqual([])
  })

  test('a device whose clock is a year ahead erases its own copy, and nobody else’s', async () => {
    const [wrong, right, newcomer] = [await open(1), await open(2), await open(3)]
    const { update } = await writeFeed(0, [3, 2, 1])
    await give(right, 0, update)
    await give(wrong, 0, update)
    wrong.nowMs = today + 365 * day
    await wrong.logs.sweep(testLog)
    expect(await wrong.lines()).toEqual([])
    expect(await right.fetch(wrong)).toEqual([])
    // A newcomer who asks it first misses bodies, goes on all the same, and gets them from the other.
    expect(await newcomer.fetch(wrong)).toEqual(['admitted'])
    expect(await newcomer.lines()).toEqual([])
    expect(newcomer.logs.missingMark(testLog, 0)).toBe(newcomer.device.feed)
    expect(await newcomer.fetch(right)).toEqual(['admitted'])
    expect(await newcomer.lines()).toEqual(await right.lines())
    expect((await newcomer.lines()).length).toBe(3)
  })

  test('a clock that is hours off makes nobody ask for anything', async () => {
    const [early, late] = [await open(1), await open(2)]
    const { update } = await writeFeed(0, [6.8, 1])
    await give(early, 0, update)
    early.nowMs = today + 0.5 * day
    await early.logs.sweep(testLog)
    await late.fetch(early)
    expect(late.logs.missingMark(testLog, 0)).toBeUndefined()
  })

  test('an author whose clock is ahead keeps what they wrote for as long as it claims', async () => {
    const anna = await open(1)
    const { update } = await writeFeed(0, [-400])
    await give(anna, 0, update)
    anna.nowMs = today + 30 * day
    await anna.logs.sweep(testLog)
    expect(await anna.lines()).toEqual(['page 0, -400 days old'])
  })
})

describe('P8: a page all of which is over', () => {
  const twoPages = async () => {
    const anna = await open(1)
    const [first, second] = [await writeFeed(0, [30, 20]), await writeFeed(1, [10, 1])]
    await give(anna, 0, first.update)
    await give(anna, 1, second.update)
    await anna.logs.sweep(testLog)
    return { anna, first, second }
  }

  test('is dropped, unless it is the newest', async () => {
    const { anna } = await twoPages()
    expect(pagesOf(anna)).toEqual([1])
    expect(await anna.store.loadPage(testLog, 0)).toBeUndefined()
    anna.nowMs = today + 30 * day
    await anna.logs.sweep(testLog)
    expect(pagesOf(anna)).toEqual([1])
    expect(await anna.lines()).toEqual([])
    await anna.say('the room goes on')
    expect(pagesOf(anna)).toEqual([1])
  })

  test('is not asked for again, also after a restart, and is neither counted nor served', async () => {
    const { anna, first } = await twoPages()
    const state = await digestPage([{ ...first.head, isFrozen: false }])
    const again = await open(1, anna.store.crash())
    for (const device of [anna, again]) {
      expect(device.logs.wasDropped(testLog, 0, state)).toBe(true)
      expect(device.logs.wasDropped(testLog, 1, state)).toBe(false)
      expect(pagesOf(device)).toEqual([1])
      expect([...(await device.logs.missing(testLog, 0, new Map()))]).toEqual([])
    }
  })

  test('comes back for what somebody wrote there while they were away, and goes once that is over', async () => {
    const { anna, first } = await twoPages()
    const away = await open(2)
    await give(away, 0, first.update)
    const late = await writeFeed(0, [2], first.head)
    await give(away, 0, late.update)
    const state = await digestPage([{ ...late.head, isFrozen: false }])
    expect(anna.logs.wasDropped(testLog, 0, state), 'so it is asked for').toBe(false)
    expect(await anna.fetch(away)).toEqual(['admitted'])
    expect(await anna.lines()).toEqual(['page 0, 2 days old', 'page 1, 1 days old'])
    expect(anna.holds('20 days old')).toBe(false)
    anna.nowMs = today + 6 * day
    await anna.logs.sweep(testLog)
    expect(pagesOf(anna)).toEqual([1])
    expect(anna.logs.wasDropped(testLog, 0, state)).toBe(true)
  })

  test('stays where the disk refuses to let it go, until the next time', async () => {
    const anna = await open(1)
    const first = await writeFeed(0, [30])
    await give(anna, 0, first.update)
    await give(anna, 1, (await writeFeed(1, [1])).update)
    anna.store.failNextWrite({ type: 'storeFailed', detail: 'not now' })
    await anna.logs.sweep(testLog)
    expect(pagesOf(anna)).toEqual([0, 1])
    await anna.logs.sweep(testLog)
    expect(pagesOf(anna)).toEqual([1])
  })
})
