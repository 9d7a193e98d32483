import { describe, expect, test } from 'vitest'
import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { devices, forge, huskOf, ids, mayErase, openAll, seeds, send } from '../testing/erasing-family.ts'
import { createLogDevice, testLog, type LogDevice } from '../testing/log-devices.ts'
import { encodeEraseBody } from './erase-body.ts'
import { entryKinds } from './entry.ts'
import { readRuns } from './read-runs.ts'

describe('P4: a hostile device is refused that sends', () => {
  const said = ['one', 'two', 'three'].map((words) => ({ body: encodeUtf8(words) }))
  const cases: [string, (elements: Bytes[]) => Promise<Bytes[]>][] = [
    [
      'a husk of another body',
      async (elements) => {
        const husk = await huskOf(elements[1]!, 1)
        husk[husk.length - 1]! ^= 1
        return [elements[0]!, husk, elements[2]!]
      },
    ],
    [
      'a husk at the end, of another signature',
      async (elements) => {
        const husk = await huskOf(elements[2]!, 2)
        husk[40]! ^= 1
        return [elements[0]!, elements[1]!, husk]
      },
    ],
    [
      'a husk in the place of another',
      async (elements) => [elements[0]!, await huskOf(elements[2]!, 2), elements[2]!],
    ],
    [
      'a husk that is cut short',
      async (elements) => [elements[0]!, (await huskOf(elements[1]!, 1)).slice(0, -1), elements[2]!],
    ],
  ]
  test.each(cases)('%s', async (_, bend) => {
    const owner = await createLogDevice(seeds.owner, { mayErase })
    const elements = await forge(devices.phone, said)
    expect((await send(owner, devices.phone, 0, await bend(elements))).type).toBe('refused')
    expect(await send(owner, devices.phone, 0, elements), 'the honest go on').toEqual({ type: 'admitted' })
  })

  test('a husk of what says who may do what, or an erase entry that says nothing', async () => {
    const owner = await createLogDevice(seeds.owner, { mayErase })
    const body = encodeEraseBody([{ feed: 1, seq: 0, bodyHash: new Uint8Array(32) }])
    const elements = await forge(devices.phone, [{ kind: entryKinds.erase, body }])
    const husk = elements[0]!.slice()
    husk[1]! |= 0x80
    expect((await send(owner, devices.phone, 0, [husk])).type).toBe('refused')
    const empty = await forge(devices.phone, [{ kind: entryKinds.erase, body: new Uint8Array([0]) }])
    expect((await send(owner, devices.phone, 0, empty)).type).toBe('refused')
  })
})

/** Of a phone's own feed, as its pages hold them. */
const elementsOf = async (phone: LogDevice, from: number): Promise<Bytes[]> => {
  const [update] = [...(await phone.logs.missing(testLog, 0, new Map([[devices.phone.feed, from]])))]
  const runs = readRuns(update ?? new Uint8Array())
  if (!runs.ok) throw new Error(runs.problem.type)
  return runs.value.flatMap(({ elements }) => elements.map((element) => new Uint8Array(element)))
}

describe('P4: husks that nothing explains', () => {
  const strip = async (from: LogDevice, seqs: readonly number[]) => {
    const elements = await forge(
      devices.phone,
      ['one', 'two', 'three'].map((words) => ({ body: encodeUtf8(words) })),
    )
    const bare: Bytes[] = []
    for (const [seq, element] of elements.entries())
      bare.push(seqs.includes(seq) ? await huskOf(element, seq) : element)
    expect(await send(from, devices.phone, 0, bare)).toEqual({ type: 'admitted' })
    return elements
  }

  test('hold nothing up, are asked for, and come back whole from whoever has them', async () => {
    const victim = await createLogDevice(seeds.owner, { mayErase })
    const honest = await createLogDevice(seeds.admin, { mayErase })
    const elements = await strip(victim, [0, 2])
    await send(honest, devices.phone, 0, elements)
    expect(await victim.lines()).toEqual(['two'])
    expect(victim.logs.missingMark(testLog, 0)).toBe(victim.device.feed)
    expect(await victim.fetch(honest)).toEqual(['admitted', 'admitted'])
    expect(await victim.lines()).toEqual(['one', 'two', 'three'])
    expect(victim.logs.missingMark(testLog, 0)).toBeUndefined()
    const again = await createLogDevice(seeds.owner, { mayErase }, victim.store.crash())
    expect(await again.lines()).toEqual(['one', 'two', 'three'])
  })

  test('are still missed after a restart', async () => {
    const victim = await createLogDevice(seeds.owner, { mayErase })
    const elements = await strip(victim, [1])
    const again = await createLogDevice(seeds.owner, { mayErase }, victim.store.crash())
    expect(await again.logs.missed(testLog, 0)).toEqual([{ feed: devices.phone.feed, seq: 1 }])
    expect(await send(again, devices.phone, 1, [elements[1]!])).toEqual({ type: 'admitted' })
    expect(await again.lines()).toEqual(['one', 'two', 'three'])
  })

  test('take no other body than the one their author signed', async () => {
    const victim = await createLogDevice(seeds.owner, { mayErase })
    await strip(victim, [1])
    const elements = await forge(
      devices.phone,
      ['one', 'TWO', 'three'].map((words) => ({ body: encodeUtf8(words) })),
    )
    expect(await send(victim, devices.phone, 1, [elements[1]!])).toMatchObject({ type: 'known' })
    expect(await victim.lines()).toEqual(['one', 'three'])
  })

  test('are not missed any more once somebody who may has erased them', async () => {
    const victim = await createLogDevice(seeds.owner, { mayErase })
    const elements = await strip(victim, [1])
    const body = encodeEraseBody([
      { feed: devices.phone.feed, seq: 1, bodyHash: await sha256(encodeUtf8('two')) },
    ])
    const erase = await forge(devices.tablet, [{ kind: entryKinds.erase, body }])
    expect(await send(victim, devices.tablet, 0, erase)).toEqual({ type: 'admitted' })
    expect(await victim.logs.missed(testLog, 0)).toEqual([])
    expect(await send(victim, devices.phone, 1, [elements[1]!])).toEqual({ type: 'known' })
    expect(victim.holds('two')).toBe(false)
  })

  test('an update that brings an erased body along with what is new brings what is new only', async () => {
    const { phone, owner } = await openAll()
    await phone.say('one')
    await phone.say('two')
    const before = await elementsOf(phone, 0)
    await owner.fetch(phone)
    await phone.erase('two')
    await owner.fetch(phone)
    await phone.say('three')
    const since = await elementsOf(phone, 2)
    expect(await send(owner, devices.phone, 0, before)).toEqual({ type: 'known' })
    expect(await send(owner, devices.phone, 0, [...before, ...since])).toEqual({ type: 'admitted' })
    expect(owner.holds('two')).toBe(false)
    expect(await owner.lines()).toEqual(['one', `${ids.phone} by ${ids.phone}`, 'three'])
  })
})
