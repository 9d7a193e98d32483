import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { createLogDevice, testGroup, testLog, type LogDevice } from '../testing/log-devices.ts'
import { clearBodies } from '../testing/clear-bodies.ts'
import { openDevice, type Device } from '../identity/device.ts'
import type { FeedHead } from '../ports.ts'
import { encodeAppend } from './append-update.ts'
import { encodeEraseBody } from './erase-body.ts'
import { encodeElement, entryKinds, parseElement, toHusk, type EntryKind } from './entry.ts'
import { appendEntry } from './feed.ts'
import type { ErasePermission } from './gate.ts'

/** The owner, an admin, and a member with a phone and a tablet: by the seeds of their devices. */
const seeds = { owner: 1, admin: 2, phone: 3, tablet: 4 } as const
type Name = keyof typeof seeds
const ranks: Record<Name, number> = { owner: 2, admin: 1, phone: 0, tablet: 0 }
let ids: Record<Name, DeviceId>
let devices: Record<Name, Device>
beforeAll(async () => {
  const opened = await Promise.all(
    Object.entries(seeds).map(async ([name, seed]) => [
      name,
      await openDevice(new Uint8Array(32).fill(seed)),
    ]),
  )
  devices = Object.fromEntries(opened) as Record<Name, Device>
  ids = Object.fromEntries(Object.entries(devices).map(([name, { id }]) => [name, id])) as Record<
    Name,
    DeviceId
  >
})

const nameOf = (id: DeviceId): Name => {
  const found = Object.entries(ids).find(([, other]) => other === id)?.[0]
  if (!found) throw new Error('nobody')
  return found as Name
}
const areOne = (left: Name, right: Name) => left === right || ranks[left] + ranks[right] === 0
const mayErase = (eraser: DeviceId, author: DeviceId): ErasePermission => {
  const [by, of] = [nameOf(eraser), nameOf(author)]
  return areOne(by, of) || ranks[by] > ranks[of] ? 'yes' : 'no'
}

const openAll = async (rules: Parameters<typeof createLogDevice>[1] = { mayErase }) => {
  const [owner, admin, phone, tablet] = await Promise.all(
    Object.values(seeds).map((seed) => createLogDevice(seed, rules)),
  )
  if (!owner || !admin || !phone || !tablet) throw new Error('not all are there')
  return { owner, admin, phone, tablet }
}

/** Everybody asks everybody until nothing comes any more. */
const meetAll = async (all: readonly LogDevice[]): Promise<string[]> => {
  const receptions: string[] = []
  for (let round = 0; round < 4; round++)
    for (const one of all)
      for (const other of all) if (one !== other) receptions.push(...(await one.fetch(other)))
  return receptions
}

/** Entries of a device that never were in its own logs: what a hostile or a broken one may send. */
const forge = async (
  device: Device,
  entries: readonly { kind?: EntryKind; body: Bytes }[],
  from?: FeedHead,
) => {
  const elements: Bytes[] = []
  let head = from
  for (const { kind = entryKinds.message, body } of entries) {
    const made = await appendEntry(clearBodies, {
      place: { group: testGroup, log: testLog, page: 0 },
      device,
      head,
      kind,
      time: { ms: 900, counter: elements.length },
      plaintext: body,
    })
    if (!made.ok) throw new Error(made.problem.type)
    elements.push(made.value.element)
    head = made.value.head
  }
  return { elements, head }
}
const huskOf = async (element: Bytes, seq: number): Promise<Bytes> => {
  const entry = parseElement(element, seq)
  if (!entry) throw new Error('unreadable')
  return encodeElement(await toHusk(entry))
}
const send = (to: LogDevice, device: Device, seq: number, elements: readonly Bytes[]) =>
  to.logs.receive(testLog, 0, encodeAppend(device.feed, seq, elements), device.id)

