import { expect, test } from 'vitest'
import { accountLimits } from '../../../shared/limits.ts'
import { describeLifetime, lifetimesMs, useCounts } from './invitation-choices.ts'

test('ux 3: how long an invitation may be good, in words', () => {
  expect(lifetimesMs.map(describeLifetime)).toEqual(['1 day', '3 days', '1 week', '30 days'])
})

test('A1: nothing is offered that the server refuses', () => {
  expect(Math.max(...lifetimesMs)).toBe(accountLimits.maxInvitationMs)
  expect(Math.max(...useCounts)).toBe(accountLimits.maxInvitationUses)
})
