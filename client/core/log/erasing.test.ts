import { describe, expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import type { Device } from '../identity/device.ts'
import { devices, forge, ids, mayErase, meetAll, openAll, seeds, send } from '../testing/erasing-family.ts'
import { createLogDevice, testLog } from '../testing/log-devices.ts'
import { encodeEraseBody } from './erase-body.ts'
import { entryKinds } from './entry.ts'

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
    const elements = await eraseBy(devices.phone, 'by the owner', devices.owner)
    expect(await send(admin, devices.phone, 0, elements)).toEqual({ type: 'early' })
    expect(await admin.lines()).toEqual(['by the owner'])
  })

  test('it is taken once that role has come', async () => {
    let isAdmin = false
    const late = (eraser: DeviceId, author: DeviceId) =>
      isAdmin && eraser === ids.phone ? 'yes' : mayErase(eraser, author)
    const admin = await createLogDevice(seeds.admin, { mayErase: late })
    await admin.say('by the admin')
    const elements = await eraseBy(devices.phone, 'by the admin', devices.admin)
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
    const elements = await eraseBy(devices.admin, 'by the phone', devices.phone)
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
    expect(await send(admin, devices.tablet, 0, nowhere)).toEqual({ type: 'admitted' })
    await owner.say('and on')
    await owner.erase('and on')
    await admin.fetch(owner)
    const erasing = encodeEraseBody([
      { feed: devices.owner.feed, seq: 1, bodyHash: await sha256(encodeUtf8('and on')) },
    ])
    const again = await forge(devices.phone, [{ kind: entryKinds.message, body: encodeUtf8('x') }])
    expect(await send(admin, devices.phone, 0, again)).toEqual({ type: 'admitted' })
    const byOwner = encodeEraseBody([
      { feed: devices.owner.feed, seq: 2, bodyHash: await sha256(erasing) },
      { feed: devices.owner.feed, seq: 0, bodyHash: await sha256(encodeUtf8('not what I said')) },
    ])
    await owner.logs.append(testLog, entryKinds.erase, byOwner)
    expect(await admin.fetch(owner)).toEqual(['admitted'])
    expect(await admin.lines()).toEqual(['x', 'by the owner', `${ids.owner} by ${ids.owner}`])
    expect(wrong.length).toBe(1)
    const tablet = await createLogDevice(seeds.tablet, { mayErase })
    await tablet.fetch(admin)
    expect(await tablet.lines(), 'the erase entry is whole').toEqual(await admin.lines())
  })
})