describe('P4: an entry that its author erases', () => {
  test('is gone from the pages and disks of all who learn of it, and leaves a line in its place', async () => {
    const { owner, phone } = await openAll()
    await phone.say('before')
    await phone.say('a slip of the tongue')
    await phone.say('after')
    await owner.fetch(phone)
    expect(owner.holds('a slip of the tongue')).toBe(true)
    expect(await phone.erase('a slip of the tongue')).toBe(true)
    await owner.fetch(phone)
    for (const one of [owner, phone]) {
      expect(one.holds('a slip of the tongue')).toBe(false)
      expect(await one.lines()).toEqual(['before', `${ids.phone} by ${ids.phone}`, 'after'])
    }
  })

  test('is not kept where it comes after the word that it is erased', async () => {
    const { owner, phone, tablet } = await openAll()
    await phone.say('said on the phone')
    await tablet.fetch(phone)
    expect(await tablet.erase('said on the phone')).toBe(true)
    // Of the tablet's feed only: the phone's comes from the phone, whole.
    const [update] = [...(await tablet.logs.missing(testLog, 0, new Map([[devices.phone.feed, 1]])))]
    await owner.logs.receive(testLog, 0, update!, ids.tablet)
    expect(await owner.fetch(phone)).toEqual(['admitted'])
    expect(owner.holds('said on the phone')).toBe(false)
    expect(await owner.lines()).toEqual([`${ids.phone} by ${ids.tablet}`])
    expect(await owner.logs.missed(testLog, 0)).toEqual([])
  })

  test('stays erased after a restart, and further entries follow it', async () => {
    const { phone } = await openAll()
    await phone.say('first of all')
    await phone.erase('first of all')
    const again = await createLogDevice(seeds.phone, { mayErase }, phone.store.crash())
    expect(await again.lines()).toEqual([`${ids.phone} by ${ids.phone}`])
    await again.say('and on')
    const newcomer = await createLogDevice(seeds.admin, { mayErase })
    expect(await newcomer.fetch(again)).toEqual(['admitted'])
    expect(await newcomer.lines()).toEqual([`${ids.phone} by ${ids.phone}`, 'and on'])
  })

  test('two devices that erased each other’s are no riddle for whoever comes later', async () => {
    const { owner, phone, tablet } = await openAll()
    await phone.say('of the phone')
    await tablet.fetch(phone)
    await tablet.say('of the tablet')
    await phone.fetch(tablet)
    await phone.erase('of the tablet')
    await tablet.erase('of the phone')
    await meetAll([phone, tablet])
    expect(await owner.fetch(phone)).toEqual(['admitted', 'admitted'])
    expect(await owner.lines()).toEqual([`${ids.phone} by ${ids.tablet}`, `${ids.tablet} by ${ids.phone}`])
    expect(await owner.logs.missed(testLog, 0)).toEqual([])
  })
})

test('P4: a write that the disk refuses erases nothing, and can be tried again', async () => {
  const { phone } = await openAll()
  await phone.say('still here')
  phone.store.failNextWrite({ type: 'quotaExceeded' })
  expect(await phone.erase('still here')).toBe(false)
  expect(await phone.lines()).toEqual(['still here'])
  expect(await phone.erase('still here')).toBe(true)
})

