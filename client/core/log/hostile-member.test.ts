import { beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { createHostileScene, type HostileScene } from '../testing/hostile-scene.ts'
import { updateOf } from '../testing/hostile-updates.ts'
import { encodeAppend } from './append-update.ts'
import { entryKinds, type EntryKind } from './entry.ts'
import type { LogId } from '../ports.ts'

/** Not refused, but not taken: it may be good for something once the rest has come. */
const quiet = 'not taken'

type Attack = () => Promise<void> | void

let scene: HostileScene
beforeAll(async () => {
  scene = await createHostileScene()
})

const send = (update: Bytes, at?: { log?: LogId; page?: number }) =>
  scene.mallory.sendEntries(scene.anna, update, at)

const elementsIn = (page: Bytes, feed: number): Bytes[] => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, page)
  return doc.getArray<Bytes>(String(feed)).toArray()
}
const byteFlip = (bytes: Bytes, at: number): Bytes =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))

describe('P3: Mallory gets nothing into Anna’s pages by', () => {
  const cases: [string, string, Attack][] = [
    [
      'P2: writing on in Anna’s feed, with her own signature',
      'badSignature',
      async () => {
        const head = await scene.headOf(scene.owner)
        send(
          (
            await scene.mallory.write({
              device: { ...scene.owner.device, sign: scene.mallory.relative.device.sign },
              head,
            })
          ).update,
        )
      },
    ],
    [
      'P2: writing on in Anna’s feed, as herself',
      'badSignature',
      async () => {
        const head = await scene.headOf(scene.owner)
        const { element } = await scene.mallory.write({ head })
        send(encodeAppend(scene.owner.device.feed, head!.length, [element]))
      },
    ],
    [
      'P2: writing under her own client id into Anna’s array',
      'notAnAppend',
      () => {
        const { device } = scene.mallory.relative
        send(
          updateOf(device.feed, (doc) =>
            doc.getArray(String(scene.owner.device.feed)).insert(0, [encodeUtf8('x')]),
          ),
        )
      },
    ],
    [
      'P2: beginning a feed that is no device’s',
      'wrongKey',
      async () => send(encodeAppend(1_234_567, 0, [(await scene.mallory.write()).element])),
    ],
    [
      'P2: putting her first entry before Anna’s, into Anna’s array',
      'notAnAppend',
      async () => {
        const { feed } = scene.owner.device
        const { element } = await scene.mallory.write()
        send(
          updateOf(scene.mallory.relative.device.feed, (doc) => {
            doc.getArray(String(feed)).insert(0, [element])
          }),
        )
      },
    ],
    [
      'P4: deleting what Anna wrote',
      'deletes',
      async () => {
        const doc = new Y.Doc()
        Y.applyUpdate(doc, await scene.pageOf())
        const before = Y.encodeStateVector(doc)
        doc.getArray(String(scene.owner.device.feed)).delete(0, 1)
        send(copyBytes(Y.encodeStateAsUpdate(doc, before)))
      },
    ],
    [
      'P3: leaving out her first entry',
      quiet,
      async () => {
        const first = await scene.mallory.write()
        send((await scene.mallory.write({ head: first.head })).update)
      },
    ],
    [
      'E2: a second entry that does not follow from the first',
      'badSignature',
      async () => {
        const first = await scene.mallory.write()
        const other = await scene.mallory.write()
        const second = await scene.mallory.write({ head: other.head })
        send(encodeAppend(scene.mallory.relative.device.feed, 0, [first.element, second.element]))
      },
    ],
    [
      'E1: what Anna wrote in the general room, in the garden',
      'badSignature',
      async () => {
        const { feed } = scene.owner.device
        const page = await scene.pageOf()
        const inGarden = await scene.headOf(scene.owner, { log: scene.garden })
        const elements = elementsIn(page, feed)
        // What she says there already is skipped, what would follow is new.
        send(encodeAppend(feed, 0, elements), { log: scene.garden })
        expect(elements.length).toBeGreaterThan(inGarden!.length)
      },
    ],
    [
      'E1: what Anna wrote on one page, on the next',
      'badSignature',
      async () => {
        const { feed } = scene.owner.device
        send(encodeAppend(feed, 0, elementsIn(await scene.pageOf(), feed)), { page: 1 })
      },
    ],
    [
      'E1: what she wrote herself for another room, page or group',
      'badSignature',
      async () => {
        const { genesis } = scene.anna.hearth.family
        const place = { group: genesis.group, log: scene.general, page: 0 }
        send((await scene.mallory.write({ place: { ...place, log: scene.garden } })).update)
        send((await scene.mallory.write({ place: { ...place, page: 1 } })).update)
        send((await scene.mallory.write({ place: { ...place, group: scene.garden } })).update)
      },
    ],
    [
      'E1: an entry of the family document, in a room',
      'badSignature',
      async () => {
        const { genesis, doc } = scene.anna.hearth.family
        const { feed } = scene.owner.device
        const elements = doc.getArray<Bytes>(String(feed)).toArray()
        send(encodeAppend(feed, 0, elements), { page: 1 })
        send(
          (
            await scene.mallory.write({
              place: { group: genesis.group, log: genesis.group, page: 0 },
              kind: entryKinds.join,
              plaintext: new Uint8Array(16),
            })
          ).update,
        )
      },
    ],
    ...([entryKinds.profile, entryKinds.room, entryKinds.statement, entryKinds.rekey] as const).map(
      (kind): [string, string, Attack] => [
        `P3: an entry of kind ${kind}, which has no place in a room`,
        'kindNotHere',
        async () => send((await scene.mallory.write({ kind })).update),
      ],
    ),
    [
      'E1: a kind nobody knows',
      'badEntry',
      async () => send((await scene.mallory.write({ kind: 99 as EntryKind })).update),
    ],
    [
      'E1: a version nobody knows',
      'badEntry',
      async () => {
        const { element } = await scene.mallory.write()
        send(encodeAppend(scene.mallory.relative.device.feed, 0, [byteFlip(element, 0)]))
      },
    ],
  ]

  test.each(cases)('%s (%s)', async (_title, why, attack) => {
    expect(await scene.suffer(attack)).toEqual({
      changes: false,
      talk: true,
      whys: why === quiet ? [] : [why],
    })
  })
})
