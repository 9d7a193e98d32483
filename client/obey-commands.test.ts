import { expect, test } from 'vitest'
import { createFakeClock } from './core/testing/fake-clock.ts'
import { anna, bob, everybody } from './core/testing/fake-family.ts'
import { createFakeHearth } from './core/testing/fake-hearth.ts'
import type { StoreProblem } from './core/ports.ts'
import { createDrafts } from './features/chat/drafts.ts'
import { createObey } from './obey-commands.ts'

const start = (problem?: StoreProblem, mayInvite = true) => {
  const hearth = createFakeHearth({
    me: anna,
    people: everybody,
    rooms: [{ name: 'general', members: everybody }],
    clock: createFakeClock(),
    ...(problem && { problem }),
  })
  const general = hearth.rooms.get()[0]!.id
  const drafts = createDrafts(undefined)
  const went: string[] = []
  const opened: string[] = []
  const obey = createObey({
    hearth,
    drafts,
    room: () => general,
    goTo: (room) => void went.push(room),
    invite: () => mayInvite && opened.push('invite') > 0,
    leave: () => void opened.push('leave'),
  })
  const type = (text: string) => {
    drafts.write(general, text)
    return obey(text.trim())
  }
  const direct = () => hearth.rooms.get().find(({ kind }) => kind === 'direct')
  return { hearth, general, drafts, went, opened, type, direct }
}

test('ux 19: /dm opens the room of two, with the rest as a draft there', async () => {
  const { type, went, drafts, general, direct } = start()
  expect(await type('/dm bob See you at five')).toBeUndefined()
  expect(direct()).toMatchObject({ name: 'Bob', kind: 'direct' })
  expect(went).toEqual([direct()!.id])
  expect(drafts.read(direct()!.id)).toBe('See you at five')
  expect(drafts.read(general)).toBe('')
})

test('ux 17: a draft that is there already is kept', async () => {
  const { type, hearth, drafts } = start()
  const opened = await hearth.openDirect(bob.id)
  if (!opened.ok) throw new Error('no direct room')
  drafts.write(opened.value, 'Begun before')
  await type('/dm Bob')
  expect(drafts.read(opened.value)).toBe('Begun before')
  await type('/dm Bob and more')
  expect(drafts.read(opened.value)).toBe('Begun before\nand more')
})

test('what cannot be done stays in the composer, and says why', async () => {
  const { type, went, drafts, general } = start()
  expect(await type('/dm Brob hello')).toContain('“Brob”')
  expect(drafts.read(general)).toBe('/dm Brob hello')
  expect(went).toEqual([])
  const full = start({ type: 'quotaExceeded' })
  expect(await full.type('/dm Bob hello')).toContain('no space left')
  expect(full.drafts.read(full.general)).toBe('/dm Bob hello')
})

test('ux 19: /join goes into a room by its name', async () => {
  const { type, hearth, went, drafts, general } = start()
  const created = await hearth.createRoom('Garden')
  if (!created.ok) throw new Error('no room')
  await hearth.leaveRoom(created.value)
  expect(await type('/join #garden')).toBeUndefined()
  expect(went).toEqual([created.value])
  expect(hearth.rooms.get().find(({ id }) => id === created.value)?.isJoined).toBe(true)
  expect(drafts.read(general)).toBe('')
  expect(await type('/join attic')).toContain('“attic”')
  expect(await type('/join')).toContain('name of a room')
})

test('ux 19: /invite and /leave open what they name, or say why not', async () => {
  const { type, opened, drafts, general } = start()
  expect(await type('/invite')).toBeUndefined()
  expect(opened).toEqual(['invite'])
  expect(drafts.read(general)).toBe('')
  expect(await type('/leave')).toContain('Nobody leaves')
  expect(await start(undefined, false).type('/invite')).toContain('admin')
})

test('what is said in the room is none of its business', () => {
  for (const text of ['/shrug', '/me waves', '/poll a? | b | c', '/help'])
    expect(start().type(text)).toBeUndefined()
  expect(start().type('Bob, are you there?')).toBeUndefined()
})
