import * as Y from 'yjs'
import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import { logLimits } from '../../shared/limits.ts'
import { ok } from '../../shared/result.ts'
import { encodeAppend } from '../../client/core/log/append-update.ts'
import type { BodyCipher } from '../../client/core/log/body-cipher.ts'
import { encodeElement, entryKinds } from '../../client/core/log/entry.ts'
import type { LogId } from '../../client/core/ports.ts'
import { claims, swarms } from '../../client/core/testing/hostile-updates.ts'
import { createRelative } from '../../client/core/testing/relatives.ts'
import type { Attack } from './hostile-ground.ts'

/** Leaves bodies as they are, and marks as they are given. */
const clearWith = (epoch: Bytes, nonce: Bytes): BodyCipher => ({
  seal: (body) => Promise.resolve(ok({ epoch, nonce, body })),
  open: () => Promise.resolve(undefined),
})
/** The bytes with one bit changed. */
const flipBit = (bytes: Bytes, bit: number): Bytes =>
  bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
const nothing = new Uint8Array(0)
export const nobodysEpoch = clearWith(new Uint8Array(16).fill(9), new Uint8Array(12))

/** How often what may be good one day is said, one like the other, where a flood of it would have to wait somewhere. */
const pendings = 2_000

/** What is too much, too large, of nobody, or a claim to be more than it is. */
export const frameAttacks: Attack[] = [
  {
    title: 'E5: a message in the clear, without marks',
    why: 'badEntry',
    async attack({ write, sendEntries }) {
      sendEntries((await write({ bodies: clearWith(nothing, nothing) })).update)
    },
  },
  {
    title: 'E5: a statement with the marks of what is sealed',
    why: 'badEntry',
    async attack({ device, write, sendEntries }) {
      const { entry } = await write({ kind: entryKinds.statement })
      const marked = encodeElement({ ...entry, epoch: new Uint8Array(16), nonce: new Uint8Array(12) })
      sendEntries(encodeAppend(device.feed, entry.seq, [marked]))
    },
  },
  {
    title: 'E3: an epoch that nobody made',
    why: 'quiet',
    async attack({ write, sendEntries }) {
      sendEntries((await write({ bodies: nobodysEpoch })).update)
    },
  },
  {
    title: 'L3: entries of a device that nobody certified',
    why: 'quiet',
    async attack({ write, sendEntries }) {
      sendEntries((await write({ device: (await createRelative(777)).device })).update)
    },
  },
  {
    title: 'I6: a key for which anybody can sign',
    why: 'wrongKey',
    async attack({ hearth, general, write, sendEntries }) {
      const { device } = await createRelative(778)
      const place = { group: hearth.family.genesis.group, log: general, page: 1 }
      const { entry } = await write({ device, place })
      const element = encodeElement({ ...entry, key: new Uint8Array(32) })
      sendEntries(encodeAppend(device.feed, 0, [element]), { page: 1 })
    },
  },
  {
    title: 'E6: an entry of more than 64 KiB',
    why: 'badEntry',
    async attack({ write, sendEntries }) {
      sendEntries((await write({ plaintext: new Uint8Array(logLimits.maxEntryBytes) })).update)
    },
  },
  {
    title: 'E6: an update of more than 8 MiB',
    why: 'notASyncMessage',
    async attack({ write, sendEntries }) {
      sendEntries(concatBytes((await write()).update, new Uint8Array(logLimits.maxUpdateBytes)))
    },
  },
  {
    title: 'P1: a page far ahead of all there are',
    why: 'pageTooFarAhead',
    async attack({ hearth, general, write, sendEntries, say }) {
      const page = logLimits.maxPageLead + 1
      const place = { group: hearth.family.genesis.group, log: general, page }
      sendEntries((await write({ place })).update, { page })
      const digest = new Uint8Array(16)
      say({ type: 'pages', log: general, pages: [{ page: logLimits.maxPageNumber, digest }] })
    },
  },
  {
    title: 'P3: a good entry in the company of a bad one',
    why: 'badEntry',
    async attack({ device, write, sendEntries }) {
      const [good, bad] = [await write(), await write()]
      sendEntries(encodeAppend(device.feed, good.entry.seq, [good.element, flipBit(bad.element, 0)]))
    },
  },
  {
    title: 'P3: more feeds than a page has room for',
    why: 'tooManyFeeds',
    attack({ sendEntries }) {
      const feeds = Array.from({ length: logLimits.maxFeedsPerPage + 1 }, (_nothing, index) => index + 1)
      const updates = feeds.map((feed) => encodeAppend(feed, 0, [encodeUtf8('x')]))
      sendEntries(copyBytes(Y.mergeUpdates(updates)))
    },
  },
  {
    title: 'G1: entries of a room that nobody made',
    why: 'quiet',
    async attack({ hearth, write, sendEntries }) {
      const log = 'ZZZZZZZZZZZZZZZZZZZZZA' as LogId
      sendEntries((await write({ place: { group: hearth.family.genesis.group, log, page: 0 } })).update, {
        log,
      })
    },
  },
  {
    title: 'Y4: having more of Anna’s entries than there are',
    why: 'quiet',
    attack({ anna, general, say }) {
      say({ type: 'stored', log: general, page: 7, length: logLimits.maxEntriesPerFeed })
      say({
        type: 'have',
        log: general,
        page: 0,
        lengths: new Map([[anna.feed, logLimits.maxEntriesPerFeed]]),
      })
    },
  },
  {
    title: 'Y2: logs and pages without number, and answers that nobody asked for',
    why: 'quiet',
    attack({ general, say }) {
      const digest = new Uint8Array(16)
      const logs = Array.from({ length: 2_000 }, (_nothing, index) => ({
        log: `${String(index).padStart(5, '0')}${'A'.repeat(17)}` as LogId,
        digest,
      }))
      const pages = Array.from({ length: logLimits.maxPagesPerDigest }, (_nothing, page) => ({
        page,
        digest,
      }))
      say({ type: 'logs', logs })
      say({ type: 'pages', log: general, pages })
      for (const log of [general, logs[0]!.log]) {
        say({ type: 'want', log })
        say({ type: 'served', log, page: 3, more: true })
      }
    },
  },
  {
    title: 'P3: a flood of entries that may be good once the rest has come',
    why: 'quiet',
    async attack({ write, sendEntries }) {
      const { update } = await write({ bodies: nobodysEpoch })
      for (let count = 0; count < pendings; count++) sendEntries(update, { page: count % 500 })
    },
  },
  {
    title: 'P3: very many words that cost little, behind what costs much',
    why: 'quiet',
    async attack({ general, write, sendEntries, say }) {
      const { update } = await write({ bodies: nobodysEpoch })
      for (let count = 0; count < 300; count++) sendEntries(update)
      for (let count = 0; count < 50_000; count++) say({ type: 'stored', log: general, page: 0, length: 1 })
    },
  },
  {
    title: 'P6: a fork that nobody can prove',
    why: 'notASyncMessage',
    attack({ say }) {
      say({ type: 'fork', proof: new Uint8Array(500).fill(7) })
    },
  },
  {
    title: 'L2: bytes that say nothing of page sync',
    why: 'notASyncMessage',
    attack({ say }) {
      say(Uint8Array.of(99, 1, 2, 3))
    },
  },
  ...Object.keys(claims(1)).map((title): Attack => ({
    title: `E6: ${title} that are not there`,
    why: 'refused',
    attack({ device, sendEntries }) {
      sendEntries(claims(device.feed)[title]!)
    },
  })),
  {
    title: 'E1: an entry with a bit of its header flipped, each of them once',
    why: 'badSignature',
    async attack({ device, write, sendEntries, settle, meet }) {
      const { element, entry } = await write()
      const headerBits = (element.length - entry.body.length) * 8
      for (let bit = 0; bit < headerBits; bit++) {
        sendEntries(encodeAppend(device.feed, entry.seq, [flipBit(element, bit)]))
        // Where the Link was closed, this one was looked at before.
        if (!(await settle())) await meet()
      }
    },
  },
  ...Object.keys(swarms(1, 1)).map((title): Attack => ({
    title: `P3: three thousand ${title}`,
    why: 'refused',
    attack({ device, sendEntries }) {
      sendEntries(swarms(device.feed, 3_000)[title]!)
    },
  })),
]
