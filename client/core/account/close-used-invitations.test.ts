import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/identifiers.ts'
import { foldFamily, type FamilyState } from '../group/family-state.ts'
import { foldMembership, type PlacedStatement } from '../group/membership.ts'
import {
  certificateStatement,
  makeStatement,
  readStatement,
  type InvitationKey,
} from '../group/statements.ts'
import type { LogId } from '../ports.ts'
import { createRelative, foundFamily, inviteRelative } from '../testing/relatives.ts'
import { createValue } from '../value.ts'
import { closeUsedInvitations } from './close-used-invitations.ts'

const general = 'general-general-genera' as LogId

test('A1: an invitation is closed once all have come whom it was for, by the device that gave it, and once', async () => {
  const [owner, bert] = [await createRelative(1), await createRelative(2)]
  const genesis = await foundFamily(owner)
  const { invitation, join } = await inviteRelative(genesis, owner, bert)
  const statements: PlacedStatement[] = []
  const read = async (bytes: Uint8Array<ArrayBuffer>) => {
    const statement = await readStatement(genesis.group, bytes)
    if (statement) statements.push({ statement })
  }
  const fold = (): FamilyState =>
    foldFamily({ membership: foldMembership(genesis, statements), entries: [] }, general)
  for (const bytes of [owner, bert].map(({ certificate }) => certificateStatement(certificate)))
    await read(bytes)
  await read(invitation)
  const state = createValue(fold())

  const closed: { key: InvitationKey; joined: readonly AccountId[] }[] = []
  let isDiskFull = true
  const withdraw = (key: InvitationKey, joined: readonly AccountId[]) => {
    closed.push({ key, joined })
    return Promise.resolve({ ok: !isDiskFull })
  }
  closeUsedInvitations({ state }, owner.device.id, withdraw)
  const others: unknown[] = []
  closeUsedInvitations({ state }, bert.device.id, (key) => Promise.resolve({ ok: others.push(key) > 0 }))
  expect(closed).toEqual([])

  await read(join)
  state.set(fold())
  expect(closed).toMatchObject([{ joined: [bert.account] }])
  await Promise.resolve()
  isDiskFull = false
  state.set(fold())
  expect(closed).toHaveLength(2)
  await Promise.resolve()
  state.set(fold())
  expect(closed).toHaveLength(2)

  const [first] = closed
  const body = { type: 'withdrawal', key: first!.key, joined: first!.joined, ms: 9 } as const
  await read(await makeStatement(genesis.group, owner.device, body))
  // Somebody who knows the link as well, and claims to have come before.
  const late = await inviteRelative(genesis, owner, await createRelative(3))
  await read(late.join)
  expect([...fold().membership.members.keys()].sort()).toEqual([owner.account, bert.account].sort())
  expect(fold().membership.openInvitations).toEqual([])
  expect(others).toEqual([])
})