describe('P4: who may erase what', () => {
  test('admins what members wrote, the owner everything, members their own only', async () => {
    const all = await openAll()
    for (const [name, one] of Object.entries(all)) await one.say(`by the ${name}`)
    await meetAll(Object.values(all))
    expect(await all.phone.erase('by the admin')).toBe(false)
    expect(await all.admin.erase('by the owner')).toBe(false)
    expect(all.phone.logs.mayErase(testLog, ids.tablet)).toBe(true)
    expect(all.phone.logs.mayErase(testLog, ids.admin)).toBe(false)
    expect(await all.admin.erase('by the phone')).toBe(true)
    expect(await all.owner.erase('by the admin')).toBe(true)
    await meetAll(Object.values(all))
    const lines = await all.tablet.lines()
    expect(lines.sort()).toEqual(
      [
        'by the owner',
        'by the tablet',
        `${ids.phone} by ${ids.admin}`,
        `${ids.admin} by ${ids.owner}`,
      ].sort(),
    )
  })

  const told = async () => {
    const all = await openAll()
    await all.owner.say('by the owner')
    await meetAll(Object.values(all))
    return all
  }
  const eraseBy = async (device: Device, words: string, of: Device, seq = 0) =>
    forge(device, [
      {
        kind: entryKinds.erase,
        body: encodeEraseBody([{ feed: of.feed, seq, bodyHash: await sha256(encodeUtf8(words)) }]),
      },
    ])

  test('an erase entry of one who may not is not taken, since a role may be on the way, and erases nothing', async () => {
    const { admin } = await told()
    const { elements } = await eraseBy(devices.phone, 'by the owner', devices.owner)
    expect(await send(admin, devices.phone, 0, elements)).toEqual({ type: 'early' })
    expect(await admin.lines()).toEqual(['by the owner'])
  })

  test('it is taken once that role has come', async () => {
    let isAdmin = false
    const late = (eraser: DeviceId, author: DeviceId) =>
      isAdmin && eraser === ids.phone ? 'yes' : mayErase(eraser, author)
    const admin = await createLogDevice(seeds.admin, { mayErase: late })
    await admin.say('by the admin')
    const { elements } = await eraseBy(devices.phone, 'by the admin', devices.admin)
    expect(await send(admin, devices.phone, 0, elements)).toEqual({ type: 'early' })
    isAdmin = true
    expect(await send(admin, devices.phone, 0, elements)).toEqual({ type: 'admitted' })
    expect(await admin.lines()).toEqual([`${ids.admin} by ${ids.phone}`])
  })

  test('whoever may no longer erases nothing, and what went while they might is not missed', async () => {
    const once = (eraser: DeviceId, author: DeviceId) =>
      eraser === ids.admin && author !== ids.admin ? 'once' : mayErase(eraser, author)
    const { phone, admin } = await openAll()
    await phone.say('by the phone')
    await admin.fetch(phone)
    await admin.erase('by the phone')
    const holder = await createLogDevice(seeds.tablet, { mayErase: once })
    expect(await holder.fetch(phone)).toEqual(['admitted'])
    expect(await holder.fetch(admin)).toEqual(['admitted'])
    expect(await holder.lines(), 'it is here still').toEqual(['by the phone'])
    const newcomer = await createLogDevice(seeds.owner, { mayErase: once })
    await newcomer.fetch(admin)
    expect(await newcomer.lines()).toEqual([`${ids.phone} by ${ids.admin}`])
    expect(await newcomer.logs.missed(testLog, 0)).toEqual([])
  })

  test('G6: what is said beyond a cut erases nothing', async () => {
    const { phone } = await openAll()
    await phone.say('by the phone')
    let cut = Infinity
    const holder = await createLogDevice(seeds.owner, {
      mayErase,
      countOf: (device) => (device === ids.admin ? cut : Infinity),
    })
    const { elements } = await eraseBy(devices.admin, 'by the phone', devices.phone)
    // It came first, naming what was not here yet, and was cut before that came.
    expect(await send(holder, devices.admin, 0, elements)).toEqual({ type: 'admitted' })
    cut = 0
    await holder.fetch(phone)
    expect(await holder.lines()).toEqual(['by the phone'])
  })

  test('an erase entry that names another body, no entry, or one that says who erased what, erases nothing', async () => {
    const { owner, admin } = await told()
    const wrong = await eraseBy(devices.owner, 'something else', devices.owner)
    const nowhere = await eraseBy(devices.tablet, 'not yet said', devices.tablet, 999)
    expect(await send(admin, devices.tablet, 0, nowhere.elements)).toEqual({ type: 'admitted' })
    await owner.say('and on')
    await owner.erase('and on')
    await admin.fetch(owner)
    const erasing = encodeEraseBody([
      { feed: devices.owner.feed, seq: 1, bodyHash: await sha256(encodeUtf8('and on')) },
    ])
    const again = await forge(devices.phone, [{ kind: entryKinds.message, body: encodeUtf8('x') }])
    expect(await send(admin, devices.phone, 0, again.elements)).toEqual({ type: 'admitted' })
    const byOwner = encodeEraseBody([
      { feed: devices.owner.feed, seq: 2, bodyHash: await sha256(erasing) },
      { feed: devices.owner.feed, seq: 0, bodyHash: await sha256(encodeUtf8('not what I said')) },
    ])
    await owner.logs.append(testLog, entryKinds.erase, byOwner)
    expect(await admin.fetch(owner)).toEqual(['admitted'])
    expect(await admin.lines()).toEqual(['x', 'by the owner', `${ids.owner} by ${ids.owner}`])
    expect(wrong.elements.length).toBe(1)
    const tablet = await createLogDevice(seeds.tablet, { mayErase })
    await tablet.fetch(admin)
    expect(await tablet.lines(), 'the erase entry is whole').toEqual(await admin.lines())
  })
})

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
    const { elements } = await forge(devices.phone, said)
    expect((await send(owner, devices.phone, 0, await bend(elements))).type).toBe('refused')
    expect(await send(owner, devices.phone, 0, elements), 'the honest go on').toEqual({ type: 'admitted' })
  })

  test('a husk of what says who may do what, or an erase entry that says nothing', async () => {
    const owner = await createLogDevice(seeds.owner, { mayErase })
    const body = encodeEraseBody([{ feed: 1, seq: 0, bodyHash: new Uint8Array(32) }])
    const { elements } = await forge(devices.phone, [{ kind: entryKinds.erase, body }])
    const husk = elements[0]!.slice()
    husk[1]! |= 0x80
    expect((await send(owner, devices.phone, 0, [husk])).type).toBe('refused')
    const empty = await forge(devices.phone, [{ kind: entryKinds.erase, body: new Uint8Array([0]) }])
    expect((await send(owner, devices.phone, 0, empty.elements)).type).toBe('refused')
  })
})

