import { beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openDevice, type Device } from '../identity/device.ts'
import type { FeedHead, LogId } from '../ports.ts'
import { encodeAppend } from './append-update.ts'
import { clearBodies } from '../testing/clear-bodies.ts'
import { encodeElement, entryKinds, parseElement, type EntryKind } from './entry.ts'
import { appendEntry, type PagePlace } from './feed.ts'
import { judgeUpdate, type LogRules } from './gate.ts'
import { createPage, type Page } from './page.ts'

type Bytes = Uint8Array<ArrayBuffer>

const log = 'BBBBBBBBBBBBBBBBBBBBBA' as LogId
const group = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const place: PagePlace = { group, log, page: 0 }
const text = (words: string) => new TextEncoder().encode(words)

const rules: LogRules = { kinds: new Set([entryKinds.message]), judge: () => 'good' }

let anna: Device
let mallory: Device
beforeAll(async () => {
  anna = await openDevice(new Uint8Array(32).fill(1))
  mallory = await openDevice(new Uint8Array(32).fill(2))
})

/** Writes `count` entries that follow `head`. */
const write = async (
  device: Device,
  count: number,
  options: { head?: FeedHead | undefined; place?: PagePlace; kind?: EntryKind; ms?: number } = {},
) => {
  const elements: Bytes[] = []
  let head = options.head
  for (let i = 0; i < count; i++) {
    const made = await appendEntry(clearBodies, {
      place: options.place ?? place,
      device,
      head,
      kind: options.kind ?? entryKinds.message,
      time: { ms: options.ms ?? 1_000 + i, counter: 0 },
      plaintext: text(`entry ${i}`),
    })
    if (!made.ok) throw new Error(made.problem.type)
    elements.push(made.value.element)
    head = made.value.head
  }
  return { elements, head }
}

/** A page that has admitted `count` entries of Anna's. */
const pageWith = async (
  count: number,
): Promise<{ page: Page; head: FeedHead | undefined; elements: Bytes[] }> => {
  const page = createPage(undefined)
  const { elements, head } = await write(anna, count)
  const verdict = await judgeUpdate(place, page, encodeAppend(anna.feed, 0, elements), rules)
  if (verdict.type !== 'admitted') throw new Error(verdict.type)
  page.apply(verdict.admission)
  return { page, head, elements }
}

const judge = (page: Page, update: Bytes) => judgeUpdate(place, page, update, rules)

test('P3: entries that follow are admitted with their heads; the same again is known; those further on are a gap', async () => {
  const { page, head, elements } = await pageWith(3)
  const more = await write(anna, 4, { head })
  expect(await judge(page, encodeAppend(anna.feed, 0, elements))).toEqual({ type: 'known' })
  expect(await judge(page, encodeAppend(anna.feed, 4, more.elements.slice(1)))).toEqual({ type: 'gap' })
  const verdict = await judge(page, encodeAppend(anna.feed, 3, more.elements))
  expect(verdict).toMatchObject({ type: 'admitted', admission: { heads: [more.head] } })
})

test('P3: an update that overlaps what is here brings only what is new', async () => {
  const { page, head, elements } = await pageWith(3)
  const more = await write(anna, 2, { head })
  const verdict = await judge(page, encodeAppend(anna.feed, 0, [...elements, ...more.elements]))
  expect(verdict.type === 'admitted' && verdict.admission.entries.map((entry) => entry.seq)).toEqual([3, 4])
})

test('E2: of a run only the newest signature is checked, and it covers every entry before it', async () => {
  const page = createPage(undefined)
  const { elements } = await write(anna, 5)
  for (let index = 0; index < 5; index++) {
    const bent = elements.map((element) => element.slice())
    const target = bent[index]
    if (target) target[target.length - 1] = (target.at(-1) ?? 0) ^ 1
    const verdict = await judge(page, encodeAppend(anna.feed, 0, bent))
    expect(verdict, `entry ${index} changed`).toMatchObject({ type: 'refused' })
  }
})

test('E1: every bit of an element that is flipped is refused', async () => {
  const { page, head } = await pageWith(1)
  const { elements } = await write(anna, 1, { head })
  const element = elements[0] ?? new Uint8Array()
  for (let bit = 0; bit < element.length * 8; bit++) {
    const bent = element.slice()
    bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const verdict = await judge(page, encodeAppend(anna.feed, 1, [bent]))
    expect(verdict.type, `bit ${bit}`).toBe('refused')
  }
})

