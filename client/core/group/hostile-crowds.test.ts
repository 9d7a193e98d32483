import { describe, expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { nameLimits } from '../../../shared/limits.ts'
import { entryKinds } from '../log/entry.ts'
import type { LogId } from '../ports.ts'
import { createHostileScene } from '../testing/hostile-scene.ts'
import { joinBlocks } from '../testing/hostile-updates.ts'
import { createCast, tellAbout } from '../testing/histories.ts'
import type { Relative } from '../testing/relatives.ts'
import { foldFamily, type ControlEntry } from './family-state.ts'

const idOf = (number: number): LogId =>
  toBase64Url(new Uint8Array(new Uint32Array([number, 0, 0, 0]).buffer)) as LogId

test('G8: a member who makes a thousand rooms of a time long past takes nobody’s away', async () => {
  const cast = await createCast()
  const membership = tellAbout(cast).fold()
  const create = ({ device }: Relative, seq: number, ms: number, id: number): ControlEntry => ({
    feed: device.feed,
    device: device.id,
    seq,
    time: { ms, counter: 0 },
    body: { kind: entryKinds.room, room: idOf(id), name: `room ${id}` },
  })
  const honest = create(cast.owner, 50, 1_000_000, 7_000_000)
  const many = Array.from({ length: nameLimits.maxRooms + 1 }, (_nothing, index) =>
    create(cast.member, 50 + index, 1, index),
  )
  const { rooms } = foldFamily({ membership, entries: [honest, ...many] }, idOf(9_000_000))
  expect(rooms.has(idOf(7_000_000))).toBe(true)
})

describe('P3: in the family document, too, Yjs takes what the gate has judged', () => {
  test('where one writer has two blocks', async () => {
    const { anna, bob, mallory, house } = await createHostileScene()
    house.cut(anna, bob)
    const updates: Uint8Array[] = []
    const note = (update: Uint8Array) => void updates.push(update)
    bob.hearth.family.doc.on('update', note)
    for (const name of ['attic', 'cellar']) {
      await bob.hearth.createRoom(name)
      await house.clock.advance(20)
    }
    bob.hearth.family.doc.off('update', note)
    expect(updates).toHaveLength(2)
    await mallory.meet(anna)
    mallory.sendDocument(anna, joinBlocks(...updates))
    await house.clock.advance(50)
    await house.connect(anna, bob)
    await house.clock.advance(1_000)
    const names = anna.hearth.rooms.get().map(({ name }) => name)
    expect(names).toContain('attic')
    expect(names).toContain('cellar')
  })
})
