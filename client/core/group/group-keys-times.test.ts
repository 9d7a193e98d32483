import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { groupLimits, logLimits } from '../../../shared/limits.ts'
import { fail } from '../../../shared/result.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { createKeyGroup, deviceOf, keyGroupId, placeOf, recipientOf, rekeyOf } from '../testing/key-group.ts'
import { createGroupKeys, type GroupKeys } from './group-keys.ts'
import { recipientIdOf } from './rekey.ts'

const start = 1_700_000_000_000
let nowMs = start
const clock = { now: () => nowMs }
const { epochMs } = groupLimits
const { maxClockLeadMs } = logLimits

test('G4, G5: under which epoch a device writes follows from what it knows and its clock, and not from when it looked before', async () => {
  const [writer, maker] = await Promise.all([deviceOf(1), deviceOf(2)])
  const own = [{ id: recipientIdOf(writer.id), kem: writer.kem }]
  const open = (seed: number) =>
    createGroupKeys({ group: keyGroupId, own, given: [], clock, random: createSeededRandom(seed) })
  const epochOf = async (keys: GroupKeys): Promise<string> => {
    const bodies = keys.bodies(() => Promise.resolve(fail({ type: 'storeFailed', detail: 'none fits' })))
    const sealed = await bodies.seal(encodeUtf8('hello'), placeOf(writer))
    return sealed.ok ? toBase64Url(sealed.value.epoch) : 'none'
  }

  const keyGroup = createKeyGroup(clock)
  for (const device of [writer, maker]) await keyGroup.add(device)
  const recipients = [writer, maker].map(recipientOf)
  const madeMs = [start, start + 60_000, start + epochMs / 2, start + 2 * epochMs]
  const makers = [...keyGroup.members].filter(({ device }) => device === maker)
  const rekeys = await Promise.all(
    madeMs.flatMap((ms) =>
      makers.map(async ({ keys }) => ({
        rekey: rekeyOf(await keys.makeRekey()),
        ms,
        by: recipientIdOf(maker.id),
      })),
    ),
  )
  const turns = madeMs.flatMap((ms) => [ms - maxClockLeadMs, ms, ms + epochMs])
  const moment = fc
    .tuple(fc.constantFrom(...turns), fc.integer({ min: -2, max: 2 }))
    .map(([ms, off]) => ms + off)
  const step = fc.record({
    ms: moment,
    known: fc.option(fc.integer({ min: 0, max: rekeys.length }), { freq: 3 }),
  })

  const used = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const keys = open(3)
      let known = rekeys.slice(0, 1)
      keys.learn({ recipients, rekeys: known })
      for (const one of steps) {
        nowMs = one.ms
        // Sometimes more or fewer rekeys are known, as when a member is cut off; else only the time is another.
        if (one.known !== null) {
          known = rekeys.slice(0, one.known)
          keys.learn({ recipients, rekeys: known })
        }
        const fresh = open(4)
        fresh.learn({ recipients, rekeys: known })
        const epoch = await epochOf(fresh)
        used.add(epoch)
        expect(await epochOf(keys)).toBe(epoch)
      }
    }),
    { numRuns: 60, seed: 5 },
  )
  expect(used.size).toBe(rekeys.length + 1)
})
