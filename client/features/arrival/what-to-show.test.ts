import { expect, test } from 'vitest'
import type { Arrival } from '../../core/account/arrival.ts'
import { readStep, steps } from './steps.ts'
import { whatToShow } from './what-to-show.ts'

type Given = Pick<Arrival, 'invitation' | 'problem'>
const nothing: Given = { invitation: undefined, problem: undefined }
const invited: Given = { ...nothing, invitation: { type: 'ask', expiresAt: 0 } }
const withProblem = (problem: Arrival['problem']): Given => ({ ...nothing, problem })

test('ux 1: an invitation opens with who invites; the first of the family names it at once', () => {
  expect(whatToShow({ ...nothing, invitation: { type: 'found' } }, 'first')).toBe('found')
  expect(whatToShow(invited, 'first')).toBe('invited')
  expect(whatToShow(invited, 'register')).toBe('register')
})

test('without a link one signs in; a link that leads nowhere asks for another; what this browser lost is found by signing in', () => {
  expect(whatToShow(nothing, 'first')).toBe('signIn')
  expect(whatToShow(withProblem({ type: 'invitationUsed' }), 'first')).toBe('link')
  expect(whatToShow(withProblem({ type: 'unreachable' }), 'first')).toBe('link')
  expect(whatToShow(withProblem({ type: 'storageLost' }), 'first')).toBe('signIn')
})

test('a step that needs an invitation, after a reload without one, is the first again', () => {
  expect(whatToShow(nothing, 'register')).toBe('signIn')
  expect(whatToShow({ ...nothing, invitation: { type: 'found' } }, 'register')).toBe('found')
})

test('ux 40: steps are read back from the history, and nothing else is', () => {
  for (const step of steps) expect(readStep({ arrival: step })).toBe(step)
  for (const other of [null, undefined, 1, {}, { arrival: 'elsewhere' }, { hearth: {} }]) {
    expect(readStep(other)).toBe('first')
  }
})
