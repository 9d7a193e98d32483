import * as Y from 'yjs'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { toBase64Url } from '../crypto/base64url.ts'
import { encodeUtf8, type Bytes } from '../crypto/bytes.ts'
import { sha256 } from '../crypto/sha256.ts'
import type { Device } from '../identity/device.ts'
import { encodeAppend } from '../log/append-update.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { appendEntry, type SignedEntry } from '../log/feed.ts'
import { judgeUpdate, type Admission, type Verdict } from '../log/gate.ts'
import type { HybridClock } from '../log/hybrid-clock.ts'
import { createSerial } from '../log/serial.ts'
import type { LogId, LogStore, StoreProblem } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import { controlKinds, encodeControlBody, parseControlBody, type ControlBody } from './control-bodies.ts'
import { readFeeds, type DocumentFeeds } from './document-feeds.ts'
import { foldFamily, type ControlEntry, type FamilyState } from './family-state.ts'

/** Keeps the family document; y-indexeddb in the browser. */
export interface FamilyDocumentStore {
  /** Puts what is on the disk into the document, and keeps what comes to it from then on. */
  load(doc: Y.Doc): Promise<Result<void, StoreProblem>>
  close(): Promise<unknown>
}

/** The family document: the same signed feeds as a room's page, small, and carried by y-webrtc. */
export interface Family {
  readonly doc: Y.Doc
  readonly state: Value<FamilyState>
  readonly general: LogId
  write(body: ControlBody): Promise<Result<void, StoreProblem>>
  /** Judges an update that a device sent, before y-webrtc gives it to the document (P3). */
  admit(update: Bytes): Promise<Verdict['type']>
  settle(): Promise<void>
}

export interface FamilyOptions {
  group: LogId
  device: Device
  store: LogStore
  documentStore: FamilyDocumentStore
  time: HybridClock
  bodies: BodyCipher
}

export const openFamily = async (options: FamilyOptions): Promise<Result<Family, StoreProblem>> => {
  const { group, device, store, documentStore, time, bodies } = options
  const place = { group, log: group, page: 0 }
  const general = toBase64Url((await sha256(encodeUtf8(`hearth/v1/general${group}`))).slice(0, 16)) as LogId
  const doc = new Y.Doc({ gc: false })
  const loaded = await documentStore.load(doc)
  if (!loaded.ok) return loaded
  // y-indexeddb may lose the last moments before a tab closed; what this device itself wrote is in its journal too (P5).
  for (const update of (await store.loadPage(group, 0))?.updates ?? []) Y.applyUpdate(doc, update, 'journal')

  const feeds: DocumentFeeds = readFeeds(doc, place, controlKinds)
  const entries: ControlEntry[] = []
  const take = async (signed: readonly SignedEntry[]) => {
    for (const entry of signed) {
      time.observe(entry.time)
      const plaintext = await bodies.open(entry)
      const body = plaintext && parseControlBody(entry.kind, plaintext)
      if (body) entries.push({ ...entry, body })
    }
  }
  await take(await feeds.entries())
  const state = createValue(foldFamily(entries, general))
  const turns = createSerial()

  const commit = async (admission: Admission) => {
    feeds.extend(admission.heads)
    await take(admission.entries)
    state.set(foldFamily(entries, general))
  }

  /** What the gate admitted and y-webrtc has not yet applied. */
  let awaited: Admission | undefined
  doc.on('update', (_update, origin) => {
    const admission = awaited
    if (!admission || origin === 'own') return
    awaited = undefined
    // A link that closed in between took its update with it: then it was something else that changed.
    const isHere = admission.heads.every((head) => Y.getState(doc.store, head.feed) >= head.length)
    if (isHere) void turns.run(() => commit(admission))
  })

  const family: Family = {
    doc,
    state,
    general,

    write: (body) =>
      turns.run(async () => {
        const { element, entry, head } = await appendEntry({
          place,
          device,
          head: await feeds.headOf(device.feed),
          kind: body.kind,
          time: time.next(),
          sealed: await bodies.seal(encodeControlBody(body)),
        })
        const update = encodeAppend(device.feed, entry.seq, [element])
        const journaled = await store.write({
          ...place,
          update,
          heads: [head],
          messageCount: 0,
          timeline: [],
          durability: 'strict',
        })
        if (!journaled.ok) return fail(journaled.problem)
        Y.applyUpdate(doc, update, 'own')
        await commit({ update, entries: [entry], heads: [head] })
        return ok(undefined)
      }),

    admit: (update) =>
      turns.run(async () => {
        const verdict = await judgeUpdate(place, feeds, update)
        if (verdict.type === 'admitted') awaited = verdict.admission
        return verdict.type
      }),

    settle: () => turns.run(() => Promise.resolve()),
  }
  return ok(family)
}
