import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { importSigningKey } from '../../../shared/crypto/ed25519.ts'
import { familyLimits, logLimits } from '../../../shared/limits.ts'
import { ok } from '../../../shared/result.ts'
import { deviceIdOf, feedOf, type Device } from '../identity/device.ts'
import { encodeAppend } from '../log/append-update.ts'
import { entryKinds } from '../log/entry.ts'
import { appendEntry } from '../log/feed.ts'
import { createHybridClock } from '../log/hybrid-clock.ts'
import type { FeedHead, LogId } from '../ports.ts'
import { clearBodies } from '../testing/clear-bodies.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createMemoryStore } from '../testing/memory-store.ts'
import {
  certifyDevice,
  createRelative,
  foundFamily,
  invitationOf,
  inviteRelative,
  type Relative,
} from '../testing/relatives.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { openFamily, type Family, type FamilyOptions } from './family.ts'
import type { Genesis } from './genesis.ts'
import { certificateStatement, makeJoin, makeStatement } from './statements.ts'

const random = createSeededRandom(41)

/** As much of a device as can sign. */
const createStranger = async ({ kem }: Pick<Device, 'kem'>): Promise<Device> => {
  const { publicKey, sign } = await importSigningKey(random.bytes(32))
  const id = deviceIdOf(publicKey)
  return { id, feed: await feedOf(id), publicKey, sign, kem }
}

/** Anybody’s first entries in a family document. */
const beginFeed = async (device: Device, group: LogId, said: readonly Bytes[] = [encodeUtf8('x')]) => {
  const elements: Uint8Array[] = []
  let head: FeedHead | undefined
  for (const plaintext of said) {
    const made = await appendEntry(clearBodies, {
      place: { group, log: group, page: 0 },
      device,
      head,
      kind: entryKinds.statement,
      time: { ms: 1, counter: 0 },
      plaintext,
    })
    if (!made.ok) throw new Error(made.problem.type)
    elements.push(made.value.element)
    head = made.value.head
  }
  return encodeAppend(device.feed, 0, elements)
}

