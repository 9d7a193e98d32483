import { expect, test } from 'vitest'
import { bob } from '../../../core/testing/fake-family.ts'
import { findCommands } from './command-list.ts'
import { completionOptions } from './completion-options.ts'
import { isWrittenHere, readLine } from './read-line.ts'
import { parseCommand } from '../commands.ts'

const at = (start: number) => ({ start, length: 4, person: bob })

test('ux 19: a message without the blanks around it, its mentions where they belong', () => {
  expect(readLine(' hi @Bob ', [at(4)])).toEqual({
    type: 'message',
    text: 'hi @Bob',
    mentions: [at(3)],
    extras: {},
  })
  expect(readLine('/usr/bin', [])).toMatchObject({ type: 'message', text: '/usr/bin' })
})

test('ux 19: /me tells what one does', () => {
  expect(readLine('/me waves to @Bob', [at(13)])).toEqual({
    type: 'message',
    text: 'waves to @Bob',
    mentions: [at(9)],
    extras: { isAction: true },
  })
  expect(readLine('/me', [])).toMatchObject({ type: 'problem' })
})

test('ux 19: /shrug shrugs, and still names whom it named', () => {
  expect(readLine('/shrug @Bob', [at(7)])).toEqual({
    type: 'message',
    text: '@Bob ¯\\_(ツ)_/¯',
    mentions: [at(0)],
    extras: {},
  })
})

test('/poll asks, or says what is missing', () => {
  expect(readLine('/poll When? | Today | Tomorrow', [])).toMatchObject({
    text: 'When?',
    extras: { poll: { options: ['Today', 'Tomorrow'], allowsSeveral: false } },
  })
  expect(readLine('/poll When?', [])).toMatchObject({ type: 'problem' })
  expect(readLine('/help', [])).toEqual({ type: 'help' })
})

test('ux 22: what says nothing here is not being written here', () => {
  for (const text of ['hi', '/me waves', '/shrug', '/unknown']) expect(isWrittenHere(text), text).toBe(true)
  for (const text of ['', ' ', '/dm Bob hi', '/leave', '/help', '/topic Lake'])
    expect(isWrittenHere(text), text).toBe(false)
})

test('ux 19: each command in the list is one, and a whole one is no question any more', () => {
  const listed = findCommands('')
  expect(listed.map(({ name }) => name)).toEqual([
    'dm',
    'help',
    'invite',
    'join',
    'leave',
    'me',
    'poll',
    'shrug',
    'topic',
  ])
  for (const { name } of listed) {
    expect(parseCommand(`/${name}`)).toBeDefined()
    expect(findCommands(name)).toEqual([])
  }
  expect(findCommands('s').map(({ name }) => name)).toEqual(['shrug'])
})

test('ux 19: whom the list named already is no question any more', () => {
  const trigger = { type: 'person', start: 3, query: 'Bob ' } as const
  const sources = { people: [bob], emoji: undefined }
  expect(completionOptions(trigger, { ...sources, mentions: [] })).toMatchObject([{ insert: '@Bob' }])
  expect(completionOptions(trigger, { ...sources, mentions: [at(3)] })).toEqual([])
  expect(completionOptions({ ...trigger, type: 'emoji' }, { ...sources, mentions: [] })).toEqual([])
})
