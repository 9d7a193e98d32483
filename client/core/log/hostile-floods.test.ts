import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { ok } from '../../../shared/result.ts'
import type { HostileMember } from '../testing/hostile-member.ts'
import { createHostileScene } from '../testing/hostile-scene.ts'
import { swarms } from '../testing/hostile-updates.ts'
import { createRelative } from '../testing/relatives.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import type { BodyCipher } from './body-cipher.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heapBytes = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}

const random = createSeededRandom(17)
/** Each under another epoch, which nobody made. */
const underNoKey: BodyCipher = {
  seal: () =>
    Promise.resolve(ok({ epoch: random.bytes(16), nonce: random.bytes(12), body: random.bytes(80) })),
  open: () => Promise.resolve(undefined),
}

describe('P3: entries that may be good once the rest has come are kept nowhere', () => {
  // 50,000 of them took a tenth of a megabyte, so a million take a few: a bound of 50 bytes each, with room for noise.
  const frames = 1_500
  const noise = 3_000_000

  const flood = async (
    different: number,
    make: (mallory: HostileMember, index: number) => Promise<Bytes>,
  ) => {
    const scene = await createHostileScene()
    const { anna, mallory, general } = scene
    const made: Bytes[] = []
    for (let index = 0; index < different; index++) made.push(await make(mallory, index))
    const before = scene.told()
    const empty = heapBytes()
    for (let index = 0; index < frames; index++) {
      const update = made[index % different]!
      // Over all pages that she may name.
      const { type } = await anna.hearth.logs.receive(
        general,
        index % 500,
        update,
        mallory.relative.device.id,
      )
      if (index < different) expect(type).not.toBe('admitted')
    }
    expect(heapBytes() - empty).toBeLessThan(frames * 50 + noise)
    expect(scene.told()).toEqual(before)
    expect(await scene.talk()).toBe(true)
  }

  test('whose keys nobody made', async () => {
    await flood(100, async (mallory) => (await mallory.write({ bodies: underNoKey })).update)
  })

  test('whose authors nobody knows', async () => {
    const device = async (index: number) => (await createRelative(10_000 + index)).device
    await flood(50, async (mallory, index) => (await mallory.write({ device: await device(index) })).update)
  })
})

describe('P3: an update of many small things that are no entries is refused', () => {
  test.each(Object.keys(swarms(1, 1)))('%s', async (title) => {
    const scene = await createHostileScene()
    const { anna, mallory, general } = scene
    const { device } = mallory.relative
    const before = scene.told()
    const update = swarms(device.feed, 3_000)[title]!
    expect((await anna.hearth.logs.receive(general, 0, update, device.id)).type).toBe('refused')
    expect(scene.told()).toEqual(before)
    expect(await scene.talk()).toBe(true)
  })
})