describe('P3: there is room in the family document for who comes in', () => {
  const open = async (
    genesis: Genesis,
    { device, certificate }: Relative,
    known: readonly Bytes[] = [],
    more: Partial<FamilyOptions> = {},
  ) => {
    const clock = createFakeClock()
    const opened = await openFamily({
      genesis,
      device,
      certificate,
      known,
      store: createMemoryStore(),
      documentStore: { load: () => Promise.resolve(ok(undefined)), close: () => Promise.resolve() },
      epochs: [],
      time: createHybridClock(clock),
      clock,
      random: createSeededRandom(3),
      ...more,
    })
    if (!opened.ok) throw new Error(opened.problem.type)
    return opened.value
  }
  const documentOf = ({ doc }: Family) => copyBytes(Y.encodeStateAsUpdate(doc))
  const feedsIn = ({ doc }: Family) => Y.decodeStateVector(Y.encodeStateVector(doc)).size
  const begin = async () => {
    const [owner, member, newcomer] = await Promise.all([1, 2, 3].map(createRelative))
    if (!owner || !member || !newcomer) throw new Error('nobody there')
    const genesis = await foundFamily(owner)
    const invited = await inviteRelative(genesis, owner, newcomer, { seed: 4 })
    return { owner, member, newcomer, genesis, known: invited.statements }
  }
  const takeIn = async (family: Family, { newcomer, genesis, known }: Awaited<ReturnType<typeof begin>>) => {
    const theirs = await open(genesis, newcomer, known)
    await theirs.announce()
    await family.take(documentOf(theirs))
    expect(family.standingOf(newcomer.device.id)).toBe('member')
  }

  test('after a thousand devices that nobody knows, none of which is kept', async () => {
    const scene = await begin()
    const { owner, member, genesis } = scene
    const refused: string[] = []
    const clock = createFakeClock()
    const family = await open(genesis, owner, [], {
      clock,
      onRefusal: (_device, { type }) => void refused.push(type),
    })
    await family.announce()
    const strangers: Uint8Array[] = []
    for (let made = 0; made < logLimits.maxFeedsPerPage - 1; made++)
      strangers.push(await beginFeed(await createStranger(owner.device), genesis.group))
    await family.take(copyBytes(Y.mergeUpdates(strangers)))
    expect(feedsIn(family)).toBe(1)
    // Whoever goes on sending them is borne for a while, and again after a while.
    const verdicts: string[] = []
    for (const stranger of strangers.slice(0, 30))
      verdicts.push(await family.admit(copyBytes(stranger), member.device.id))
    expect(verdicts.filter((one) => one === 'early')).toHaveLength(familyLimits.earlyTolerated)
    expect(new Set(refused)).toEqual(new Set(['ofStrangers']))
    expect(refused).toHaveLength(30 - familyLimits.earlyTolerated)
    await clock.advance(familyLimits.earlyForgivenMs)
    expect(await family.admit(copyBytes(strangers[0]!), member.device.id)).toBe('early')
    expect(await family.admit(copyBytes(strangers[0]!), member.device.id)).toBe('refused')
    expect(feedsIn(family)).toBe(1)
    // When more is known she may be asked again, once, and not while there were many.
    await takeIn(family, scene)
    expect(family.takeEarlySenders()).toEqual([])
    await clock.advance(familyLimits.earlyTolerated * familyLimits.earlyForgivenMs)
    expect(family.takeEarlySenders()).toEqual([])
    await family.write({
      kind: entryKinds.statement,
      statement: certificateStatement(owner.certificate),
    })
    expect(family.takeEarlySenders()).toEqual([member.device.id])
    expect(family.takeEarlySenders()).toEqual([])
  })

  test('after a thousand devices that one member has certified', async () => {
    const scene = await begin()
    const { owner, member, genesis } = scene
    const family = await open(genesis, owner)
    const feeds: Uint8Array[] = []
    for (let made = 0; made < 2 * familyLimits.maxFeedsOfAccount; made++) {
      const device = await createStranger(owner.device)
      feeds.push(
        await beginFeed(device, genesis.group, [
          certificateStatement(await certifyDevice(member.keys, device, 'mine')),
        ]),
      )
    }
    const { statements } = await inviteRelative(genesis, owner, member)
    const theirs = await open(genesis, member, statements)
    await theirs.announce()
    await family.take(documentOf(theirs))
    const half = Math.floor(feeds.length / 3)
    await family.take(copyBytes(Y.mergeUpdates(feeds.slice(0, half))))
    await family.take(copyBytes(Y.mergeUpdates(feeds.slice(half))))
    expect(feedsIn(family)).toBe(familyLimits.maxFeedsOfAccount)
    await takeIn(family, scene)
  })

  test('after twenty accounts that one member let in by an invitation for two', async () => {
    const scene = await begin()
    const { owner, member, genesis } = scene
    const family = await open(genesis, owner)
    await family.announce()
    const invitation = await invitationOf(50)
    const body = { type: 'invitation', key: invitation.key, role: 'member', uses: 2, expiresAt: 9 } as const
    await family.write({
      kind: entryKinds.statement,
      statement: await makeStatement(genesis.group, owner.device, { ...body, ms: 5 }),
    })
    const feeds: Uint8Array[] = []
    for (const [index, who] of [
      member,
      ...(await Promise.all([...Array(20).keys()].map((made) => createRelative(60 + made)))),
    ].entries())
      feeds.push(
        await beginFeed(who.device, genesis.group, [
          await makeJoin(genesis.group, invitation, { account: who.account, ms: 100 - index }),
          certificateStatement(who.certificate),
        ]),
      )
    for (const feed of feeds) await family.take(copyBytes(feed))
    expect(feedsIn(family)).toBe(1 + 2)
    // Whom an owner has named comes in all the same.
    const last = await createRelative(79)
    const named = { type: 'withdrawal', key: invitation.key, joined: [last.account], ms: 200 } as const
    await family.write({
      kind: entryKinds.statement,
      statement: await makeStatement(genesis.group, owner.device, named),
    })
    await family.take(copyBytes(Y.mergeUpdates(feeds)))
    expect(feedsIn(family)).toBe(1 + 2 + 1)
    expect(family.standingOf(last.device.id)).toBe('member')
    await takeIn(family, scene)
  })

  test('what a document from before holds of strangers takes nobody’s place, grows no more, and stops no others', async () => {
    const scene = await begin()
    const { owner, genesis } = scene
    const old = await open(genesis, owner)
    await old.announce()
    const strangers: Uint8Array[] = []
    for (let made = 0; made < logLimits.maxFeedsPerPage - 1; made++)
      strangers.push(await beginFeed(await createStranger(owner.device), genesis.group))
    const chatty = await createStranger(owner.device)
    const said = ['x', 'y'].map(encodeUtf8)
    strangers[0] = await beginFeed(chatty, genesis.group, said.slice(0, 1))
    const before = copyBytes(Y.mergeUpdates([documentOf(old), ...strangers]))
    const documentStore = {
      load: (doc: Y.Doc) => Promise.resolve(ok(Y.applyUpdate(doc, before))),
      close: () => Promise.resolve(),
    }
    const family = await open(genesis, owner, [], { documentStore })
    expect(feedsIn(family)).toBe(logLimits.maxFeedsPerPage)
    expect(await family.admit(await beginFeed(chatty, genesis.group, said))).toBe('early')
    expect(family.doc.getArray(String(chatty.feed))).toHaveLength(1)
    await takeIn(family, scene)
    const other = await open(genesis, scene.newcomer, scene.known)
    expect(await other.admit(documentOf(family), owner.device.id)).toBe('early')
    expect(feedsIn(other)).toBe(2)
  })
})
