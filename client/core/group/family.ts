import * as Y from 'yjs'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import type { Device } from '../identity/device.ts'
import { encodeAppend } from '../log/append-update.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { entryKinds, isClearKind } from '../log/entry.ts'
import { appendEntry } from '../log/feed.ts'
import type { Admission, Refusal, Verdict } from '../log/gate.ts'
import type { HybridClock } from '../log/hybrid-clock.ts'
import { createSerial } from '../log/serial.ts'
import type { Clock, LogId, LogStore, Random, StoreProblem } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import { encodeControlBody, type ControlBody } from './control-bodies.ts'
import { checkCredential, encodeCredential, proofOf, standingIn, type Standing } from './credential.ts'
import { readFeeds, type DocumentFeeds } from './document-feeds.ts'
import { createDocumentGate } from './document-gate.ts'
import { createEarlySenders } from './early-senders.ts'
import { openGiven } from './epochs.ts'
import { createFamilyFacts } from './family-facts.ts'
import type { FamilyState } from './family-state.ts'
import type { Genesis } from './genesis.ts'
import { createGroupKeys, type GroupKeys } from './group-keys.ts'
import { watchForks } from './watch-forks.ts'
import { recipientIdOf } from './rekey.ts'
import type { PlacedStatement } from './said.ts'
import { certificateStatement, type Cut } from './statements.ts'

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
  readonly keys: GroupKeys
  /** What the entries of the family's open rooms are sealed with. */
  readonly bodies: BodyCipher
  write(body: ControlBody): Promise<Result<void, StoreProblem>>
  /** Makes a new epoch, where one is due (G4, G5). */
  rekey(): Promise<Result<void, StoreProblem>>
  /**
   * Judges an update that a device sent, before y-webrtc gives it to the document (P3). `early`: it holds feeds of devices that nobody here
   * vouches for yet. What else is in it is in the document already; those are not kept, and come again.
   */
  admit(update: Bytes, from?: DeviceId): Promise<Exclude<Verdict['type'], 'frozen'>>
  /** Devices that something came early from, which may be asked again since more has been said meanwhile: each once. */
  takeEarlySenders(): DeviceId[]
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
  /** Secrets of epochs from a welcome (A8). */
  epochs: readonly Bytes[]
  time: HybridClock
  clock: Pick<Clock, 'now'>
  random: Random
  /** What was refused of a device, for the diagnostics. `ofStrangers`: it goes on sending what came too early (P3). */
  onRefusal?: (device: DeviceId, why: Refusal | { type: 'ofStrangers' }) => void
  /** This device has written two entries for one place of the document (P6). The first stays. */
  onFork?: (device: DeviceId) => void
}