describe('P3: a hostile member is refused', () => {
  const docWith = (client: number, change: (doc: Y.Doc) => void): Bytes => {
    const doc = new Y.Doc()
    doc.clientID = client
    change(doc)
    return new Uint8Array(Y.encodeStateAsUpdate(doc))
  }
  const cases: [string, (known: Awaited<ReturnType<typeof pageWith>>) => Promise<Bytes> | Bytes][] = [
    [
      'writing in the feed of another',
      async ({ head }) => encodeAppend(anna.feed, 2, (await write(mallory, 1, { head })).elements),
    ],
    [
      'beginning the feed of another',
      async () => encodeAppend(1234567, 0, (await write(mallory, 1)).elements),
    ],
    [
      'forging an entry of another that follows',
      async ({ head }) => {
        const forger = { ...anna, sign: (message: Bytes) => mallory.sign(message) }
        return encodeAppend(anna.feed, 2, (await write(forger, 1, { head })).elements)
      },
    ],
    [
      'writing under its own client into the array of another',
      () => docWith(mallory.feed, (doc) => doc.getArray(String(anna.feed)).insert(0, [text('x')])),
    ],
    [
      'replaying entries into another page',
      async () =>
        encodeAppend(mallory.feed, 0, (await write(mallory, 1, { place: { ...place, page: 1 } })).elements),
    ],
    [
      'replaying entries into another room',
      async () =>
        encodeAppend(
          mallory.feed,
          0,
          (await write(mallory, 1, { place: { ...place, log: group } })).elements,
        ),
    ],
    [
      'replaying entries into another group',
      async () =>
        encodeAppend(
          mallory.feed,
          0,
          (await write(mallory, 1, { place: { ...place, group: log } })).elements,
        ),
    ],
    [
      'leaving out an entry of the chain',
      async ({ head }) => encodeAppend(anna.feed, 2, (await write(anna, 3, { head })).elements.slice(1)),
    ],
    [
      'swapping two entries',
      async ({ head }) => encodeAppend(anna.feed, 2, (await write(anna, 2, { head })).elements.reverse()),
    ],
    [
      'an entry of the family document in a room',
      async () =>
        encodeAppend(mallory.feed, 0, (await write(mallory, 1, { kind: entryKinds.room })).elements),
    ],
    [
      'a kind nobody knows',
      async () => {
        const { elements } = await write(mallory, 1)
        const bent = elements[0] ?? new Uint8Array()
        bent[1] = 200
        return encodeAppend(mallory.feed, 0, [bent])
      },
    ],
    [
      'a small-order key',
      async () => {
        const { elements } = await write(mallory, 1)
        const entry = parseElement(elements[0] ?? new Uint8Array(), 0)
        if (!entry) throw new Error('unreadable')
        return encodeAppend(mallory.feed, 0, [encodeElement({ ...entry, key: new Uint8Array(32) })])
      },
    ],
    ['an entry of more than 64 KiB', () => encodeAppend(mallory.feed, 0, [new Uint8Array(65_537)])],
    [
      'text instead of bytes',
      () => docWith(mallory.feed, (doc) => doc.getArray(String(mallory.feed)).insert(0, ['x'])),
    ],
    [
      'a number among the entries',
      () =>
        docWith(mallory.feed, (doc) => doc.getArray<unknown>(String(mallory.feed)).insert(0, [text('x'), 7])),
    ],
    ['a map', () => docWith(mallory.feed, (doc) => doc.getMap(String(mallory.feed)).set('x', text('x')))],
    [
      'a nested type',
      () => docWith(mallory.feed, (doc) => doc.getArray(String(mallory.feed)).insert(0, [new Y.Array()])),
    ],
    [
      'formatted text',
      () => docWith(mallory.feed, (doc) => doc.getText(String(mallory.feed)).insert(0, 'x', { bold: true })),
    ],
    [
      'an embedded document',
      () => docWith(mallory.feed, (doc) => doc.getArray(String(mallory.feed)).insert(0, [new Y.Doc()])),
    ],
    [
      'inserting before what it wrote',
      () =>
        docWith(mallory.feed, (doc) => {
          doc.getArray(String(mallory.feed)).insert(0, [text('x')])
          doc.getArray(String(mallory.feed)).insert(0, [text('y')])
        }),
    ],
    [
      'deleting its own',
      () =>
        docWith(mallory.feed, (doc) => {
          doc.getArray(String(mallory.feed)).insert(0, [text('x'), text('y')])
          doc.getArray(String(mallory.feed)).delete(0, 1)
        }),
    ],
    [
      'deleting what another wrote',
      ({ elements }) => {
        const doc = new Y.Doc()
        Y.applyUpdate(doc, encodeAppend(anna.feed, 0, elements))
        const before = Y.encodeStateVector(doc)
        doc.getArray(String(anna.feed)).delete(0, 1)
        return new Uint8Array(Y.encodeStateAsUpdate(doc, before))
      },
    ],
    [
      'a good entry in the company of a bad one',
      async () => {
        const good = encodeAppend(mallory.feed, 0, (await write(mallory, 1)).elements)
        const bad = encodeAppend(77, 0, [text('x')])
        return new Uint8Array(Y.mergeUpdates([good, bad]))
      },
    ],
    [
      'a feed of a thousand others',
      () => {
        const updates = Array.from({ length: 1_100 }, (_, i) => encodeAppend(i + 1, 0, [text('x')]))
        return new Uint8Array(Y.mergeUpdates(updates))
      },
    ],
    ['an update of more than 8 MiB', () => new Uint8Array(8 * 1024 * 1024 + 1)],
    ['bytes that are no update', () => text('not an update at all')],
    ['no bytes', () => new Uint8Array()],
    ['a count of structs that never come', () => new Uint8Array([1, 255, 255, 255, 255, 15, 5, 0])],
    ['a skipped stretch', () => new Uint8Array([1, 1, 5, 0, 10, 200, 1, 0])],
    ['a stretch of garbage-collected nothing', () => new Uint8Array([1, 1, 5, 0, 0, 200, 1, 0])],
  ]

  test.each(cases)('%s', async (_, make) => {
    const known = await pageWith(2)
    const before = [...known.page.heads()]
    const verdict = await judge(known.page, await make(known))
    expect(verdict.type).toBe('refused')
    expect([...known.page.heads()]).toEqual(before)
    // Honest entries go on.
    const more = await write(anna, 1, { head: known.head })
    expect((await judge(known.page, encodeAppend(anna.feed, 2, more.elements))).type).toBe('admitted')
  })
})
