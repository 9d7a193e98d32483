import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareBytes, copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { logLimits } from '../../../shared/limits.ts'
import { ok } from '../../../shared/result.ts'
import { bitFlips } from '../testing/broken-bytes.ts'
import { createHostileScene, type HostileScene } from '../testing/hostile-scene.ts'
import { joinBlocks } from '../testing/hostile-updates.ts'
import type { Wish } from '../testing/hostile-member.ts'
import { encodeSyncMessage } from '../sync/messages.ts'
import { encodeAppend } from './append-update.ts'
import type { BodyCipher } from './body-cipher.ts'
import type { SealedBody } from './entry.ts'

/** What Anna’s device makes of an update that Mallory’s brought. */
const receive = async (
  { anna, mallory, general }: HostileScene,
  update: Bytes,
  { log = general, page = 0 } = {},
): Promise<string> => (await anna.hearth.logs.receive(log, page, update, mallory.relative.device.id)).type

test('E1: of an entry in which one bit was flipped nothing is admitted, whichever it was', async () => {
  const scene = await createHostileScene()
  const { device } = scene.mallory.relative
  const { element, update } = await scene.mallory.write()
  const before = scene.told()
  for (const flipped of bitFlips(element))
    expect(await receive(scene, encodeAppend(device.feed, 0, [flipped]))).not.toBe('admitted')
  expect(scene.told()).toEqual(before)
  expect(await receive(scene, update)).toBe('admitted')
  expect(await scene.talk()).toBe(true)
})

describe('E3: a body that was moved is never opened', () => {
  const reuse = (sealed: SealedBody): BodyCipher => ({
    seal: () => Promise.resolve(ok({ epoch: sealed.epoch, nonce: sealed.nonce, body: sealed.body })),
    open: () => Promise.resolve(undefined),
  })
  type Move = (
    scene: HostileScene,
  ) => Promise<{ sealed: SealedBody; wish: Wish; first?: Bytes; page?: number }>
  const placeIn = ({ anna, general }: HostileScene, log = general, page = 0) => ({
    group: anna.hearth.family.genesis.group,
    log,
    page,
  })
  const moves: [string, Move][] = [
    [
      'to another author',
      async (scene) => {
        const [entry] = await scene.anna.hearth.logs.readAll(scene.general)
        return { sealed: entry!, wish: {} }
      },
    ],
    [
      'to a later place in the feed',
      async ({ mallory }) => {
        const { entry, head, update } = await mallory.write()
        return { sealed: entry, wish: { head }, first: update }
      },
    ],
    [
      'to another time',
      async ({ mallory, house }) => {
        const time = { ms: house.clock.now(), counter: 500 }
        const { entry } = await mallory.write({ time })
        return { sealed: entry, wish: { time: { ...time, counter: 501 } } }
      },
    ],
    [
      'to another page',
      async (scene) => {
        const { entry } = await scene.mallory.write()
        return { sealed: entry, wish: { place: placeIn(scene, scene.general, 1) }, page: 1 }
      },
    ],
    [
      'to another room',
      async (scene) => {
        const { entry } = await scene.mallory.write({ place: placeIn(scene, scene.garden) })
        return { sealed: entry, wish: {} }
      },
    ],
    [
      'from another group',
      async (scene) => {
        const { entry } = await scene.mallory.write({ place: { ...placeIn(scene), group: scene.garden } })
        return { sealed: entry, wish: {} }
      },
    ],
  ]

  test.each(moves)('%s', async (_title, move) => {
    const scene = await createHostileScene()
    const { anna, mallory, house } = scene
    const { sealed, wish, first, page = 0 } = await move(scene)
    if (first) expect(await receive(scene, first)).toBe('admitted')
    const lines = await anna.lines()
    // Whoever carries a log cannot look inside: so the entry is taken, and says nothing.
    const moved = await mallory.write({ ...wish, bodies: reuse(sealed) })
    expect(await receive(scene, moved.update, { page })).toBe('admitted')
    await house.clock.advance(50)
    expect(await anna.lines()).toEqual(lines)
    const read = await anna.hearth.logs.read(scene.general, { limit: 50 })
    const ofMallory = read.filter(({ author }) => author === mallory.relative.device.id)
    expect(ofMallory.at(-1)?.body).toBeUndefined()
    expect(await scene.talk()).toBe(true)
  })
})

describe('E4: a time that is no time', () => {
  const year = 365 * 24 * 3_600_000
  const lastLine = async ({ anna }: HostileScene) => (await anna.lines()).at(-1)

  test('far ahead it shows as the time of arrival, and drags nobody along', async () => {
    const scene = await createHostileScene()
    const { house, anna, mallory, general } = scene
    const time = { ms: house.clock.now() + year, counter: 0 }
    expect(await receive(scene, (await mallory.write({ time })).update)).toBe('admitted')
    const arrived = house.clock.now()
    await house.clock.advance(1_000)
    anna.say('after that')
    await house.clock.advance(20)
    expect(await lastLine(scene)).toBe('Anna: after that')
    const keys = (await anna.hearth.logs.read(general, { limit: 50 })).map(({ key }) => key.ms)
    expect(Math.max(...keys)).toBeLessThan(house.clock.now() + logLimits.maxClockLeadMs)
    expect(keys).toContain(arrived)
    expect(await scene.talk()).toBe(true)
  })

  test('long past it stands before everything else, and changes nothing there', async () => {
    const scene = await createHostileScene()
    const { house, mallory } = scene
    const lines = await scene.anna.lines()
    expect(await receive(scene, (await mallory.write({ time: { ms: 0, counter: 0 } })).update)).toBe(
      'admitted',
    )
    await house.clock.advance(20)
    expect((await scene.anna.lines()).filter((line) => lines.includes(line))).toEqual(lines)
    expect(await lastLine(scene)).toBe(lines.at(-1))
    expect(await scene.talk()).toBe(true)
  })

  test('beyond all that a clock can show it is refused', async () => {
    const scene = await createHostileScene()
    for (const time of [
      { ms: logLimits.maxClockMs + 1, counter: 0 },
      { ms: Number.MAX_SAFE_INTEGER, counter: 0 },
      { ms: 1, counter: logLimits.maxClockCounter + 1 },
    ])
      expect(await receive(scene, (await scene.mallory.write({ time })).update)).toBe('refused')
    expect(await scene.talk()).toBe(true)
  })
})

