import { expect, test } from 'vitest'
import { mayActOn, type Role } from './roles.ts'

test('G2: one acts only on, and grants only, roles below one’s own', () => {
  const roles: Role[] = ['owner', 'admin', 'member']
  const may = roles.flatMap((actor) =>
    roles.filter((role) => mayActOn(actor, role)).map((role) => `${actor} → ${role}`),
  )
  expect(may).toEqual(['owner → admin', 'owner → member', 'admin → member'])
})
