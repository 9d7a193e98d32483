import { expect, test } from 'vitest'
import type { MessageItem } from '../../core/hearth.ts'
import { anna, bob } from '../../core/testing/fake-family.ts'
import { messageActions } from './message-menu.ts'

const of = (author: typeof anna, more: Partial<MessageItem> = {}): MessageItem => ({
  type: 'message',
  key: 'one',
  ms: 0,
  author,
  text: 'Hello',
  ...more,
})
const mine = of(anna, { mayEdit: true, mayErase: true })
const poll = { allowsSeveral: false, options: [] }

test('ux 13, 14: all that one may do about a message', () => {
  expect(messageActions(mine, false)).toEqual(['reply', 'edit', 'copy', 'forward', 'pin', 'info', 'erase'])
  expect(messageActions(of(bob), false)).toEqual(['reply', 'copy', 'forward', 'pin', 'info'])
  expect(messageActions(of(bob, { poll }), false)).not.toContain('forward')
})

test('ux 38: in simple mode four things at most, and nobody else’s words to delete', () => {
  expect(messageActions(mine, true)).toEqual(['reply', 'heart', 'forward', 'erase'])
  expect(messageActions(of(bob, { mayErase: true }), true)).toEqual(['reply', 'heart', 'forward'])
  expect(messageActions(of(bob, { poll }), true)).toEqual(['reply', 'heart'])
})
