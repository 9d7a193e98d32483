import * as Y from 'yjs'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import type { Device } from '../identity/device.ts'
import { encodeAppend } from '../log/append-update.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { entryKinds } from '../log/entry.ts'
import { appendEntry, type SignedEntry } from '../log/feed.ts'
import { judgeUpdate, type Admission, type Verdict } from '../log/gate.ts'
import type { HybridClock } from '../log/hybrid-clock.ts'
import { createSerial } from '../log/serial.ts'
import type { LogId, LogStore, StoreProblem } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import { controlKinds, encodeControlBody, parseControlBody, type ControlBody } from './control-bodies.ts'
import { checkCredential, encodeCredential, proofOf, standingIn, type Standing } from './credential.ts'
import { readFeeds, type DocumentFeeds } from './document-feeds.ts'
import { foldFamily, type ControlEntry, type FamilyState } from './family-state.ts'
import type { Genesis } from './genesis.ts'
import type { PlacedStatement } from './said.ts'
import { certificateStatement, readStatement, type Cut } from './statements.ts'

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
  readonly genesis: Genesis
  readonly general: LogId
  write(body: ControlBody): Promise<Result<void, StoreProblem>>
  /** Judges an update that a device sent, before y-webrtc gives it to the document (P3). */
  admit(update: Bytes): Promise<Verdict['type']>
  /**
   * Writes into this device's feed whose it is, and what its account's membership rests on, where that stands nowhere yet: others may
   * meet this device before they meet who invited it.
   */
  announce(): Promise<Result<void, StoreProblem>>
  /** Takes in a document that came with a welcome, as an update from a device would be. */
  take(update: Bytes): Promise<void>
  /** What this device shows others in a Link's handshake (L3). */
  credential(): Bytes
  checkCredential(device: DeviceId, credential: Bytes): Promise<Standing>
  /** How an open Link's device stands by what is known now. `unknown`: a newcomer whose statements are still on their way. */
  standingOf(device: DeviceId): Standing | 'unknown'
  /**
   * What counts of an account's devices from now on, for whoever removes or demotes it (G6): longest feeds first, and nothing of those
   * that are not listed.
   */
  cutsOf(account: AccountId): Cut[]
  settle(): Promise<void>
}

export interface FamilyOptions {
  genesis: Genesis
  device: Device
  /** This device's, by its account. */
  certificate: Bytes
  /** Statements from a welcome or keyring: they hold until the document brings them, and beyond. */
  known: readonly Bytes[]
  store: LogStore
  documentStore: FamilyDocumentStore
  time: HybridClock
  bodies: BodyCipher
}

export const openFamily = async (options: FamilyOptions): Promise<Result<Family, StoreProblem>> => {
  const { genesis, device, certificate, store, documentStore, time, bodies } = options
  const { group } = genesis
  const place = { group, log: group, page: 0 }
  const general = toBase64Url((await sha256(encodeUtf8(`hearth/v1/general${group}`))).slice(0, 16)) as LogId
  const doc = new Y.Doc({ gc: false })
  const loaded = await documentStore.load(doc)
  if (!loaded.ok) return loaded
  // y-indexeddb may lose the last moments before a tab closed; what this device itself wrote is in its journal too (P5).
  for (const update of (await store.loadPage(group, 0))?.updates ?? []) Y.applyUpdate(doc, update, 'journal')

  const feeds: DocumentFeeds = readFeeds(doc, place, controlKinds)
  const entries: ControlEntry[] = []
  const statements: PlacedStatement[] = []
  const take = async (signed: readonly SignedEntry[]) => {
    for (const entry of signed) {
      time.observe(entry.time)
      const plaintext = await bodies.open(entry)
      const body = plaintext && parseControlBody(entry.kind, plaintext)
      if (!body) continue
      if (body.kind !== entryKinds.statement) {
        entries.push({ ...entry, body })
        continue
      }
      const statement = await readStatement(group, body.statement)
      if (statement)
        statements.push({ statement, place: { feed: entry.feed, device: entry.device, seq: entry.seq } })
    }
  }
  for (const bytes of [...options.known, certificateStatement(certificate)]) {
    const statement = await readStatement(group, bytes)
    if (statement) statements.push({ statement })
  }
  await take(await feeds.entries())
  const fold = () => foldFamily({ genesis, statements, entries }, general)
  const state = createValue(fold())
  const turns = createSerial()
  const me = () => state.get().membership.accountOf(device.id)

  const commit = async (admission: Admission) => {
    feeds.extend(admission.heads)
    await take(admission.entries)
    state.set(fold())
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
    genesis,
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

    async announce() {
      const isOwn = ({ statement }: PlacedStatement) =>
        statement.type === 'certificate' && statement.certificate.device === device.id
      const isSaid = (one: PlacedStatement) =>
        statements.some(
          ({ statement, place }) =>
            statement.id === one.statement.id &&
            (isOwn(one) ? place?.device === device.id : place !== undefined),
        )
      const unsaid = statements.filter((one) => !one.place && !isSaid(one)).map(({ statement }) => statement)
      for (const statement of new Map(unsaid.map((one) => [one.id, one])).values()) {
        const written = await family.write({ kind: entryKinds.statement, statement: statement.bytes })
        if (!written.ok) return written
      }
      return ok(undefined)
    },

    take: (update) =>
      turns.run(async () => {
        const verdict = await judgeUpdate(place, feeds, update)
        if (verdict.type !== 'admitted') return
        Y.applyUpdate(doc, update, 'own')
        await commit(verdict.admission)
      }),

    credential() {
      const account = me()
      const proof = account === undefined ? [] : proofOf(state.get().membership, account)
      return encodeCredential({ certificate, proof })
    },
    checkCredential: (other, credential) =>
      checkCredential({ membership: state.get().membership, statements }, other, credential),
    standingOf(other) {
      const { membership } = state.get()
      const account = membership.accountOf(other)
      if (account === undefined || !membership.members.has(account)) return 'unknown'
      return standingIn(membership, other, account)
    },
    cutsOf: (account) =>
      [...(state.get().membership.members.get(account)?.devices.keys() ?? [])]
        .map((of) => ({ device: of, length: feeds.lengthOfDevice(of) }))
        .filter(({ length }) => length > 0)
        .sort((left, right) => right.length - left.length),
    settle: () => turns.run(() => Promise.resolve()),
  }
  return ok(family)
}
