import * as Y from 'yjs'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { FeedHead, LogId } from '../ports.ts'
import { createHostileMember, ownerOf, type HostileMember } from './hostile-member.ts'
import { createHousehold, type Household, type Member } from './household.ts'
import { createRelative, type Relative } from './relatives.ts'

/** Anna, who founded the family, Bob, who is linked to her, and Mallory, who is linked to Anna alone. */
export interface HostileScene {
  house: Household
  anna: Member
  bob: Member
  mallory: HostileMember
  /** Their identities and keys, as far as a test needs them to show that they are not enough. */
  owner: Relative
  member: Relative
  general: LogId
  /** Another open room. */
  garden: LogId
  /** Where a feed stands on Anna’s disk. */
  headOf(who: Relative, at?: { log?: LogId; page?: number }): Promise<FeedHead | undefined>
  /** What Anna’s disk holds of a page. */
  pageOf(at?: { log?: LogId; page?: number }): Promise<Bytes>
  /** All that Anna and Bob have and know, but for what is written in the family document and says nothing. */
  told(): unknown
  /** The documents of both. */
  documents(): unknown
  /** Bob and Anna say something to each other. Whether both heard it. */
  talk(): Promise<boolean>
  /**
   * What Mallory does, and what of it was admitted, shown or passed on: nothing, if it is well; then whether Anna and Bob go on as before. And
   * why Anna refused it: nothing where it was not refused, but only not taken.
   */
  suffer(attack: () => Promise<void> | void): Promise<{ changes: boolean; talk: boolean; whys: string[] }>
}

export const createHostileScene = async (): Promise<HostileScene> => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  const created = await anna.hearth.createRoom('garden')
  if (!created.ok) throw new Error(created.problem.type)
  const mallory = await createHostileMember(house, anna)
  await mallory.meet(anna)
  // Keys for three are made.
  await house.clock.advance(5_000)
  const [general, garden] = [anna.hearth.family.general, created.value]
  for (const [text, room] of [
    ['one', general],
    ['two', general],
    ['in the garden', garden],
  ] as const) {
    anna.say(text, room)
    bob.say(text, room)
    await house.clock.advance(20)
  }
  const [owner, member] = [await ownerOf(), await createRelative(2)]
  let talks = 0

  const load = async ({ log = general, page = 0 } = {}) => {
    const stored = await anna.store.loadPage(log, page)
    if (!stored) throw new Error('no such page')
    return stored
  }
  const toldBy = ({ hearth }: Member) => {
    const { membership, rooms, profiles } = hearth.family.state.get()
    return {
      lengths: [...hearth.logs.lengths()].map(([log, pages]) => [
        log,
        [...pages].map(([page, lengths]) => [page, [...lengths].sort()]),
      ]),
      members: [...membership.members].map(([account, { role, isRemoved, devices }]) => [
        account,
        role,
        isRemoved,
        [...devices].map(([device, { isRevoked }]) => [device, isRevoked]),
      ]),
      out: membership.out,
      invitations: membership.openInvitations.map(({ key }) => key),
      rooms: [...rooms.values()].map(({ id, name, members }) => [id, name, [...members].sort()]),
      profiles: [...profiles].map(([account, { name, status }]) => [account, name, status]),
    }
  }

  const told = () => [toldBy(anna), toldBy(bob)]
  const documents = () =>
    [anna, bob].map(({ hearth }) => [...Y.decodeStateVector(Y.encodeStateVector(hearth.family.doc))])
  const talk = async () => {
    const [here, there] = [`from Anna ${++talks}`, `from Bob ${talks}`]
    anna.say(here)
    bob.say(there)
    await house.clock.advance(50)
    const [ofAnna, ofBob] = [await anna.lines(), await bob.lines()]
    return ofAnna.includes(`Bob: ${there}`) && ofBob.includes(`Anna: ${here}`)
  }
  const countRefusals = (): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const { why, count } of anna.hearth.refusals.get()) counts.set(why, (counts.get(why) ?? 0) + count)
    return counts
  }

  return {
    house,
    anna,
    bob,
    mallory,
    owner,
    member,
    general,
    garden,
    headOf: async ({ device }, at) => (await load(at)).heads.find(({ feed }) => feed === device.feed),
    pageOf: async (at) => copyBytes(Y.mergeUpdates((await load(at)).updates)),
    told,
    documents,
    talk,
    async suffer(attack) {
      await mallory.meet(anna)
      const all = () => JSON.stringify([told(), documents()])
      const [before, counted] = [all(), countRefusals()]
      await attack()
      await house.clock.advance(200)
      const changes = all() !== before
      const isMore = ([why, count]: [string, number]) => count > (counted.get(why) ?? 0)
      return { changes, talk: await talk(), whys: [...countRefusals()].filter(isMore).map(([why]) => why) }
    },
  }
}
