import { beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { logLimits } from '../../../shared/limits.ts'
import { ok } from '../../../shared/result.ts'
import { createHostileScene, type HostileScene } from '../testing/hostile-scene.ts'
import { claims } from '../testing/hostile-updates.ts'
import { createRelative } from '../testing/relatives.ts'
import { encodeAppend } from './append-update.ts'
import type { BodyCipher } from './body-cipher.ts'
import { encodeElement, entryKinds } from './entry.ts'
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

/** Leaves bodies as they are, and marks as they are given. */
const clearWith = (epoch: Bytes, nonce: Bytes): BodyCipher => ({
  seal: (body) => Promise.resolve(ok({ epoch, nonce, body })),
  open: () => Promise.resolve(undefined),
})
const nothing = new Uint8Array(0)

describe('P3: Mallory gets nothing into Anna’s pages by', () => {
  const cases: [string, string, Attack][] = [
    [
      'E5: a message in the clear, without marks',
      'badEntry',
      async () => send((await scene.mallory.write({ bodies: clearWith(nothing, nothing) })).update),
    ],
    [
      'E5: a statement with the marks of what is sealed',
      'badEntry',
      async () => {
        const { entry } = await scene.mallory.write({ kind: entryKinds.statement })
        const marked = encodeElement({ ...entry, epoch: new Uint8Array(16), nonce: new Uint8Array(12) })
        send(encodeAppend(scene.mallory.relative.device.feed, 0, [marked]))
      },
    ],
    [
      'E3: an epoch that nobody made',
      quiet,
      async () => {
        send(
          (await scene.mallory.write({ bodies: clearWith(new Uint8Array(16).fill(9), new Uint8Array(12)) }))
            .update,
        )
      },
    ],
    [
      'L3: entries of a device that nobody certified',
      quiet,
      async () => send((await scene.mallory.write({ device: (await createRelative(777)).device })).update),
    ],
    [
      'I6: a key for which anybody can sign',
      'wrongKey',
      async () => {
        const { entry } = await scene.mallory.write()
        send(
          encodeAppend(scene.mallory.relative.device.feed, 0, [
            encodeElement({ ...entry, key: new Uint8Array(32) }),
          ]),
        )
      },
    ],
    [
      'E6: an entry of more than 64 KiB',
      'badEntry',
      async () => {
        const plaintext = new Uint8Array(logLimits.maxEntryBytes)
        send((await scene.mallory.write({ plaintext })).update)
      },
    ],
    [
      'E6: an update of more than 8 MiB',
      'notASyncMessage',
      async () => {
        const { update } = await scene.mallory.write()
        send(concatBytes(update, new Uint8Array(logLimits.maxUpdateBytes)))
      },
    ],
    [
      'P1: a page far ahead of all there are',
      'pageTooFarAhead',
      async () => {
        const { genesis } = scene.anna.hearth.family
        const page = logLimits.maxPageLead + 1
        const place = { group: genesis.group, log: scene.general, page }
        send((await scene.mallory.write({ place })).update, { page })
        scene.mallory.say(scene.anna, {
          type: 'pages',
          log: scene.general,
          pages: [{ page: logLimits.maxPageNumber, digest: new Uint8Array(16) }],
        })
      },
    ],
    [
      'P3: a good entry in the company of a bad one',
      'badEntry',
      async () => {
        const good = await scene.mallory.write()
        const bad = await scene.mallory.write()
        const { feed } = scene.mallory.relative.device
        send(encodeAppend(feed, 0, [good.element, bad.element]))
      },
    ],
    [
      'P3: more feeds than a page has room for',
      'tooManyFeeds',
      () => {
        const others = Array.from({ length: logLimits.maxFeedsPerPage + 1 }, (_nothing, index) => index + 1)
        const updates = others.map((feed) => encodeAppend(feed, 0, [encodeUtf8('x')]))
        send(copyBytes(Y.mergeUpdates(updates)))
      },
    ],
    [
      'G1: entries of a room that nobody made',
      quiet,
      async () => {
        const log = 'ZZZZZZZZZZZZZZZZZZZZZA' as LogId
        const { genesis } = scene.anna.hearth.family
        send((await scene.mallory.write({ place: { group: genesis.group, log, page: 0 } })).update, { log })
      },
    ],
    [
      'Y4: having more of Anna’s entries than there are',
      quiet,
      () => {
        const { mallory, anna, general } = scene
        const lengths = new Map([[scene.owner.device.feed, logLimits.maxEntriesPerFeed]])
        mallory.say(anna, { type: 'stored', log: general, page: 7, length: logLimits.maxEntriesPerFeed })
        mallory.say(anna, { type: 'have', log: general, page: 0, lengths })
      },
    ],
    [
      'Y2: logs and pages without number that she has, and answers that nobody asked for',
      quiet,
      () => {
        const { mallory, anna, general } = scene
        const digest = new Uint8Array(16)
        const logs = Array.from({ length: 2_000 }, (_nothing, index) => ({
          log: `${String(index).padStart(5, '0')}${'A'.repeat(17)}` as LogId,
          digest,
        }))
        const pages = Array.from({ length: logLimits.maxPagesPerDigest }, (_nothing, page) => ({
          page,
          digest,
        }))
        mallory.say(anna, { type: 'logs', logs })
        mallory.say(anna, { type: 'pages', log: general, pages })
        for (const log of [general, logs[0]!.log]) {
          mallory.say(anna, { type: 'want', log })
          mallory.say(anna, { type: 'served', log, page: 3, more: true })
        }
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

  test.each(Object.keys(claims(1)))('E6: %s that are not there', async (title) => {
    const update = claims(scene.mallory.relative.device.feed)[title]!
    const { whys, ...suffered } = await scene.suffer(() => send(update))
    expect(suffered).toEqual({ changes: false, talk: true })
    expect(whys).toHaveLength(1)
  })
})
