import * as Y from 'yjs'
import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { logLimits } from '../../../shared/limits.ts'
import { encodeAppend } from '../log/append-update.ts'
import { encodeEraseBody } from '../log/erase-body.ts'
import { entryKinds } from '../log/entry.ts'
import type { FeedHead, FeedId, LogId } from '../ports.ts'
import { createHostileMember, type Forged, type HostileMember } from './hostile-member.ts'
import { createHousehold, type Household, type Member } from './household.ts'

/** Anna, Bob and Carla, linked to each other, and Mallory, who is linked to all of them and writes in one place twice (P6). */
export interface ForkScene {
  house: Household
  members: Member[]
  mallory: HostileMember
  general: LogId
  /** Mallory's. */
  feed: FeedId
  /** `count` entries that follow `from`, or begin the feed. */
  branch(name: string, count: number, from?: FeedHead): Promise<Branch>
  /** An entry after `from` that erases another of Mallory's (P4). */
  erase(target: Forged, from: FeedHead): Promise<Forged>
  give(member: Member, branch: Branch): Promise<void>
  /** Long enough for everything to be compared. */
  settle(): Promise<void>
  /** All that a member has of the general room, and what of it shows. */
  stateOf(member: Member): Promise<unknown>
  /** Everybody says something, and everybody hears it. */
  talk(): Promise<boolean>
}

export interface Branch {
  made: readonly Forged[]
  texts: readonly string[]
  head: FeedHead | undefined
  update: Bytes
  startsAt: number
}

export const createForkScene = async (names = ['Anna', 'Bob', 'Carla']): Promise<ForkScene> => {
  const house = createHousehold()
  const members: Member[] = []
  for (const name of names) members.push(await house.move(name))
  const [anna] = members
  if (!anna) throw new Error('nobody moved in')
  await house.connect(...members)
  const mallory = await createHostileMember(house, anna)
  for (const member of members) await mallory.meet(member)
  // Keys for all of them are made.
  await house.clock.advance(5_000)
  anna.say('good morning')
  await house.clock.advance(50)
  const { general } = anna.hearth.family
  const { feed } = mallory.relative.device
  let talks = 0

  return {
    house,
    members,
    mallory,
    general,
    feed,
    async branch(name, count, from) {
      const made: Forged[] = []
      const texts: string[] = []
      const startsAt = from?.length ?? 0
      let head = from
      for (let index = 0; index < count; index++) {
        const text = `${name}${startsAt + index}`
        const one = await mallory.write({ head, plaintext: encodeUtf8(text) })
        made.push(one)
        texts.push(text)
        head = one.head
      }
      const elements = made.map(({ element }) => element)
      return {
        made,
        texts,
        head,
        startsAt,
        update: encodeAppend(feed, startsAt, elements),
      }
    },
    async erase({ entry: { feed: of, seq, body } }, from) {
      const plaintext = encodeEraseBody([{ feed: of, seq, bodyHash: await sha256(body) }])
      return mallory.write({ head: from, kind: entryKinds.erase, plaintext })
    },
    async give(member, { update }) {
      mallory.sendEntries(member, update)
      await house.clock.advance(5)
    },
    async settle() {
      await house.clock.advance(logLimits.antiEntropyMs * 3)
    },
    async stateOf(member) {
      const { logs } = member.hearth
      const stored = await member.store.loadPage(general, 0)
      const doc = new Y.Doc()
      for (const update of stored?.updates ?? []) Y.applyUpdate(doc, update)
      const heads = [...(stored?.heads ?? [])].sort((left, right) => left.feed - right.feed)
      return {
        heads: heads.map((head) => [head.feed, head.length, toBase64Url(head.hash)]),
        feeds: heads.map((head) =>
          doc
            .getArray<Bytes>(String(head.feed))
            .map((element) => toBase64Url(element))
            .join(' '),
        ),
        frozen: logs.forksIn(general).map(({ device, seq, hash }) => [device, seq, toBase64Url(hash)]),
        missed: stored?.missed,
        messageCount: stored?.messageCount,
        rows: await member.store.readTimeline(general, { limit: 1_000 }),
        lines: (await member.lines()).filter((line) => !line.endsWith('joined') && !line.endsWith('created')),
      }
    },
    async talk() {
      talks += 1
      for (const member of members) member.say(`${member.name} speaks ${talks}`)
      await house.clock.advance(100)
      const heard = await Promise.all(members.map((member) => member.lines()))
      return heard.every((lines) =>
        members.every(({ name }) => lines.includes(`${name}: ${name} speaks ${talks}`)),
      )
    },
  }
}
