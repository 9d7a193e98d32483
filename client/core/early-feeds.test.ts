import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { certificateStatement } from './group/statements.ts'
import { entryKinds } from './log/entry.ts'
import { createHostileScene } from './testing/hostile-scene.ts'
import { createRelative, inviteRelative } from './testing/relatives.ts'

test('P3: whoever sent what came too early is asked again as soon as somebody vouches for it', async () => {
  const { anna, bob, mallory, house, owner, talk } = await createHostileScene()
  const friend = await createRelative(500)
  const { genesis, doc } = anna.hearth.family
  const place = { group: genesis.group, log: genesis.group, page: 0 }
  const plaintext = certificateStatement(friend.certificate)
  const { update } = await mallory.write({
    place,
    device: friend.device,
    kind: entryKinds.statement,
    plaintext,
  })
  Y.applyUpdate(mallory.family.doc, update, 'own')
  await house.clock.advance(100)
  const isHere = () => doc.getArray(String(friend.device.feed)).length > 0
  expect(isHere()).toBe(false)
  expect(mallory.isLinked(anna)).toBe(true)
  const { statements } = await inviteRelative(genesis, owner, friend, { seed: 8 })
  for (const statement of statements)
    await anna.hearth.family.write({ kind: entryKinds.statement, statement })
  await house.clock.advance(100)
  expect(isHere()).toBe(true)
  expect(bob.hearth.family.standingOf(friend.device.id)).toBe('member')
  expect(anna.hearth.refusals.get().filter(({ about }) => about.type === 'family')).toEqual([])
  expect(await talk()).toBe(true)
})
