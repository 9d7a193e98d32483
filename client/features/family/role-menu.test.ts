import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayActOn, roleSchema } from '../../../shared/roles.ts'
import { actionsFor, grantableRoles, mayLetIn, mayManage } from './role-menu.ts'

const roles = fc.constantFrom(...roleSchema.options)
const people = fc.record({ role: roles, isMe: fc.boolean(), isRemoved: fc.boolean() })
const rows = fc.option(fc.record({ isDisabled: fc.boolean() }), { nil: undefined })

test('G2: nothing is offered about somebody one may not act on, about oneself or about who is gone', () => {
  fc.assert(
    fc.property(roles, people, rows, (mine, person, row) => {
      const actions = actionsFor(mine, person, row)
      if (!mayActOn(mine, person.role) || person.isMe || person.isRemoved) expect(actions).toEqual([])
      else expect(actions.map(({ type }) => type)).toContain('remove')
    }),
  )
})

test('G2: no role is offered that one may not give, and none that they have already', () => {
  fc.assert(
    fc.property(roles, people, rows, (mine, person, row) => {
      for (const action of actionsFor(mine, person, row)) {
        if (action.type !== 'setRole') continue
        expect(mayActOn(mine, action.role)).toBe(true)
        expect(action.role).not.toBe(person.role)
      }
      for (const role of grantableRoles(mine)) expect(mayActOn(mine, role)).toBe(true)
    }),
  )
})

test('G2: sign-in is turned the way it is not', () => {
  fc.assert(
    fc.property(roles, people, rows, (mine, person, row) => {
      const switches = actionsFor(mine, person, row).filter(({ type }) => type === 'setDisabled')
      if (row === undefined) expect(switches).toEqual([])
      else for (const wish of switches) expect(wish).toMatchObject({ isDisabled: !row.isDisabled })
    }),
  )
})

test('G2: members manage nothing, admins invite members, the owner admins as well', () => {
  expect(roleSchema.options.filter(mayManage)).toEqual(['owner', 'admin'])
  expect(grantableRoles('owner')).toEqual(['admin', 'member'])
  expect(grantableRoles('admin')).toEqual(['member'])
  expect(grantableRoles('member')).toEqual([])
})

test('A1: whoever waits is let in by those above the role they wait for', () => {
  fc.assert(
    fc.property(roles, roles, fc.boolean(), (mine, role, isWaiting) => {
      expect(mayLetIn(mine, { role, isWaiting })).toBe(isWaiting && mayActOn(mine, role))
    }),
  )
})
