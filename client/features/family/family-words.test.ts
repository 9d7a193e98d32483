import { describe, expect, test } from 'vitest'
import { anna } from '../../core/testing/fake-family.ts'
import { fakeInvitations } from '../../core/testing/fake-office.ts'
import { createMoments } from '../moments.ts'
import { describeInvitation, describeInvitationState, isOpenInvitation } from './family-words.ts'

const now = Date.parse('2026-03-27T11:00:00Z')
const moments = createMoments({ timeZone: 'UTC' })
const rows = new Map(fakeInvitations(now, anna.id).map((row) => [row.id, row]))

describe('ux 3: an invitation says whom it is for and how it stands', () => {
  test.each([
    ['cousins', 'For a member', 'Good until Sunday at 11:00. 2 of 5 have come.'],
    ['uncle', 'For an admin', 'Good until today at 12:00.'],
    ['grandpa', 'For Grandpa Joe, again', 'Good until Sunday at 11:00.'],
    ['used', 'For a member', 'They have come.'],
    ['late', 'For a member', 'Its time was over Monday at 11:00.'],
    ['mistake', 'For a member', 'Revoked.'],
  ])('%s', (id, who, state) => {
    const row = rows.get(id)!
    expect(describeInvitation(row)).toBe(who)
    expect(describeInvitationState(row, moments, now)).toBe(state)
  })

  test('also when the server has not noticed yet that its time is over', () => {
    const row = rows.get('uncle')!
    const later = now + 2 * 3_600_000
    expect(isOpenInvitation(row, now)).toBe(true)
    expect(isOpenInvitation(row, later)).toBe(false)
    expect(describeInvitationState(row, moments, later)).toBe('Its time was over today at 12:00.')
  })
})
