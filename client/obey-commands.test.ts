import { expect, test } from 'vitest'
import { fail } from '../shared/result.ts'
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

test('ux 19: /topic says what the room is about; alone it only tells, and a dash takes it away', async () => {
  const { type, hearth, drafts, general } = start()
  const topic = () => hearth.rooms.get().find(({ id }) => id === general)?.topic
  expect(await type('/topic')).toContain('no topic yet')
  expect(await type('/topic  Summer at the lake ')).toBeUndefined()
  expect(topic()).toBe('Summer at the lake')
  expect(drafts.read(general)).toBe('')
  expect(await type('/topic')).toContain('“Summer at the lake”')
  expect(topic()).toBe('Summer at the lake')
  for (const dash of ['-', '–']) {
    await type('/topic Summer')
    expect(await type(`/topic ${dash}`)).toBeUndefined()
    expect(topic()).toBeUndefined()
  }
})

test('ux 19: a topic that cannot be stays in the composer, and says why', async () => {
  const { type, hearth, drafts, general } = start()
  const tooLong = `/topic ${'x'.repeat(201)}`
  expect(await type(tooLong)).toContain('200 characters')
  expect(drafts.read(general)).toBe(tooLong)
  hearth.setTopic = () => Promise.resolve(fail({ type: 'roleTooLow' }))
  expect(await type('/topic Mine')).toContain('Only an owner, an admin or whoever made this room')
  const between = await hearth.openDirect(bob.id)
  if (!between.ok) throw new Error('no direct room')
  const two = createObey({ hearth, drafts, room: () => between.value, goTo: () => undefined })
  expect(await two('/topic Us')).toContain('of two')
})

test('what is said in the room is none of its business', () => {
  for (const text of ['/shrug', '/me waves', '/poll a? | b | c', '/help'])
    expect(start().type(text)).toBeUndefined()
  expect(start().type('Bob, are you there?')).toBeUndefined()
})
