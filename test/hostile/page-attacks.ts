import * as Y from 'yjs'
import { copyBytes, encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import { encodeAppend } from '../../client/core/log/append-update.ts'
import { entryKinds, type EntryKind } from '../../client/core/log/entry.ts'
import { updateOf } from '../../client/core/testing/hostile-updates.ts'
import type { Attack, HostileGround } from './hostile-ground.ts'

const flip = (bytes: Bytes, at: number): Bytes => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))
const placeOf = ({ hearth, general }: HostileGround, log = general, page = 0) => ({
  group: hearth.family.genesis.group,
  log,
  page,
})
/** What follows an entry, and the entry itself never comes. */
const afterNothing = async ({ write }: HostileGround, count: number): Promise<Bytes> => {
  let made = await write()
  for (let missing = 0; missing < count; missing++) made = await write({ head: made.head })
  return made.update
}

/** What Mallory tries to get into the pages of Anna's rooms, or out of them. */
export const pageAttacks: Attack[] = [
  {
    title: 'P2: writing on in Anna’s feed, with her own signature',
    why: 'badSignature',
    async attack({ asAnna, write, sendEntries }) {
      sendEntries((await write({ device: asAnna })).update)
    },
  },
  {
    title: 'P2: writing on in Anna’s feed, as herself',
    why: 'badSignature',
    async attack({ anna, headOf, write, sendEntries }) {
      const head = await headOf(anna.feed)
      sendEntries(encodeAppend(anna.feed, head!.length, [(await write({ head })).element]))
    },
  },
  {
    title: 'P2: writing under her own client id into Anna’s array',
    why: 'notAnAppend',
    attack({ anna, device, sendEntries }) {
      sendEntries(
        updateOf(device.feed, (doc) => doc.getArray(String(anna.feed)).insert(0, [encodeUtf8('x')])),
        { page: 1 },
      )
    },
  },
  {
    title: 'P2: putting an entry of hers before Anna’s, into Anna’s array',
    why: 'notAnAppend',
    async attack({ anna, device, write, sendEntries }) {
      const { element } = await write({ head: undefined })
      sendEntries(
        updateOf(device.feed, (doc) => doc.getArray(String(anna.feed)).insert(0, [element])),
        { page: 1 },
      )
    },
  },
  {
    title: 'P2: beginning a feed that is no device’s',
    why: 'wrongKey',
    async attack(ground) {
      const place = placeOf(ground, ground.general, 1)
      ground.sendEntries(encodeAppend(1_234_567, 0, [(await ground.write({ place })).element]), { page: 1 })
    },
  },
  {
    title: 'P4: deleting what Anna wrote',
    why: 'deletes',
    async attack({ anna, pageOf, sendEntries }) {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, await pageOf())
      const before = Y.encodeStateVector(doc)
      doc.getArray(String(anna.feed)).delete(0, 1)
      sendEntries(copyBytes(Y.encodeStateAsUpdate(doc, before)))
    },
  },
  {
    title: 'P3: a gap that nothing fills',
    why: 'quiet',
    async attack(ground) {
      ground.sendEntries(await afterNothing(ground, 1))
    },
  },
  {
    title: 'E2: an entry that does not follow from the one before it',
    why: 'badSignature',
    async attack({ device, write, sendEntries }) {
      const [one, other] = [await write(), await write()]
      const next = await write({ head: other.head })
      sendEntries(encodeAppend(device.feed, one.entry.seq, [one.element, next.element]))
    },
  },
  {
    title: 'E1: what Anna wrote in the general room, played again in the garden',
    why: 'badSignature',
    async attack({ anna, garden, elementsOf, headOf, sendEntries }) {
      const { length = 0 } = (await headOf(anna.feed, { log: garden })) ?? {}
      const elements = await elementsOf(anna.feed)
      sendEntries(encodeAppend(anna.feed, length, elements.slice(length)), { log: garden })
    },
  },
  {
    title: 'E1: what Anna wrote on one page, played again on the next',
    why: 'badSignature',
    async attack({ anna, elementsOf, sendEntries }) {
      sendEntries(encodeAppend(anna.feed, 0, await elementsOf(anna.feed)), { page: 1 })
    },
  },
  {
    title: 'E1: what she wrote for another room',
    why: 'badSignature',
    async attack(ground) {
      const head = await ground.headOf(ground.device.feed)
      ground.sendEntries((await ground.write({ place: placeOf(ground, ground.garden), head })).update)
    },
  },
  {
    title: 'E1: what she wrote for another page',
    why: 'badSignature',
    async attack(ground) {
      const head = await ground.headOf(ground.device.feed)
      ground.sendEntries((await ground.write({ place: placeOf(ground, ground.general, 1), head })).update)
    },
  },
  {
    title: 'E1: what she wrote for another group',
    why: 'badSignature',
    async attack(ground) {
      const head = await ground.headOf(ground.device.feed)
      const place = { ...placeOf(ground), group: ground.garden }
      ground.sendEntries((await ground.write({ place, head })).update)
    },
  },
  {
    title: 'E1: entries of the family document, in a room',
    why: 'badSignature',
    attack({ anna, hearth, sendEntries }) {
      const elements = hearth.family.doc.getArray<Bytes>(String(anna.feed)).toArray()
      sendEntries(encodeAppend(anna.feed, 0, elements), { page: 1 })
    },
  },
  ...([entryKinds.profile, entryKinds.room, entryKinds.statement, entryKinds.rekey] as const).map(
    (kind): Attack => ({
      title: `P3: an entry of kind ${kind}, which has no place in a room`,
      why: 'kindNotHere',
      async attack({ write, sendEntries }) {
        sendEntries((await write({ kind })).update)
      },
    }),
  ),
  {
    title: 'E1: a kind nobody knows',
    why: 'badEntry',
    async attack({ write, sendEntries }) {
      sendEntries((await write({ kind: 99 as EntryKind })).update)
    },
  },
  {
    title: 'E1: a version nobody knows',
    why: 'badEntry',
    async attack({ device, write, sendEntries }) {
      const { element, entry } = await write()
      sendEntries(encodeAppend(device.feed, entry.seq, [flip(element, 0)]))
    },
  },
]