describe('P4: husks that nothing explains', () => {
  const strip = async (from: LogDevice, seqs: readonly number[]) => {
    const { elements } = await forge(
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
    const { elements } = await forge(
      devices.phone,
      ['one', 'TWO', 'three'].map((words) => ({ body: encodeUtf8(words) })),
    )
    expect(await send(victim, devices.phone, 1, [elements[1]!])).toEqual({ type: 'known' })
    expect(await victim.lines()).toEqual(['one', 'three'])
  })

  test('are not missed any more once somebody who may has erased them', async () => {
    const victim = await createLogDevice(seeds.owner, { mayErase })
    const elements = await strip(victim, [1])
    const body = encodeEraseBody([
      { feed: devices.phone.feed, seq: 1, bodyHash: await sha256(encodeUtf8('two')) },
    ])
    const { elements: erase } = await forge(devices.tablet, [{ kind: entryKinds.erase, body }])
    expect(await send(victim, devices.tablet, 0, erase)).toEqual({ type: 'admitted' })
    expect(await victim.logs.missed(testLog, 0)).toEqual([])
    expect(await send(victim, devices.phone, 1, [elements[1]!])).toEqual({ type: 'known' })
    expect(victim.holds('two')).toBe(false)
  })

  test('an update that brings an erased body along with what is new brings what is new only', async () => {
    const { phone, owner } = await openAll()
    await phone.say('one')
    await phone.say('two')
    const whole = [...(await phone.logs.missing(testLog, 0, new Map()))]
    await owner.fetch(phone)
    await phone.erase('two')
    await owner.fetch(phone)
    const { head } = await forge(devices.admin, [{ body: encodeUtf8('x') }])
    expect(head?.length).toBe(1)
    for (const update of whole)
      expect(await owner.logs.receive(testLog, 0, update, ids.phone)).toEqual({ type: 'known' })
    expect(owner.holds('two')).toBe(false)
  })
})

test(
  'P4: exchanges of any kind among four devices, in any order and cut at any point, refuse nothing and end alike',
  { timeout: 120_000 },
  async () => {
    const names = Object.keys(seeds) as Name[]
    const who = fc.constantFrom(...names)
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ type: fc.constant('say' as const), by: who }) },
      {
        weight: 3,
        arbitrary: fc.record({ type: fc.constant('erase' as const), by: who, which: fc.nat(), told: who }),
      },
      {
        weight: 20,
        arbitrary: fc.record({
          type: fc.constant('fetch' as const),
          by: who,
          from: who,
          only: fc.option(who, { nil: undefined, freq: 5 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const), by: who }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 120 }), async (steps) => {
        const all = await openAll()
        const said = new Map<string, Name>()
        const erased = new Set<string>()
        const receptions: string[] = []
        let nowMs = 1_000
        for (const one of steps) {
          const by = all[one.by]
          for (const each of Object.values(all)) each.nowMs = ++nowMs
          if (one.type === 'say') {
            const text = `text ${said.size} of the ${one.by}`
            said.set(text, one.by)
            await by.say(text)
          } else if (one.type === 'erase') {
            const here = (await by.lines()).filter((line) => said.has(line))
            const text = here[one.which % here.length]
            const author = text === undefined ? undefined : said.get(text)
            if (text === undefined || author === undefined) continue
            const may = mayErase(ids[one.by], ids[author]) === 'yes'
            expect(await by.erase(text)).toBe(may)
            if (!may) continue
            erased.add(text)
            // It goes out at once, also to those who have not got what it erases (Y3).
            receptions.push(...(await all[one.told].fetch(by, by.device.feed)))
          } else if (one.type === 'fetch') {
            if (one.from !== one.by)
              receptions.push(...(await by.fetch(all[one.from], one.only && devices[one.only].feed)))
          } else {
            all[one.by] = await createLogDevice(seeds[one.by], { mayErase }, by.store.crash())
            all[one.by].nowMs = nowMs
          }
        }
        receptions.push(...(await meetAll(Object.values(all))))
        expect(receptions.filter((type) => type === 'refused')).toEqual([])
        const lines = await all.owner.lines()
        expect(lines.filter((line) => said.has(line)).sort()).toEqual(
          [...said.keys()].filter((text) => !erased.has(text)).sort(),
        )
        expect(lines.length).toBe(said.size)
        for (const each of Object.values(all)) {
          expect(await each.lines()).toEqual(lines)
          expect(each.logs.lengths()).toEqual(all.owner.logs.lengths())
          expect(await each.logs.missed(testLog, 0)).toEqual([])
          for (const text of erased) expect(each.holds(text), text).toBe(false)
        }
      }),
      { numRuns: 25 },
    )
  },
)