describe('P6: two entries for one place', () => {
  // Who ends with what: sync/forks.long.test.ts. What a hostile device can do with it: sync/hostile-forks.test.ts.
  test('P6: of two entries for one place the lower hash stays, the feed is frozen, and people are told', async () => {
    const scene = await createHostileScene()
    const { anna, bob, mallory, general, house } = scene
    const [one, other] = [await mallory.write(), await mallory.write()]
    const next = await mallory.write({ head: one.head })
    await mallory.meet(anna)
    for (const { update } of [one, next, other]) mallory.sendEntries(anna, update)
    await house.clock.advance(logLimits.antiEntropyMs)
    const { hash } = [one.head, other.head].sort((left, right) => compareBytes(left.hash, right.hash))[0]!
    for (const member of [anna, bob]) {
      expect(member.hearth.logs.forksIn(general)).toMatchObject([{ seq: 0, hash }])
      expect(member.hearth.logs.lengths().get(general)?.get(0)?.get(mallory.relative.device.feed)).toBe(1)
      expect(member.hearth.refusals.get().map(({ why }) => why)).toContain('forked')
    }
    expect(await scene.headOf(mallory.relative)).toMatchObject({ length: 1, hash })
    expect(await receive(scene, next.update)).toBe('frozen')
    expect(await scene.talk()).toBe(true)
  })

  test('P6: both in one update are no update, and leave nothing behind', async () => {
    const scene = await createHostileScene()
    const [one, other] = [await scene.mallory.write(), await scene.mallory.write()]
    const before = scene.told()
    expect(await receive(scene, joinBlocks(one.update, other.update))).toBe('refused')
    expect(scene.told()).toEqual(before)
    expect(await scene.talk()).toBe(true)
  })

  test('a fork costs no link between honest devices', async () => {
    const scene = await createHostileScene()
    const { anna, bob, mallory, house } = scene
    await mallory.meet(bob)
    const [one, other] = [await mallory.write(), await mallory.write()]
    mallory.sendEntries(anna, one.update)
    mallory.sendEntries(bob, other.update)
    await house.clock.advance(20)
    house.hub.cut(mallory.relative.device.id, bob.id)
    let { head } = one
    for (let count = 0; count < logLimits.refusalsTolerated; count++) {
      const next = await mallory.write({ head })
      mallory.sendEntries(anna, next.update)
      await house.clock.advance(20)
      head = next.head
    }
    expect(await scene.talk()).toBe(true)
  })
})

test('P3: whatever comes over the pages channel is an answer or a refusal, and the link to others stays', async () => {
  const scene = await createHostileScene()
  const { anna, mallory, general, house } = scene
  const before = scene.told()
  const { update } = await mallory.write()
  const whole = encodeSyncMessage({ type: 'entries', log: general, page: 0, update })
  const changed = fc
    .array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => {
      const bytes = whole.slice()
      // Beyond the head of the message: in the update.
      for (const [at, by] of changes) bytes[Math.max(at, 30)] = (bytes[Math.max(at, 30)] ?? 0) ^ by
      return bytes
    })
  const cut = fc.nat(whole.length - 1).map((length) => whole.slice(0, length))
  const garbage = fc.uint8Array({ maxLength: 300 }).map(copyBytes)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(changed, cut, garbage), { maxLength: 4 }), async (messages) => {
      await mallory.meet(anna)
      for (const message of messages) mallory.say(anna, message)
      await house.clock.advance(20)
    }),
    { numRuns: 40 },
  )
  expect(scene.told()).toEqual(before)
  expect(await scene.talk()).toBe(true)
})

test('Y5: the same entry again, and again in other company, changes nothing', async () => {
  const scene = await createHostileScene()
  const { anna, mallory, house } = scene
  const elements: Bytes[] = []
  let head: Wish['head']
  for (let count = 0; count < 4; count++) {
    const made = await mallory.write({ head, plaintext: encodeUtf8(`text ${count}`) })
    elements.push(made.element)
    head = made.head
  }
  const { feed } = mallory.relative.device
  expect(await receive(scene, encodeAppend(feed, 0, elements))).toBe('admitted')
  await house.clock.advance(50)
  const [before, lines] = [scene.told(), await anna.lines()]
  const slices = fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }))
  await fc.assert(
    fc.asyncProperty(fc.array(slices, { maxLength: 6 }), async (some) => {
      for (const [from, count] of some)
        expect(await receive(scene, encodeAppend(feed, from, elements.slice(from, from + count)))).toBe(
          'known',
        )
    }),
    { numRuns: 30 },
  )
  await house.clock.advance(50)
  expect(scene.told()).toEqual(before)
  expect(await anna.lines()).toEqual(lines)
})