export const openFamily = async (options: FamilyOptions): Promise<Result<Family, StoreProblem>> => {
  const { genesis, device, certificate, store, documentStore, time, clock, random } = options
  const { group } = genesis
  const place = { group, log: group, page: 0 }
  const general = toBase64Url((await sha256(encodeUtf8(`hearth/v1/general${group}`))).slice(0, 16)) as LogId
  const doc = new Y.Doc({ gc: false })
  const loaded = await documentStore.load(doc)
  if (!loaded.ok) return loaded
  // y-indexeddb may lose the last moments before a tab closed; what this device itself wrote is in its journal too (P5).
  for (const update of (await store.loadPage(group, 0))?.updates ?? []) Y.applyUpdate(doc, update, 'journal')

  const feeds: DocumentFeeds = readFeeds(doc, place)
  const forks = watchForks({ doc, place, clock, onFork: (of) => options.onFork?.(of) })
  const keys = createGroupKeys({
    group,
    own: [{ id: recipientIdOf(device.id), kem: device.kem }],
    given: await openGiven(options.epochs),
    clock,
    random,
  })
  const turns = createSerial()
  const bodies = keys.bodies(() => turns.run(() => writeRekey()))
  /** For what is written in a turn already. */
  const bodiesInTurn = keys.bodies(() => writeRekey())
  const facts = createFamilyFacts({ genesis, general, place, keys, bodies })
  await facts.addUnplaced([...options.known, certificateStatement(certificate)])
  const stored = await feeds.entries()
  for (const entry of stored) time.observe(entry.time)
  await facts.add(stored)
  const state = createValue(await facts.fold())
  const judge = createDocumentGate({ genesis, place, feeds, facts })
  const early = createEarlySenders(clock)
  let saidBefore = facts.statements.length
  const me = () => state.get().membership.accountOf(device.id)

  const commit = async (admission: Admission) => {
    feeds.extend(admission.heads)
    for (const entry of admission.entries) time.observe(entry.time)
    await facts.add(admission.entries)
    state.set(await facts.fold())
  }

  /** In a turn, and past y-webrtc. */
  const applyAndCommit = async (admission: Admission) => {
    Y.applyUpdate(doc, admission.update, 'own')
    await commit(admission)
  }

  const append = async (body: ControlBody): Promise<Result<void, StoreProblem>> => {
    const appended = await appendEntry(bodiesInTurn, {
      place,
      device,
      head: await feeds.headOf(device.feed),
      kind: body.kind,
      time: time.next(),
      plaintext: encodeControlBody(body),
    })
    if (!appended.ok) return appended
    const { element, entry, head } = appended.value
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
    await applyAndCommit({ update, entries: [entry], heads: [head] })
    return ok(undefined)
  }

  /** In a turn. Nothing, where somebody else has made the epoch meanwhile. */
  const writeRekey = async (): Promise<Result<void, StoreProblem>> =>
    (await keys.owesRekey())
      ? append({ kind: entryKinds.rekey, rekey: await keys.makeRekey() })
      : ok(undefined)

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

    keys,
    bodies,

    write: (body) =>
      turns.run(async () => {
        // First the key, or the entry's place in the feed would be taken by it (G4).
        const rekeyed = isClearKind(body.kind) ? ok(undefined) : await writeRekey()
        return rekeyed.ok ? append(body) : rekeyed
      }),
    rekey: () => turns.run(writeRekey),

    admit: (update, from) =>
      turns.run(async () => {
        const { verdict, isCut } = await judge(update)
        const { type } = verdict
        if (type === 'admitted' && isCut) await applyAndCommit(verdict.admission)
        else if (type === 'admitted') awaited = verdict.admission
        if (type === 'refused' && from !== undefined) options.onRefusal?.(from, verdict.why)
        await forks.lookInto(verdict.doubts)
        if (type === 'frozen') return 'refused'
        if (!isCut || type === 'refused' || type === 'gap') return type
        if (from === undefined || early.note(from)) return 'early'
        options.onRefusal?.(from, { type: 'ofStrangers' })
        return 'refused'
      }),
    takeEarlySenders() {
      const said = facts.statements.length
      if (said === saidBefore) return []
      saidBefore = said
      return early.take()
    },

    async announce() {
      const isOwn = ({ statement }: PlacedStatement) =>
        statement.type === 'certificate' && statement.certificate.device === device.id
      const isSaid = (one: PlacedStatement) =>
        facts.statements.some(
          ({ statement, place }) =>
            statement.id === one.statement.id &&
            (isOwn(one) ? place?.device === device.id : place !== undefined),
        )
      const unsaid = facts.statements
        .filter((one) => !one.place && !isSaid(one))
        .map(({ statement }) => statement)
      for (const statement of new Map(unsaid.map((one) => [one.id, one])).values()) {
        const written = await family.write({ kind: entryKinds.statement, statement: statement.bytes })
        if (!written.ok) return written
      }
      return ok(undefined)
    },

    take: (update) =>
      turns.run(async () => {
        const { verdict } = await judge(update)
        if (verdict.type === 'admitted') await applyAndCommit(verdict.admission)
      }),

    credential() {
      const account = me()
      const proof = account === undefined ? [] : proofOf(state.get().membership, account)
      return encodeCredential({ certificate, proof })
    },
    checkCredential: (other, credential) =>
      checkCredential(
        { membership: state.get().membership, statements: facts.statements },
        other,
        credential,
      ),
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
