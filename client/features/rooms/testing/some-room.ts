import type { Person, Room } from '../../../core/hearth.ts'
import { anna, fakeLogId } from '../../../core/testing/fake-family.ts'

export const someRoom = (name: string, is: Partial<Room> = {}): Room => ({
  id: fakeLogId(name),
  kind: 'open',
  name,
  isJoined: true,
  isGeneral: name === 'general',
  members: [anna],
  roles: new Map(),
  history: 'all',
  keep: 'forever',
  mayChangeKeep: false,
  ...is,
})

export const directRoom = (person: Person): Room =>
  someRoom(person.name, { kind: 'direct', members: [anna, person] })
