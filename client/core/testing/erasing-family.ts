import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { openDevice, type Device } from '../identity/device.ts'
import { encodeAppend } from '../log/append-update.ts'
import { encodeElement, entryKinds, parseElement, toHusk, type EntryKind } from '../log/entry.ts'
import { appendEntry } from '../log/feed.ts'
import type { ErasePermission } from '../log/gate.ts'
import type { Reception } from '../log/logs.ts'
import { clearBodies } from './clear-bodies.ts'
import { createLogDevice, testGroup, testLog, type LogDevice } from './log-devices.ts'

/** The owner, an admin, and a member with a phone and a tablet: by the seeds of their devices. */
export const seeds = { owner: 1, admin: 2, phone: 3, tablet: 4 } as const
export type Name = keyof typeof seeds
export const names = Object.keys(seeds) as Name[]
const ranks: Record<Name, number> = { owner: 2, admin: 1, phone: 0, tablet: 0 }

const openOne = (name: Name): Promise<Device> => openDevice(new Uint8Array(32).fill(seeds[name]))
export const devices: Readonly<Record<Name, Device>> = {
  owner: await openOne('owner'),
  admin: await openOne('admin'),
  phone: await openOne('phone'),
  tablet: await openOne('tablet'),
}
export const ids: Readonly<Record<Name, DeviceId>> = {
  owner: devices.owner.id,
  admin: devices.admin.id,
  phone: devices.phone.id,
  tablet: devices.tablet.id,
}

const nameOf = (id: DeviceId): Name => {
  const found = names.find((name) => ids[name] === id)
  if (!found) throw new Error('nobody')
  return found
}

/** Admins what members wrote, the owner everything, everybody their own: phone and tablet are one person's. */
export const mayErase = (eraser: DeviceId, author: DeviceId): ErasePermission => {
  const [by, of] = [nameOf(eraser), nameOf(author)]
  const areOne = by === of || ranks[by] + ranks[of] === 0
  return areOne || ranks[by] > ranks[of] ? 'yes' : 'no'
}

export const openAll = async (): Promise<Record<Name, LogDevice>> => ({
  owner: await createLogDevice(seeds.owner, { mayErase }),
  admin: await createLogDevice(seeds.admin, { mayErase }),
  phone: await createLogDevice(seeds.phone, { mayErase }),
  tablet: await createLogDevice(seeds.tablet, { mayErase }),
})

/** Everybody asks everybody until nothing comes any more. */
export const meetAll = async (all: readonly LogDevice[]): Promise<string[]> => {
  const receptions: string[] = []
  for (let round = 0; round < 4; round++)
    for (const one of all)
      for (const other of all) if (one !== other) receptions.push(...(await one.fetch(other)))
  return receptions
}

/** Entries of a device that never were in its own logs: what a hostile or a broken one may send. */
export const forge = async (
  device: Device,
  entries: readonly { kind?: EntryKind; body: Bytes }[],
): Promise<Bytes[]> => {
  const elements: Bytes[] = []
  let head
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
  return elements
}

/** An element without its body. */
export const huskOf = async (element: Bytes, seq: number): Promise<Bytes> => {
  const entry = parseElement(element, seq)
  if (!entry) throw new Error('unreadable')
  return encodeElement(await toHusk(entry))
}

export const send = (
  to: LogDevice,
  device: Device,
  seq: number,
  elements: readonly Bytes[],
): Promise<Reception> => to.logs.receive(testLog, 0, encodeAppend(device.feed, seq, elements), device.id)
