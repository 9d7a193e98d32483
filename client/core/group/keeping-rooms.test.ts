import { beforeAll, describe, expect, test } from 'vitest'
import { entryKinds } from '../log/entry.ts'
import type { LogId } from '../ports.ts'
import type { Retention } from '../room/retention.ts'
import { createCast, tellAbout, type Cast } from '../testing/histories.ts'
import { placeIn, type Relative } from '../testing/relatives.ts'
import { foldFamily, type ControlEntry } from './family-state.ts'
import type { Membership } from './membership.ts'
import { familyPowers, judgeErasing } from './powers.ts'

const general = 'general-general-genera' as LogId
const garden = 'garden-garden-garden-g' as LogId

let cast: Cast
let about: ReturnType<typeof tellAbout>
beforeAll(async () => {
  cast = await createCast()
  about = tellAbout(cast)
})

const entryBy = (
  { device }: Relative,
  seq: number,
  ms: number,
  body: ControlEntry['body'],
): ControlEntry => ({
  feed: device.feed,
  device: device.id,
  seq,
  time: { ms, counter: 0 },
  body,
})
const keeps = (by: Relative, keep: Retention, { room = general, seq = 10, ms = 1_000 } = {}) =>
  entryBy(by, seq, ms, { kind: entryKinds.retention, room, keep })
const keptIn = (membership: Membership, entries: readonly ControlEntry[], room = general) =>
  foldFamily({ membership, entries }, general).rooms.get(room)

describe('P8: how long a room is kept', () => {
  test('is for ever, until owner or admin says otherwise; the last word holds', () => {
    const membership = about.fold()
    expect(keptIn(membership, [])?.keep).toBe('forever')
    expect(keptIn(membership, [keeps(cast.owner, 'week')])?.keep).toBe('week')
    expect(keptIn(membership, [keeps(cast.aunt, 'month')])?.keep).toBe('month')
    const both = [keeps(cast.owner, 'week', { ms: 3_000 }), keeps(cast.aunt, 'year', { ms: 2_000 })]
    expect(keptIn(membership, both)?.keep).toBe('week')
    expect(keptIn(membership, both.toReversed())?.events.map(({ type, keep }) => [type, keep])).toEqual([
      ['retained', 'year'],
      ['retained', 'week'],
    ])
  })

  test('is not for members to say, but of rooms that they made, nor for strangers', () => {
    const membership = about.fold()
    const made = entryBy(cast.member, 9, 500, { kind: entryKinds.room, room: garden, name: 'Garden' })
    expect(keptIn(membership, [keeps(cast.member, 'week')])?.keep).toBe('forever')
    expect(keptIn(membership, [made, keeps(cast.member, 'week', { room: garden })], garden)?.keep).toBe(
      'week',
    )
    expect(keptIn(membership, [made, keeps(cast.cousin, 'week', { room: garden })], garden)?.keep).toBe(
      'forever',
    )
    expect(keptIn(membership, [keeps(cast.stranger, 'week')])?.keep).toBe('forever')
  })

  test('G6: what an admin said holds after they are none any more; what they back-date does not', async () => {
    const demoted = await about.by(cast.owner, {
      type: 'role',
      account: cast.aunt.account,
      role: 'member',
      cuts: [{ device: cast.aunt.device.id, length: 11 }],
    })
    const membership = about.fold([placeIn(cast.owner.device, 20, demoted)])
    expect(keptIn(membership, [keeps(cast.aunt, 'month', { seq: 10 })])?.keep).toBe('month')
    expect(keptIn(membership, [keeps(cast.aunt, 'week', { seq: 11, ms: 1 })])?.keep).toBe('forever')
  })
})

describe('P4, G2: who may erase what', () => {
  test('everybody their own, admins the members’, the owner everybody’s', () => {
    const powers = familyPowers(about.fold())
    const { owner, aunt, brother, member, cousin } = cast
    const may = (by: Relative, of: Relative) => judgeErasing(powers, by.account, of.account)
    for (const one of [owner, aunt, member]) expect(may(one, one)).toBe('yes')
    for (const other of [aunt, brother, member]) expect(may(owner, other)).toBe('yes')
    expect(may(aunt, member)).toBe('yes')
    expect(may(brother, cousin)).toBe('yes')
    expect(may(member, cousin)).toBe('no')
    expect(may(member, owner)).toBe('no')
    expect(may(aunt, owner)).toBe('no')
    // Two admins do nothing to each other; who was made admin meanwhile was not one before.
    expect(may(aunt, brother)).toBe('once')
  })

  test('whoever was admin could once, and can no more', async () => {
    const demoted = await about.by(cast.owner, {
      type: 'role',
      account: cast.brother.account,
      role: 'member',
      cuts: [],
    })
    const powers = familyPowers(about.fold([placeIn(cast.owner.device, 20, demoted)]))
    expect(judgeErasing(powers, cast.brother.account, cast.member.account)).toBe('once')
    expect(judgeErasing(powers, cast.brother.account, cast.owner.account)).toBe('no')
  })
})
