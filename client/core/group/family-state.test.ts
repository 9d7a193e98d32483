import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { entryKinds } from '../log/entry.ts'
import type { LogId } from '../ports.ts'
import { foldFamily, isRoomNameTaken, type ControlEntry } from './family-state.ts'
import { parsePersonName, parseRoomName, uniqueName } from './names.ts'

const general = 'general-general-genera' as LogId
const rooms = ['kitchen-kitchen-kitche', 'garden-garden-garden-g', 'attic-attic-attic-atti'] as LogId[]

const body: fc.Arbitrary<ControlEntry['body']> = fc.oneof(
  fc.record({
    kind: fc.constant(entryKinds.profile),
    name: fc.constantFrom('Anna', 'anna', 'Bob', '', 'x'.repeat(99)),
  }),
  fc.record({
    kind: fc.constant(entryKinds.room),
    room: fc.constantFrom(...rooms, general),
    name: fc.constantFrom('Kitchen', 'kitchen', 'ｋｉｔｃｈｅｎ', 'General', ''),
  }),
  fc.record({
    kind: fc.constantFrom(entryKinds.join, entryKinds.leave),
    room: fc.constantFrom(...rooms, general),
  }),
)
const entries = fc
  .array(fc.record({ feed: fc.integer({ min: 1, max: 4 }), ms: fc.nat(5), counter: fc.nat(2), body }), {
    maxLength: 30,
  })
  .map((list) =>
    list.map(({ feed, ms, counter, body }, seq): ControlEntry => ({
      feed,
      device: `device-${feed}` as DeviceId,
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
        expect(foldFamily(shuffled, general)).toEqual(foldFamily(list, general))
      },
    ),
  )
})

test('G8: no two rooms and no two people are shown by one name, whatever was made', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const state = foldFamily(list, general)
      const folded = (names: string[]) => names.map((name) => name.normalize('NFKC').toLowerCase())
      const roomNames = folded([...state.rooms.values()].map((room) => room.name))
      const people = folded([...state.names.values()])
      expect(new Set(roomNames).size).toBe(roomNames.length)
      expect(new Set(people).size).toBe(people.length)
      expect(state.rooms.get(general)?.name).toBe('general')
    }),
  )
})

test('G7: the members of a room are those whose newest word on it is that they joined', () => {
  fc.assert(
    fc.property(entries, (list) => {
      for (const room of foldFamily(list, general).rooms.values()) {
        const comings = room.events.reduce((count, event) => count + (event.type === 'left' ? -1 : 1), 0)
        expect(room.members.size).toBe(comings)
      }
    }),
  )
})

test('nobody leaves the general room, and no entry makes it anew', () => {
  const entry = (seq: number, body: ControlEntry['body']): ControlEntry => ({
    feed: 1,
    device: 'device-1' as DeviceId,
    seq,
    time: { ms: seq, counter: 0 },
    body,
  })
  const state = foldFamily(
    [
      entry(0, { kind: entryKinds.profile, name: 'Anna' }),
      entry(1, { kind: entryKinds.leave, room: general }),
      entry(2, { kind: entryKinds.room, room: general, name: 'mine' }),
    ],
    general,
  )
  expect(state.rooms.get(general)).toMatchObject({ name: 'general', members: new Set(['device-1']) })
})

test('G8: names are tidied, folded and counted as people do', () => {
  expect(parsePersonName('  Anna \n Lena ')).toEqual({ ok: true, value: 'Anna Lena' })
  expect(parsePersonName('\u202eevil\u2066')).toEqual({ ok: true, value: 'evil' })
  expect(parsePersonName('👩‍👩‍👧‍👦'.repeat(40)).ok).toBe(false) // forty as people count, but too much to store
  expect(parseRoomName('é'.repeat(40)).ok).toBe(true)
  expect(parseRoomName('\t')).toEqual({ ok: false, problem: { type: 'nameEmpty' } })
  expect(isRoomNameTaken(foldFamily([], general), 'ＧＥＮＥＲＡＬ')).toBe(true)
  const taken = new Set<string>()
  expect([uniqueName('a', taken), uniqueName('A', taken), uniqueName('a', taken)]).toEqual([
    'a',
    'A (2)',
    'a (3)',
  ])
})
