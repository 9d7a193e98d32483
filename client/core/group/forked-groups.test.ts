import { expect, test } from 'vitest'
import { encodeAppend } from '../log/append-update.ts'
import { entryKinds } from '../log/entry.ts'
import { logLimits } from '../../../shared/limits.ts'
import { createForkScene } from '../testing/fork-scene.ts'
import { createRelative } from '../testing/relatives.ts'
import { encodeGroupChange } from './group-changes.ts'

test('P6: of what was said twice about a private room all hear the same, as if the rest had never been said', async () => {
  const outcomes = new Set<string>()
  // Which of the two stays is decided by their hashes, as by a coin: until both have been seen, but not for ever.
  for (let round = 0; outcomes.size < 2 && round < 40; round++) {
    const scene = await createForkScene()
    const { house, members, mallory } = scene
    const [anna, bob, carla] = members as [never, never, never] as [(typeof members)[0], ...typeof members]
    const people = await Promise.all([1, 2, 3].map(createRelative))
    const [ofAnna, ofBob, ofCarla] = people
    const created = await bob!.hearth.createPrivateRoom({
      name: 'shed',
      members: [ofAnna!.account, ofCarla!.account, mallory.relative.account],
      history: 'all',
    })
    if (!created.ok) throw new Error(created.problem.type)
    await house.clock.advance(5_000)
    const group = [...anna.hearth.logs.lengths().keys()].find(
      (log) => log !== created.value && log !== scene.general && anna.hearth.logs.lengths().get(log)?.get(0),
    )!
    const stored = await anna.store.loadPage(group, 0)
    const head = stored?.heads.find(({ feed }) => feed === ofBob!.device.feed)
    // Bob renames the room; of a copy of his profile Anna hears that Carla is out.
    house.cut(anna, bob!)
    house.cut(anna, carla!)
    const write = (plaintext: Uint8Array<ArrayBuffer>, from = head) =>
      mallory.write({
        device: ofBob!.device,
        head: from,
        place: { group, log: group, page: 0 },
        kind: entryKinds.change,
        plaintext,
        time: { ms: house.clock.now() + round, counter: 0 },
      })
    const out = await write(encodeGroupChange({ type: 'remove', account: ofCarla!.account, cuts: [] }))
    mallory.sendEntries(anna, encodeAppend(ofBob!.device.feed, out.entry.seq, [out.element]), { log: group })
    await house.clock.advance(50)
    const rolesOf = (member: typeof anna) =>
      member.hearth.rooms.get().find(({ id }) => id === created.value)?.roles
    expect(rolesOf(anna)?.has(ofCarla!.account)).toBe(false)
    await bob!.hearth.renameRoom(created.value, 'garden shed')
    await house.clock.advance(50)
    await house.connect(...members)
    await house.clock.advance(logLimits.antiEntropyMs * 3)

    const standings = members.map(({ hearth }) => {
      const { feed } = ofBob!.device
      return hearth.logs.standings(group, 0).find((one) => one.feed === feed)
    })
    for (const standing of standings) expect(standing).toEqual(standings[0])
    expect(standings[0]).toMatchObject({ isFrozen: true, length: (head?.length ?? 0) + 1 })
    const isOut = rolesOf(bob!)?.has(ofCarla!.account) === false
    outcomes.add(String(isOut))
    expect(rolesOf(anna)?.has(ofCarla!.account)).toBe(!isOut)
    expect(rolesOf(anna)).toEqual(rolesOf(bob!))
    expect(bob!.hearth.ownForks.get()).toMatchObject([{ room: group, page: 0 }])
  }
  expect(outcomes).toEqual(new Set(['true', 'false']))
})
