import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeviceId } from '../../shared/identifiers.ts'
import { introductionLimits, socketLimits } from '../../shared/limits.ts'
import { importSealingKey } from '../core/crypto/aes-gcm.ts'
import { toBase64Url } from '../../shared/crypto/base64url.ts'
import { createSeededRandom } from '../core/testing/seeded-random.ts'
import type { Ask, ConnectionId, Instance, IntroductionPayload } from './introduction-payload.ts'
import { createIntroductions } from './introductions.ts'

const anna = 'A'.repeat(43) as DeviceId
const bert = 'B'.repeat(43) as DeviceId
const cleo = 'C'.repeat(43) as DeviceId
const name = (letter: string) => letter.repeat(22)
const annaNow = name('a') as Instance
const bertNow = name('b') as Instance
const key = await importSealingKey(new Uint8Array(32).fill(1))
const otherKey = await importSealingKey(new Uint8Array(32).fill(2))

const ofDevice = (device: DeviceId, instance: Instance, sealedWith = key) =>
  createIntroductions({ device, instance, key: sealedWith, random: createSeededRandom(device.charCodeAt(0)) })

const offer = (sdp = 'v=0'): IntroductionPayload => ({
  type: 'offer',
  connection: name('c') as ConnectionId,
  ask: name('k') as Ask,
  round: 1,
  sdp,
})
const hello: IntroductionPayload = { type: 'hello' }

test('S4: what one device seals for another opens for that one, whatever their clocks say', async () => {
  const box = await ofDevice(anna, annaNow).seal(bert, bertNow, offer())
  expect(await ofDevice(bert, bertNow).open(anna, box)).toEqual({
    ok: true,
    value: { from: anna, instance: annaNow, payload: offer() },
  })
})

test('S4: for another receiver, from another sender, or with another family’s key it does not open', async () => {
  const refused = { ok: false, problem: { type: 'notSealedForUs' } }
  const box = await ofDevice(anna, annaNow).seal(bert, bertNow, offer())
  expect(await ofDevice(cleo, bertNow).open(anna, box)).toEqual(refused)
  expect(await ofDevice(bert, bertNow).open(cleo, box)).toEqual(refused)
  expect(await ofDevice(bert, bertNow, otherKey).open(anna, box)).toEqual(refused)
})

test('S4: a box opens once, and one held back does not open after a later one', async () => {
  const replayed = { ok: false, problem: { type: 'replayed' } }
  const sender = ofDevice(anna, annaNow)
  const receiver = ofDevice(bert, bertNow)
  const [first, second] = [
    await sender.seal(bert, bertNow, offer()),
    await sender.seal(bert, bertNow, offer()),
  ]
  expect(await receiver.open(anna, second)).toMatchObject({ ok: true })
  expect(await receiver.open(anna, second)).toEqual(replayed)
  expect(await receiver.open(anna, first)).toEqual(replayed)
})

test('S4: an old box, meant for a former page load, does not open after a reload', async () => {
  const box = await ofDevice(anna, annaNow).seal(bert, name('o') as Instance, offer())
  expect(await ofDevice(bert, bertNow).open(anna, box)).toEqual({
    ok: false,
    problem: { type: 'forAnotherInstance' },
  })
})

test('S4: only first words may come without naming the page load they are for', async () => {
  const sender = ofDevice(anna, annaNow)
  const receiver = ofDevice(bert, bertNow)
  expect(await receiver.open(anna, await sender.seal(bert, undefined, hello))).toMatchObject({ ok: true })
  expect(await receiver.open(anna, await sender.seal(bert, undefined, offer()))).toEqual({
    ok: false,
    problem: { type: 'forAnotherInstance' },
  })
})

test('S4: a reloaded sender counts anew and is heard', async () => {
  const receiver = ofDevice(bert, bertNow)
  await receiver.open(anna, await ofDevice(anna, annaNow).seal(bert, undefined, hello))
  const reloaded = await ofDevice(anna, name('n') as Instance).seal(bert, undefined, hello)
  expect(await receiver.open(anna, reloaded)).toMatchObject({ ok: true, value: { instance: name('n') } })
})

test('S4: what is too large is refused before it is opened, and a description too long after', async () => {
  const receiver = ofDevice(bert, bertNow)
  const tooLarge = { ok: false, problem: { type: 'tooLarge' } }
  expect(await receiver.open(anna, 'A'.repeat(socketLimits.maxBoxChars + 4))).toEqual(tooLarge)
  const bytes = new Uint8Array(introductionLimits.maxBoxBytes + 1)
  expect(await receiver.open(anna, toBase64Url(bytes).slice(0, socketLimits.maxBoxChars))).toMatchObject({
    ok: false,
  })
  const long = await ofDevice(anna, annaNow).seal(
    bert,
    bertNow,
    offer('v'.repeat(introductionLimits.maxSdpChars + 1)),
  )
  expect(await receiver.open(anna, long)).toEqual({ ok: false, problem: { type: 'malformed' } })
})

test('S4: garbage is a value, never an exception', async () => {
  const receiver = ofDevice(bert, bertNow)
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.uint8Array().map(toBase64Url)), async (box) => {
      expect(await receiver.open(anna, box)).toMatchObject({ ok: false })
    }),
  )
})

test('S4: a member who seals nonsense is refused', async () => {
  const receiver = ofDevice(bert, bertNow)
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (payload) => {
      const box = await ofDevice(anna, annaNow).seal(bert, bertNow, payload as unknown as IntroductionPayload)
      expect(await receiver.open(anna, box)).toMatchObject({ ok: false })
    }),
  )
})

test('S4: the two sides of an introduction stay within a frame, however long the description', async () => {
  const box = await ofDevice(anna, annaNow).seal(
    bert,
    bertNow,
    offer('"'.repeat(introductionLimits.maxSdpChars / 2)),
  )
  expect(box.length).toBeLessThanOrEqual(socketLimits.maxBoxChars)
})
