import { expect, test } from 'vitest'
import { actionDone, actionLabel, actionNote } from './action-words.ts'
import type { MemberAction } from './role-menu.ts'

type DoneAction = Parameters<typeof actionDone>[0]

const done: readonly DoneAction[] = [
  { type: 'setRole', role: 'admin' },
  { type: 'setRole', role: 'member' },
  { type: 'setDisabled', isDisabled: true },
  { type: 'setDisabled', isDisabled: false },
  { type: 'remove' },
]

test('G2: every action has a name, a note and a report of its own', () => {
  const all: readonly MemberAction[] = [...done, { type: 'inviteAgain' }]
  expect(all.map(actionLabel)).toEqual([
    'Make an admin',
    'Make a member',
    'Turn off sign-in',
    'Turn on sign-in',
    'Remove from the family',
    'Invite again',
  ])
  expect(new Set(all.map(actionNote)).size).toBe(all.length)
  expect(done.map(actionDone)).toEqual([
    'Done: make an admin.',
    'Done: make a member.',
    'Done: turn off sign-in.',
    'Done: turn on sign-in.',
    'Done: remove from the family.',
  ])
})
