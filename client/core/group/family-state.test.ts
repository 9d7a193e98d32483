import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entryKinds } from '../log/entry.ts'
import type { LogId } from '../ports.ts'
import { retentions } from '../room/retention.ts'
import { createRelative, foundFamily, inviteRelative } from '../testing/relatives.ts'
import { foldFamily, isRoomNameTaken, type ControlEntry, type FamilyState } from './family-state.ts'
import { foldMembership } from './membership.ts'
import type { PlacedStatement } from './said.ts'
import { certificateStatement, readStatement } from './statements.ts'
import { parsePersonName, parseRoomName, uniqueName } from '../../../shared/names.ts'

const general = 'general-general-genera' as LogId
const rooms = ['kitchen-kitchen-kitche', 'garden-garden-garden-g', 'attic-attic-attic-atti'] as LogId[]

const relatives = await Promise.all([1, 2, 3, 4].map(createRelative))
const [owner] = relatives
const genesis = await foundFamily(owner!)
const statements: PlacedStatement[] = []
for (const [index, relative] of relatives.entries()) {
  const { statements: shown } = await inviteRelative(genesis, owner!, relative, { seed: index })
  for (const bytes of [certificateStatement(relative.certificate), ...shown])
    statements.push({ statement: (await readStatement(genesis.group, bytes))! })
}
const fold = (entries: readonly ControlEntry[]): FamilyState =>
  foldFamily({ membership: foldMembership(genesis, statements), entries }, general)
/** Everything but what is done with functions. */
const told = ({ membership, profiles, rooms }: FamilyState) => ({
  members: membership.members,
  profiles,
  rooms,
})

const body: fc.Arbitrary<ControlEntry['body']> = fc.oneof(
  fc.record({
    kind: fc.constant(entryKinds.profile),
    name: fc.constantFrom('Anna', 'anna', 'Bob', '', 'x'.repeat(99)),
    status: fc.constantFrom('', 'here', 'x'.repeat(99)),
    picture: fc.constant(new Uint8Array(0)),
  }),
  fc.record({
    kind: fc.constant(entryKinds.room),
    room: fc.constantFrom(...rooms, general),
    name: fc.constantFrom('Kitchen', 'kitchen', 'ｋｉｔｃｈｅｎ', 'General', ''),
  }),
  fc.record({
    kind: fc.constant(entryKinds.room),
    room: fc.constantFrom(...rooms, general),
    topic: fc.constantFrom('Summer', '', 'x'.repeat(999), '\u202e\0'),
  }),
  fc.record({
    kind: fc.constantFrom(entryKinds.join, entryKinds.leave),
    room: fc.constantFrom(...rooms, general),
  }),
  fc.record({
    kind: fc.constant(entryKinds.retention),
    room: fc.constantFrom(...rooms, general),
    keep: fc.constantFrom(...retentions),
  }),
)
const entries = fc
  .array(fc.record({ feed: fc.integer({ min: 0, max: 3 }), ms: fc.nat(5), counter: fc.nat(2), body }), {
    maxLength: 30,
  })
  .map((list) =>
    list.map(({ feed, ms, counter, body }, seq): ControlEntry => ({
      feed,
      device: relatives[feed]!.device.id,
      seq,
      time: { ms, counter },
      body,
    })),
  )

test('G7: what the family is follows from the entries, in whatever order they came', () => {
  fc.assert(
    fc.property(
      entries.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      ([list, shuffled]) => {
        expect(told(fold(shuffled))).toEqual(told(fold(list)))
      },
    ),
  )
})

test('G8: no two rooms and no two people are shown by one name, whatever was made', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const state = fold(list)
      const folded = (names: string[]) => names.map((name) => name.normalize('NFKC').toLowerCase())
      const roomNames = folded([...state.rooms.values()].map((room) => room.name))
      const people = folded([...state.profiles.values()].map(({ name }) => name))
      expect(new Set(roomNames).size).toBe(roomNames.length)
      expect(new Set(people).size).toBe(people.length)
      expect(state.rooms.get(general)?.name).toBe('general')
    }),
  )
})

test('G7: the members of a room are those whose newest word on it is that they joined', () => {
  fc.assert(
    fc.property(entries, (list) => {
      for (const room of fold(list).rooms.values()) {
        const count = (types: readonly string[]) =>
          room.events.filter(({ type }) => types.includes(type)).length
        expect(room.members.size).toBe(count(['created', 'joined']) - count(['left']))
      }
    }),
  )
})

test('nobody leaves the general room, and no entry makes it anew', () => {
  const entry = (seq: number, body: ControlEntry['body']): ControlEntry => ({
    feed: 1,
    device: owner!.device.id,
    seq,
    time: { ms: seq, counter: 0 },
    body,
  })
  const picture = new Uint8Array(0)
  const state = fold([
    entry(0, { kind: entryKinds.profile, name: 'Anna', status: '', picture }),
    entry(1, { kind: entryKinds.leave, room: general }),
    entry(2, { kind: entryKinds.room, room: general, name: 'mine' }),
  ])
  expect(state.rooms.get(general)).toMatchObject({ name: 'general', members: new Set([owner!.account]) })
})

test('G8: names are tidied, folded and counted as people do', () => {
  expect(parsePersonName('  Anna \n Lena ')).toEqual({ ok: true, value: 'Anna Lena' })
  expect(parsePersonName('\u202eevil\u2066')).toEqual({ ok: true, value: 'evil' })
  expect(parsePersonName('👩‍👩‍👧‍👦'.repeat(40)).ok).toBe(false) // forty as people count, but too much to store
  expect(parseRoomName('é'.repeat(40)).ok).toBe(true)
  expect(parseRoomName('\t')).toEqual({ ok: false, problem: { type: 'nameEmpty' } })
  expect(isRoomNameTaken(fold([]), 'ＧＥＮＥＲＡＬ')).toBe(true)
  const taken = new Set<string>()
  expect([uniqueName('a', taken), uniqueName('A', taken), uniqueName('a', taken)]).toEqual([
    'a',
    'A (2)',
    'a (3)',
  ])
})
